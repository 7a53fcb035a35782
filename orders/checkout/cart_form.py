from django import forms
from django.utils.translation import gettext_lazy as _

from orders.checkout.cart import MOST


class QuantityForm(forms.Form):
    """How many of a product; `step` is the − or + that was pressed beside the number."""

    quantity = forms.IntegerField(
        label=_("Quantity"),
        min_value=0,
        max_value=MOST,
        error_messages={
            "required": _("Enter a quantity"),
            "invalid": _("Enter the quantity as a number"),
            "min_value": _("Enter a quantity from 0 to 99"),
            "max_value": _("Enter a quantity from 0 to 99"),
        },
    )
    step = forms.IntegerField(required=False, min_value=-1, max_value=1)

    @property
    def wanted(self) -> int:
        """The number after the step."""
        return self.cleaned_data["quantity"] + (self.cleaned_data["step"] or 0)
