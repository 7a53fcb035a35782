"""The second step of the checkout: how it is delivered and paid."""

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orders.checkout import payment_methods
from orders.checkout.delivery_fields import DeliveryFields
from orders.checkout.quote import Quote
from orders.models import DeliveryMethod
from shopadmin.rendering.formats import money


class DeliveryForm(DeliveryFields):
    """One way of delivery of those that reach the country, one way to pay of those that go with it.

    For services alone there is only the latter.
    """

    def __init__(
        self, data=None, *, methods: list[DeliveryMethod], quote: Quote, initial: dict, has_goods: bool
    ) -> None:
        super().__init__(data, methods=methods, initial=initial, has_goods=has_goods)
        pickup = next((method for method in methods if method.is_pickup), None)
        deliveries = [(pk, lazy(_with_price, SafeString)(method, quote)) for pk, method in self.methods.items()]
        payments = [(way.code, _explained(way.label, way.hint)) for way in payment_methods.on_offer(pickup)]
        self.fields["payment_method"].widget = forms.RadioSelect()
        for name, choices in (("delivery", deliveries), ("payment_method", payments)):
            if name in self.fields:
                self.fields[name].choices = choices
            if len(choices) == 1:
                self.initial.setdefault(name, choices[0][0])


def price_of(method: DeliveryMethod, quote: Quote) -> str:
    """What it costs for this order, and from when on it is free."""
    price, free_from = method.price_for(quote.price), method.free_from
    if not price:
        return _("Free")
    if free_from is None:
        return money(price, quote.currency)
    words = {"price": money(price, quote.currency), "free_from": money(free_from, quote.currency)}
    return _("%(price)s, free from %(free_from)s") % words


def _with_price(method: DeliveryMethod, quote: Quote) -> SafeString:
    return _explained(method, ". ".join(filter(None, (price_of(method, quote), method.shown_delivery_time))))


def _explained(label, hint: str) -> SafeString:
    return format_html('{} <span class="soft">{}</span>', label, hint)
