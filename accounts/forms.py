from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import mails
from accounts.company_form import CompanyFormOfSignUp
from accounts.signing_in import limits
from accounts.signing_in.passwords import LengthValidator
from customers import names
from customers.models import Customer
from customers.record.email_field import EmailField
from customers.record.password_field import PasswordField
from shopadmin.links_in_text import no_web_address
from shopadmin.models import StoreSettings

OF_PERSON = ("email", "first_name", "last_name")


def email_field(*, autocomplete: str = "email") -> EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": autocomplete})
    return EmailField(label=_("Email"), error_messages=names.EMAIL_IS_MISSING, widget=widget)


class AddressForm(forms.Form):
    """An email address, in the form in which it is kept."""

    email = email_field()

    def clean_email(self) -> str:
        return get_adapter().clean_email(self.cleaned_data["email"])


class SignInForm(allauth_forms.LoginForm):
    """Email and password; whatever is wrong with them is said in the same words."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = email_field(autocomplete="username")
        self.fields["password"] = PasswordField(label=_("Password"), is_new=False)
        self.fields["remember"] = forms.BooleanField(label=_("Stay signed in"), required=False, initial=True)
        self.order_fields(["login", "password", "remember"])

    def clean_login(self) -> str:
        return get_adapter().clean_email(self.cleaned_data["login"])


class StaffSignInForm(SignInForm):
    """The same for staff; a shopper's password opens nothing here."""

    def _clean_with_password(self, credentials: dict) -> dict:
        cleaned = super()._clean_with_password(credentials)
        if not self.user.is_staff:
            raise get_adapter().validation_error("email_password_mismatch")
        return cleaned


class SignUpForm(AddressForm):
    """What a new account needs."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=100,
        validators=[no_web_address],
        error_messages=names.FIRST_NAME_IS_MISSING,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=100,
        validators=[no_web_address],
        error_messages=names.LAST_NAME_IS_MISSING,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    password1 = PasswordField(label=_("Password"))
    field_order = ["first_name", "last_name", "email", "password1"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = LengthValidator().get_help_text()
        self.fields["password1"].required = not self.wants_passkey
        country = str(StoreSettings.current().country)
        self.company = CompanyFormOfSignUp(self.data if self.is_bound else None, country=country)

    def is_valid(self) -> bool:
        """Whether all of it is right, the company too; each is looked at, so that all messages show."""
        is_valid = super().is_valid()
        return self.company.is_valid() and not self.company.doubts and is_valid

    @property
    def wants_passkey(self) -> bool:
        """Whether the account is to have a passkey instead of a password."""
        return self.data.get("way") == "passkey"

    @property
    def person(self) -> dict:
        """What the new account begins with, but for the password."""
        return {name: self.cleaned_data[name] for name in OF_PERSON} | self.company.entered

    def clean(self) -> dict:
        cleaned = super().clean()
        password = "" if self.wants_passkey else cleaned.get("password1")
        if password:
            try:
                validate_password(password, Customer(**{name: cleaned.get(name, "") for name in OF_PERSON}))
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return cleaned


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    password1 = PasswordField(label=_("New password"))
    password2 = PasswordField(label=_("Confirm new password"))

    def __init__(self, *args, user: Customer, temp_key: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password1"].help_text = LengthValidator().get_help_text()

    def clean_password1(self) -> str:
        return get_adapter().clean_password(self.cleaned_data["password1"], user=self.user)

    def clean(self) -> dict:
        cleaned = super().clean()
        if "password1" in cleaned and cleaned.get("password2", cleaned["password1"]) != cleaned["password1"]:
            self.add_error("password2", _("Enter the same password in both fields"))
        return cleaned

    def save(self) -> None:
        get_adapter().set_password(self.user, self.cleaned_data["password1"])


class ChangePasswordForm(NewPasswordForm):
    """A new password, by who knows the current one."""

    oldpassword = PasswordField(label=_("Current password"), is_new=False)
    field_order = ["oldpassword", "password1", "password2"]

    def clean_oldpassword(self) -> str:
        if not get_adapter().reauthenticate(self.user, self.cleaned_data["oldpassword"]):
            raise get_adapter().validation_error("enter_current_password")
        return self.cleaned_data["oldpassword"]


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    password = PasswordField(label=_("Password"), is_new=False)


class ResetForm(AddressForm):
    """Whom to mail a link for a new password; what is answered does not tell who that is."""

    def save(self, request: HttpRequest) -> None:
        customer = Customer.objects.filter(email=self.cleaned_data["email"]).first()
        if not customer:
            mails.unknown_account(self.cleaned_data["email"])
        elif customer.is_active:
            mails.password_link(customer)
        else:
            mails.account_not_open(customer)


class StaffResetForm(AddressForm):
    """The same for staff, whatever the shop does about its shoppers' accounts."""

    def save(self, request: HttpRequest) -> None:
        if customer := Customer.objects.staff().filter(email=self.cleaned_data["email"]).first():
            mails.password_link(customer)


class RequestCodeForm(AddressForm):
    """Whom to mail a code that signs in."""

    def __init__(self, *args, request: HttpRequest, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_email(self) -> str:
        email = super().clean_email()
        limits.count_mail(self.request, "request_login_code", email)
        customer = Customer.objects.filter(email=email).first()
        self._user = customer if customer and customer.is_active else None
        return email


class CodeForm(forms.Form):
    """A code that was mailed."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )

    def __init__(self, *args, code: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.expected_code = code

    clean_code = allauth_forms.BaseConfirmCodeForm.clean_code


class ConfirmAddressForm(CodeForm):
    """A code that was mailed to an address: one that nobody else has meanwhile."""

    def __init__(self, *args, user: Customer | None = None, email: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.email = user, email

    def clean_code(self) -> str:
        code = super().clean_code()
        if self.user and Customer.objects.filter(email=self.email).exclude(pk=self.user.pk).exists():
            raise get_adapter().validation_error("email_taken")
        return code


class NewAddressForm(AddressForm):
    """The address that somebody wants from now on."""

    def __init__(self, *args, customer: Customer, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.customer = customer
        self.fields["email"].label = _("New email address")

    def clean_email(self) -> str:
        email = super().clean_email()
        if email == self.customer.email:
            raise get_adapter().validation_error("duplicate_email")
        return email
