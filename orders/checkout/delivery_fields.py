"""How an order is delivered and paid, as the checkout, an order by phone and an edit all ask it."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.checkout import payment_methods
from orders.models import DeliveryMethod
from shopadmin.rendering.formats import money


class DeliveryFields(forms.Form):
    """A way of delivery among `methods`, and a way to pay that goes with it."""

    delivery = forms.ChoiceField(
        label=_("Delivery"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a delivery method"),
            "invalid_choice": _("Choose a delivery method from the list"),
        },
    )
    payment_method = forms.ChoiceField(
        label=_("Payment method"),
        error_messages={
            "required": _("Choose a payment method"),
            "invalid_choice": _("Choose a payment method from the list"),
        },
    )

    def __init__(self, data, *, methods: Iterable[DeliveryMethod], initial: dict) -> None:
        super().__init__(data, initial=initial)
        self.methods = {str(method.pk): method for method in methods}

    def with_prices(self, currency: str) -> list[tuple[str, str]]:
        """The ways of delivery as choices, each with its price."""
        return [(pk, f"{method}, {money(method.price, currency)}") for pk, method in self.methods.items()]

    @property
    def method(self) -> DeliveryMethod | None:
        """The way of delivery that was chosen."""
        return self.methods.get(self.cleaned_data.get("delivery", ""))

    @property
    def is_pickup(self) -> bool | None:
        """Whether the customer fetches it; None while nothing says."""
        return self.method.is_pickup if self.method else None

    def clean(self) -> dict:
        """Pay on pick-up goes with pick-up alone."""
        cleaned = super().clean()
        if cleaned.get("payment_method") == payment_methods.OnPickup.code and self.is_pickup is False:
            words = _("You can only pay on pick-up if you choose pick-up as your delivery method")
            self.add_error("payment_method", words)
        return cleaned

    def refuse_country(self, country: str) -> None:
        """Say that the method does not go where the order goes."""
        if self.method and not self.method.goes_to(country):
            self.add_error("delivery", _("This delivery method is not available for the country of the address"))
