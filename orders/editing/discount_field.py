"""A discount as a merchant types it: an amount, or a percentage."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from orders.checkout.discounts import Discount
from shopadmin.rendering.money_field import MoneyField


class DiscountField(MoneyField):
    """`5`, `5.00` and `5,00` are an amount; `10%` and `10 %` a percentage."""

    default_error_messages = {
        "invalid": _("Enter an amount, such as 5.00, or a percentage, such as 10%"),
        "min_value": _("Enter 0 or more"),
        "too_much": _("A discount cannot be more than 100%"),
    }

    def __init__(self, **kwargs) -> None:
        super().__init__(required=False, min_value=Decimal("0.00"), **kwargs)

    def clean(self, value: str | None) -> Discount:
        """Return the discount; none where nothing was typed."""
        typed = str(value or "").strip()
        number = super().clean(typed.removesuffix("%").strip()) or Decimal("0.00")
        if not typed.endswith("%"):
            return Discount(amount=number)
        if number > 100:
            raise ValidationError(self.error_messages["too_much"], code="too_much")
        return Discount(percent=number)
