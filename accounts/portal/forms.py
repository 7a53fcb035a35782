"""What a shopper changes about themselves, part by part; each part is shown, checked and written as one."""

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.company_form import CompanyForm
from accounts.sign_up import approval
from customers import names
from customers.addresses.form import AddressForm
from customers.history import acting
from customers.languages import language_choices
from customers.models import Address, Consent, Customer, PrivacyRequest
from customers.privacy.requests import requests
from customers.record.conflicts import Conflict, compare, let_choose
from customers.record.password_field import PasswordField
from customers.record.phone_field import PhoneField
from shopadmin.edit_conflicts import show_initials
from shopadmin.links_in_text import no_web_address
from shopadmin.rendering.form_fields import errors_of


class NameForm(forms.ModelForm):
    """Who it is."""

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

    class Meta:
        model = Customer
        fields = ["first_name", "initials", "last_name"]


class PhoneForm(forms.ModelForm):
    """Where to reach them."""

    phone = PhoneField(label=_("Phone"), required=False)
    mobile = PhoneField(label=_("Mobile"), required=False)

    class Meta:
        model = Customer
        fields = ["phone", "mobile"]


class LanguageForm(forms.ModelForm):
    """The language of pages and mails."""

    language = forms.ChoiceField(label=_("Language"))

    class Meta:
        model = Customer
        fields = ["language"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices(self.instance.language)


class MarketingForm(forms.ModelForm):
    """Whether news may be mailed; the label is the text that is kept as proof."""

    marketing_consent = forms.BooleanField(label=Consent.TEXT, required=False)

    class Meta:
        model = Customer
        fields = ["marketing_consent"]


class ShipElsewhereForm(forms.ModelForm):
    """The switch before the shipping address."""

    class Meta:
        model = Customer
        fields = ["ship_elsewhere"]


class Part:
    """One part of what the shop knows about a shopper: its title and its forms, as one."""

    def __init__(self, name: str, data: dict | None, *, shopper: Customer) -> None:
        self.name, self.shopper = name, shopper
        self.title, make = PARTS[name]
        self.forms = make(data, shopper)
        self.is_bound = data is not None
        self.conflicts: list[Conflict] = []
        self.must_wait = False
        for form in self.forms:
            show_initials(form, form._meta.fields)

    @property
    def form(self) -> forms.ModelForm:
        """The one on the customer's own row."""
        return self.forms[0]

    @property
    def is_in_doubt(self) -> bool:
        """Whether a number looks wrong and nobody has said to keep it."""
        return self.is_bound and bool(getattr(self.form, "doubts", {}))

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """For the summary: id of the field, label, message."""
        return [error for form in self.forms for error in errors_of(form)]

    @property
    def has_errors(self) -> bool:
        """Whether the page comes back with something to look at."""
        return self.is_bound and (any(form.errors for form in self.forms) or self.is_in_doubt or bool(self.conflicts))

    def is_valid(self) -> bool:
        wrong = [form for form in self.forms if not form.is_valid()]
        return not wrong and not self.is_in_doubt

    def save(self) -> bool:
        """Write what the shopper changed; False, and nothing written, when the shop changed the same meanwhile."""
        with acting.shopper(self.shopper, source="account"):
            now = Customer.objects.select_for_update().get(pk=self.shopper.pk)
            changes = [(form, self._compare(form, now)) for form in self.forms]
            if self.conflicts:
                let_choose(self.conflicts, customer=now)
                return False
            for form, changed in changes:
                _write(form, now, changed)
                if "customer_type" in changed and now.is_business:
                    self.must_wait = approval.await_as_business(now)
        return True

    def _compare(self, form: forms.ModelForm, now: Customer) -> list[str]:
        row = now
        if isinstance(form, AddressForm):
            row = kept_address(now, form.prefix) or Address(country=form.initial["country"])
        changed, conflicts = compare(form, row, fields=tuple(form._meta.fields))
        self.conflicts += conflicts
        return changed


def kept_address(customer: Customer, kind: str) -> Address | None:
    """An address of a customer, whether it is switched on or not."""
    return customer.addresses.filter(kind=kind).first()


def _write(form: forms.ModelForm, now: Customer, changed: list[str]) -> None:
    """Write some fields of the locked row, or of one of its addresses."""
    if isinstance(form, AddressForm):
        if changed or not form.is_blank:
            form.save_for(now, only=changed)
    elif "marketing_consent" in changed:
        given = form.cleaned_data["marketing_consent"]
        now.set_marketing_consent(given, text=str(Consent.TEXT), source="account", by=now)
    else:
        for name in changed:
            setattr(now, name, form.cleaned_data[name])
        if getattr(form, "confirmed", now.confirmed_numbers) != now.confirmed_numbers:
            now.confirmed_numbers = form.confirmed
            changed = [*changed, "confirmed_numbers"]
        if changed:
            now.save(update_fields=changed)


def _billing(data: dict | None, shopper: Customer) -> list[forms.ModelForm]:
    return [AddressForm(data, instance=kept_address(shopper, "billing"), prefix="billing")]


def _shipping(data: dict | None, shopper: Customer) -> list[forms.ModelForm]:
    is_on = data is None or "ship_elsewhere" in data
    address = AddressForm(
        data, instance=kept_address(shopper, "shipping"), prefix="shipping", required=is_on, checked=is_on
    )
    return [ShipElsewhereForm(data, instance=shopper), address]


def _company(data: dict | None, shopper: Customer) -> list[forms.ModelForm]:
    billing = kept_address(shopper, "billing")
    return [CompanyForm(data, instance=shopper, country=str(billing.country) if billing else "")]


def _only(form: type[forms.ModelForm]):
    return lambda data, shopper: [form(data, instance=shopper)]


PARTS = {
    "name": (_("Name"), _only(NameForm)),
    "phone": (_("Phone"), _only(PhoneForm)),
    "language": (_("Language"), _only(LanguageForm)),
    "company": (_("Individual or company"), _company),
    "billing": (_("Billing address"), _billing),
    "shipping": (_("Shipping address"), _shipping),
    "marketing": (_("News and offers"), _only(MarketingForm)),
}


class AskForm(forms.Form):
    """What a shopper asks the shop to do with their data."""

    kind = forms.ChoiceField(
        label=_("What is your request?"),
        choices=[
            (PrivacyRequest.Kind.ACCESS, _("Send me a copy of all the data you hold about me")),
            (PrivacyRequest.Kind.CORRECTION, _("Correct something I cannot change here")),
            (PrivacyRequest.Kind.RESTRICTION, _("Stop using my data while something is checked")),
            (PrivacyRequest.Kind.OBJECTION, _("Stop using my data for marketing, or for something else I object to")),
            (PrivacyRequest.Kind.ERASURE, _("Erase all the data you hold about me")),
        ],
        widget=forms.RadioSelect,
        initial=PrivacyRequest.Kind.ACCESS,
        help_text=_("A copy comes as a file too, in case you want to take your data elsewhere."),
    )
    remark = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def save(self, shopper: Customer) -> PrivacyRequest:
        return requests.take_in(shopper, kind=self.cleaned_data["kind"], remark=self.cleaned_data["remark"])


class DeletionForm(forms.Form):
    """The proof that it is the shopper: the password, or (without one) a code that was typed a moment ago."""

    password = PasswordField(label=_("Password"), is_new=False)

    def __init__(self, *args, request: HttpRequest, is_proved: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.is_proved = request, is_proved
        if not request.user.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not get_adapter(self.request).reauthenticate(self.request.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password

    def clean(self) -> dict:
        if "password" not in self.fields and not self.is_proved:
            raise forms.ValidationError(_("Confirm it's you with an email code first"))
        return super().clean()
