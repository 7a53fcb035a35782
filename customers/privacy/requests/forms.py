from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.email_addresses import normalise_email
from customers.models import Customer, PrivacyRequest
from customers.privacy.requests import requests


class PrivacyRequestForm(forms.ModelForm):
    """A request that came in by mail, by phone or at the counter."""

    email = forms.CharField(label=_("Customer's email address"), max_length=254)
    received_on = forms.DateField(
        label=_("Received"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("An answer is due one month after this day."),
    )
    tell = forms.BooleanField(
        label=_("Email the customer"),
        required=False,
        initial=True,
        help_text=_("The email says which request you received, and by when you will answer. It leaves out the note."),
    )

    class Meta:
        model = PrivacyRequest
        fields = ["kind", "received_on", "remark"]
        widgets = {"kind": forms.RadioSelect, "remark": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "kind": _("A copy comes as a file too, for people who want to take their data elsewhere."),
            "remark": _(
                "How the request was received and what exactly is requested. Erased together with the customer."
            ),
        }

    field_order = ["email", "kind", "received_on", "remark", "tell"]

    def clean_email(self) -> str:
        """The address of a customer, who is then in `self.customer`."""
        email = normalise_email(self.cleaned_data["email"])
        self.customer = Customer.objects.shoppers().behind(email).first()
        if self.customer is None:
            raise forms.ValidationError(_("No customer found with this email address."))
        return email

    def clean_received_on(self) -> date:
        day, today = self.cleaned_data["received_on"], timezone.localdate()
        if day > today:
            raise forms.ValidationError(_("Enter a date in the past."))
        if day.year < today.year - 1:
            raise forms.ValidationError(_("Check the year."))
        return day

    def save(self) -> PrivacyRequest:
        asked = {name: self.cleaned_data[name] for name in ("kind", "remark", "received_on", "tell")}
        return requests.take_in(self.customer, **asked)


class OutcomeForm(forms.Form):
    """What was done about a request, or why not, and whether the customer is told."""

    outcome = forms.CharField(
        label=_("What was done, or why not"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    tell = forms.BooleanField(label=_("Email the customer"), required=False, initial=True)

    def __init__(self, data: dict | None = None, *, asked: PrivacyRequest) -> None:
        super().__init__(data)
        if asked.customer is None:
            del self.fields["tell"]
        elif asked.customer.is_registered:
            self.fields["tell"].help_text = _("The email contains what you enter above.")
        else:
            self.fields["tell"].help_text = _(
                "The email leaves out what you enter above, since the customer has not confirmed this email address."
            )


class ExtensionForm(forms.Form):
    """Why the answer takes longer."""

    reason = forms.ChoiceField(
        label=_("Why do you need more time?"), choices=PrivacyRequest.Extension, widget=forms.RadioSelect
    )
