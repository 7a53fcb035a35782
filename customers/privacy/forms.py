from django import forms
from django.utils.translation import gettext_lazy as _

from customers.email_addresses import normalise_email
from customers.models import Customer, PrivacyRequest
from customers.privacy import requests


class PrivacyRequestForm(forms.ModelForm):
    """A request that came in by mail, by phone or at the counter."""

    email = forms.CharField(label=_("Customer's email address"), max_length=254)

    class Meta:
        model = PrivacyRequest
        fields = ["kind", "remark"]
        widgets = {"kind": forms.RadioSelect, "remark": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "remark": _(
                "How the request was received and what exactly is requested. Erased together with the customer."
            )
        }

    field_order = ["email", "kind", "remark"]

    def clean_email(self) -> str:
        """The address of a customer, who is then in `self.customer`."""
        email = normalise_email(self.cleaned_data["email"])
        self.customer = Customer.objects.shoppers().behind(email).first()
        if self.customer is None:
            raise forms.ValidationError(_("No customer found with this email address."))
        return email

    def save(self) -> PrivacyRequest:
        kind, remark = self.cleaned_data["kind"], self.cleaned_data["remark"]
        return requests.take_in(self.customer, kind=kind, remark=remark)


class OutcomeForm(forms.Form):
    """What was done about a request, or why not."""

    outcome = forms.CharField(
        label=_("What was done, or why not"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
