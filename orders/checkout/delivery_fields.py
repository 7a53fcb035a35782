"""How an order is delivered and paid, as the checkout, an order by phone and an edit all ask it."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.checkout import payment_methods
from orders.models import DeliveryMethod
from shopadmin.rendering.formats import money

OF_GOODS = ("delivery", "ship_elsewhere")


def put_aside_in(data: Mapping[str, str] | None) -> list[tuple[str, str]]:
    """What a form says of how and where goods go, by the names of the fields that it loses without goods."""
    data = data or {}
    return [(name, data[name]) for name in data if name in OF_GOODS or name.startswith("shipping-")]


class DeliveryFields(forms.Form):
    """A way of delivery among `methods`, and a way to pay that goes with it.

    Without goods (`has_goods`) nothing is asked but the way to pay.
    """

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

    def __init__(self, data, *, methods: Iterable[DeliveryMethod], initial: dict, has_goods: bool) -> None:
        super().__init__(data, initial=initial)
        self.methods = {str(method.pk): method for method in methods} if has_goods else {}
        self.has_goods = has_goods
        if not has_goods:
            del self.fields["delivery"]

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
        if self.method:
            return self.method.is_pickup
        return None if self.has_goods else False

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
