from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret, validate_totp_code
from django import forms
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from shopadmin.sealed_text import seal, unseal

SALT = "accounts.security.app"


class AddAppForm(forms.Form):
    """The code that an authenticator app shows once it knows the secret; sealed, the secret waits in the form.

    So opening the page writes nothing, and nobody enters a secret of another's.
    """

    sealed = forms.CharField(max_length=2_000, required=False, widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("The six digits that the app shows."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, data=None, *, customer: Customer) -> None:
        super().__init__(data)
        self.customer = customer
        number, _colon, kept = unseal(self["sealed"].value() or "", salt=SALT).partition(":")
        self.is_stale = number != str(customer.pk)
        self.secret = generate_totp_secret() if self.is_stale else kept
        self.sealed_secret = seal(f"{customer.pk}:{self.secret}", salt=SALT)

    def clean_code(self) -> str:
        if self.is_stale:
            raise forms.ValidationError(_("This page has expired. Scan the code again."))
        if not validate_totp_code(self.secret, self.cleaned_data["code"]):
            raise get_adapter().validation_error("incorrect_code")
        return self.cleaned_data["code"]

    @property
    def readable_secret(self) -> str:
        """The secret in groups of four, for who types it."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))

    @property
    def picture(self) -> str:
        """The secret as a QR code (SVG)."""
        adapter = get_adapter()
        return adapter.build_totp_svg(adapter.build_totp_url(self.customer, self.secret))
