from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.checkout import payment_methods
from orders.handling.form_sent_once import FormSentOnce
from orders.models import Order
from shopadmin.rendering.money_field import MoneyField


class PaymentForm(FormSentOnce):
    """Money that came in for an order, or went back."""

    amount = MoneyField(
        label=_("Amount"),
        min_value=Decimal("0.01"),
        error_messages={
            "required": _("Enter an amount"),
            "min_value": _("Enter an amount greater than 0"),
        },
    )
    method = forms.ChoiceField(label=_("Payment method"))

    def __init__(self, data=None, *, order: Order, amount) -> None:
        super().__init__(data, initial={"amount": amount or None, "method": order.payment_method})
        self.fields["method"].choices = payment_methods.choices_for(order)
        self.fields["amount"].label = _("Amount in %s") % order.currency
