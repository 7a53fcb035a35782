from django import forms
from django.utils.translation import gettext_lazy as _


class CancellationForm(forms.Form):
    """Why an order is called off."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Included in the email to the customer."),
    )
