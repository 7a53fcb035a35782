"""The second step of the checkout: how it is delivered and paid."""

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from orders.checkout import payment_methods
from orders.checkout.quote import Quote
from orders.models import DeliveryMethod
from shopadmin.rendering.formats import money


class DeliveryForm(forms.Form):
    """One way of delivery of those that reach the country, one way to pay of those that go with it."""

    delivery_method = forms.TypedChoiceField(
        label=_("Delivery"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a delivery method"),
            "invalid_choice": _("Choose a delivery method from the list"),
        },
    )
    payment_method = forms.ChoiceField(
        label=_("Payment"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a payment method"),
            "invalid_choice": _("Choose a payment method from the list"),
        },
    )

    def __init__(self, data=None, *, methods: list[DeliveryMethod], quote: Quote, initial: dict) -> None:
        super().__init__(data, initial=initial)
        self.methods = {method.pk: method for method in methods}
        pickup = next((method for method in methods if method.is_pickup), None)
        deliveries = [(method.pk, _explained(method, _in_short(method, quote))) for method in methods]
        payments = [(way.code, _explained(way.label, way.hint)) for way in payment_methods.on_offer(pickup)]
        self.fields["delivery_method"].choices = deliveries
        self.fields["payment_method"].choices = payments
        for name, choices in (("delivery_method", deliveries), ("payment_method", payments)):
            if len(choices) == 1:
                self.initial.setdefault(name, choices[0][0])

    def clean(self) -> dict:
        cleaned = super().clean()
        delivery = self.methods.get(cleaned.get("delivery_method"))
        payment = payment_methods.METHODS.get(cleaned.get("payment_method"))
        if delivery and payment and not payment.available_for(delivery):
            self.add_error(
                "payment_method", _("You can only pay on pick-up if you choose pick-up as your delivery method")
            )
        return cleaned


def price_of(method: DeliveryMethod, quote: Quote) -> str:
    """What it costs for this order, and from when on it is free."""
    price, free_from = method.price_for(quote.price), method.free_from
    if not price:
        return _("free")
    if free_from is None:
        return money(price, quote.currency)
    words = {"price": money(price, quote.currency), "free_from": money(free_from, quote.currency)}
    return _("%(price)s, free from %(free_from)s") % words


def _in_short(method: DeliveryMethod, quote: Quote) -> str:
    return ". ".join(filter(None, (str(price_of(method, quote)), method.shown_delivery_time)))


def _explained(label, hint: str) -> SafeString:
    return format_html('{} <span class="soft">{}</span>', label, hint)
