from django import forms
from django.utils.translation import gettext_lazy as _

from orders.checkout import payment_methods
from orders.models import DeliveryMethod, Order


class OtherMethodForm(forms.Form):
    """Another way to pay an order than the one that was chosen."""

    payment_method = forms.ChoiceField(
        label=_("Pay another way"),
        error_messages={
            "required": _("Choose a payment method"),
            "invalid_choice": _("Choose a payment method from the list"),
        },
    )

    def __init__(self, data=None, *, order: Order) -> None:
        super().__init__(data)
        on_offer = payment_methods.on_offer(DeliveryMethod(is_pickup=order.is_pickup and order.has_goods))
        others = [(method.code, method.label) for method in on_offer if method.code != order.payment_method]
        self.fields["payment_method"].choices = others
