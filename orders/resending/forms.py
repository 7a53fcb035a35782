from django import forms
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from customers.record.email_field import EmailField
from orders.resending.send_again import send_again, went_to_invoice_address, went_to_own_address
from shopadmin.models import Mail

TAKEN = _("Another customer has this email address.")


class SendAgainForm(forms.Form):
    """The address that an email should have gone to."""

    to = EmailField(label=_("Email address"), max_length=254)
    keep = forms.BooleanField(
        label=_("Keep this address"),
        required=False,
        initial=True,
        help_text=_("On the customer and their open orders."),
    )

    def __init__(self, data: dict | None = None, *, mail: Mail, customer: Customer) -> None:
        super().__init__(data, initial={"to": mail.to})
        self.mail, self.is_own = mail, went_to_own_address(mail, customer)
        if not self.is_own and went_to_invoice_address(mail, customer):
            self.fields["keep"].help_text = _("On the customer, for invoices and credit notes.")
        elif not self.is_own:
            del self.fields["keep"]

    def clean_to(self) -> str:
        to = self.cleaned_data["to"]
        if to == self.mail.to:
            raise forms.ValidationError(_("The email could not be delivered to this address. Correct it."))
        return to

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.is_own and cleaned.get("keep") and Customer.objects.filter(email=cleaned.get("to", "")).exists():
            self.add_error("keep", TAKEN)
        return cleaned

    def send(self, *, by: Customer) -> Mail | None:
        """Send it; None, with the reason among the errors, where that cannot be done any more."""
        try:
            sent = send_again(self.mail, to=self.cleaned_data["to"], keep=self.cleaned_data.get("keep", False), by=by)
        except IntegrityError:
            self.add_error("keep", TAKEN)
            return None
        if sent is None:
            self.add_error(None, _("This email cannot be sent again"))
        return sent
