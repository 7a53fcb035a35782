"""The first step of the checkout: who orders, and where it goes."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from customers import business_numbers, names
from customers.addresses.form import AddressForm
from customers.models import Address, Consent, Customer
from customers.record.password_field import PasswordField
from customers.record.phone_field import PhoneField
from shopadmin.links_in_text import no_link, no_web_address
from shopadmin.models import StoreSettings

COMPANY_NUMBERS = ("coc_number", "vat_number")


# What it is called depends on the country, which is chosen on the same page.
REGISTER = {
    "label": _("Company registration number"),
    "help_text": _("KvK number in the Netherlands, enterprise number in Belgium"),
}


def of_customer(name: str, **options) -> forms.Field:
    """The form field of a customer's field, with its label and its longest length."""
    return Customer._meta.get_field(name).formfield(**options)


class PersonForm(forms.Form):
    """Everything of the first step but the addresses."""

    customer_type = forms.ChoiceField(
        label=_("Ordering as"),
        choices=[("private", _("Individual")), ("business", _("Company"))],
        widget=forms.RadioSelect,
        required=False,
    )
    first_name = of_customer("first_name", required=True, error_messages=names.FIRST_NAME_IS_MISSING)
    last_name = of_customer("last_name", required=True, error_messages=names.LAST_NAME_IS_MISSING)
    email = of_customer(
        "email", help_text=_("For your confirmation and invoice"), error_messages=names.EMAIL_IS_MISSING
    )
    phone = PhoneField(label=_("Phone"), required=False, help_text=_("For questions about the delivery"))
    language = forms.ChoiceField(label=_("Language"), required=False, help_text=_("For emails about your order"))
    company_name = of_customer("company_name", required=False)
    coc_number = of_customer("coc_number", required=False, **REGISTER)
    vat_number = of_customer("vat_number", required=False)
    reference = forms.CharField(
        label=_("Your reference"),
        required=False,
        max_length=60,
        help_text=_("Your own order number or cost centre, shown on the invoice"),
    )
    ship_elsewhere = forms.BooleanField(label=_("Ship to a different address"), required=False)
    marketing_consent = forms.BooleanField(label=Consent.TEXT, required=False)
    create_account = forms.BooleanField(
        label=_("Create an account with this order"),
        required=False,
        help_text=_("Track your orders and check out faster next time"),
    )
    password1 = PasswordField(
        label=_("Password"),
        required=False,
        help_text=_(
            "At least 12 characters; a short sentence works well. If you leave this empty, we "
            "email you a link to set a password."
        ),
    )
    order_note = forms.CharField(
        label=_("Order note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    AUTOCOMPLETE = {
        "first_name": "given-name",
        "last_name": "family-name",
        "email": "email",
        "company_name": "organization",
    }

    def __init__(self, data: QueryDict | None, *, initial: dict, shopper: Customer | None, country: str) -> None:
        super().__init__(data, initial={"customer_type": Customer.Type.PRIVATE, "language": get_language()} | initial)
        store = StoreSettings.current()
        self.country = country
        self.confirmed: dict[str, str] = {}
        self.stored = {name: getattr(shopper, name, "") for name in COMPANY_NUMBERS}
        # Each by the name that its speakers give it.
        self.fields["language"].choices = [
            (code, get_language_info(code)["name_local"].capitalize()) for code in store.languages
        ]
        for name, token in self.AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = token
        if shopper is not None:
            self.fields["email"].disabled = True
        else:
            self._refuse_links()
        if shopper is not None or not store.accounts_enabled:
            del self.fields["create_account"], self.fields["password1"]

    def _refuse_links(self) -> None:
        """Anybody may type what a guest orders with, and for anybody's mailbox."""
        links = dict.fromkeys(("company_name", "reference"), no_link)
        for name, check in {"first_name": no_web_address, "last_name": no_web_address, **links}.items():
            self.fields[name].validators = [*self.fields[name].validators, check]

    @property
    def is_business(self) -> bool:
        return self.cleaned_data.get("customer_type") == Customer.Type.BUSINESS

    def clean_customer_type(self) -> str:
        return self.cleaned_data["customer_type"] or Customer.Type.PRIVATE

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or get_language()

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.is_business:
            if not cleaned.get("company_name") and "company_name" not in self.errors:
                self.add_error("company_name", _("Enter the company name"))
            self._look_at_numbers(cleaned)
        if cleaned.get("create_account") and cleaned.get("password1"):
            self._look_at_password(cleaned)
        return cleaned

    def _look_at_numbers(self, cleaned: dict) -> None:
        """Doubts are shown once; sending the same number again keeps it, and what the record has is not doubted."""
        for name in COMPANY_NUMBERS:
            value = cleaned.get(name, "")
            doubts = business_numbers.warnings_for(name, value, self.country)
            if doubts and value == self.stored[name]:
                doubts = []
            if doubts and self.data.get(f"confirmed_{name}") != value:
                self.fields[name].warning = doubts
            elif doubts:
                self.confirmed[name] = value
            cleaned[name] = business_numbers.normal_form(name, value, self.country)

    def _look_at_password(self, cleaned: dict) -> None:
        typed = {name: cleaned.get(name, "") for name in ("email", "first_name", "last_name", "company_name")}
        try:
            validate_password(cleaned["password1"], Customer(**typed))
        except ValidationError as error:
            self.add_error("password1", error)

    @property
    def shown_numbers(self) -> list[tuple[str, str]]:
        """What the next press of the button confirms: hidden inputs by name and value."""
        return [
            (f"confirmed_{name}", self.cleaned_data.get(name, ""))
            for name in COMPANY_NUMBERS
            if name in self.confirmed or getattr(self.fields[name], "warning", [])
        ]

    @property
    def doubts(self) -> list[tuple[str, str, str]]:
        """Numbers that look wrong and that nobody confirmed yet: (id of the field, label, doubt)."""
        return [
            (self[name].id_for_label, self[name].label, doubt)
            for name in COMPANY_NUMBERS
            for doubt in getattr(self.fields[name], "warning", [])
        ]


class Details:
    """The whole first step: a person and two addresses, checked together."""

    def __init__(
        self, data: QueryDict | None = None, *, kept: dict, shopper: Customer | None = None, likely_country: str = ""
    ) -> None:
        country = data.get("billing-country", "") if data else ""
        self.person = PersonForm(data, initial=kept, shopper=shopper, country=country)
        self.ships_elsewhere = bool(data and data.get("ship_elsewhere"))
        billing, shipping = (Address(**kept.get(kind, {})) for kind in ("billing", "shipping"))
        self.billing = AddressForm(data, instance=billing, likely_country=likely_country)
        self.shipping = AddressForm(
            data, instance=shipping, prefix="shipping", checked=self.ships_elsewhere, likely_country=likely_country
        )
        for address in (self.billing, self.shipping) if shopper is None else ():
            for field in address.fields.values():
                field.validators = [*field.validators, no_link]

    @property
    def forms(self) -> list[forms.BaseForm]:
        """What must be right: the shipping address only while it is switched on."""
        return [self.person, self.billing, *([self.shipping] if self.ships_elsewhere else [])]

    def is_valid(self) -> bool:
        """Whether everything is right and no doubt is left; each form is looked at, so that all messages show."""
        valid = [form.is_valid() for form in self.forms]
        return all(valid) and not self.person.doubts

    @property
    def has_errors(self) -> bool:
        return any(form.errors for form in self.forms)

    @property
    def password(self) -> str:
        """What was typed as password for an account to be made; empty where none was, or a wrong one."""
        cleaned = getattr(self.person, "cleaned_data", {})
        return cleaned.get("password1", "") if cleaned.get("create_account") else ""

    def to_keep(self) -> dict:
        """What the session keeps until the order is placed; never the password."""
        self.shipping.is_valid()
        kept = {name: value for name, value in self.person.cleaned_data.items() if name != "password1"}
        kept["phone"] = str(kept["phone"] or "")
        addresses = {"billing": self.billing.cleaned_data, "shipping": self.shipping.cleaned_data}
        return {**kept, **addresses, "confirmed_numbers": self.person.confirmed}


def details_of(customer: Customer) -> dict:
    """What the record of a signed-in shopper fills in."""
    columns = ("email", "first_name", "last_name", "language", "customer_type", "company_name")
    kept = {name: getattr(customer, name) for name in (*columns, *COMPANY_NUMBERS, "marketing_consent")}
    addresses = {address.kind: address.as_dict() for address in customer.addresses.all()}
    return {**kept, **addresses, "phone": customer.phone or customer.mobile, "ship_elsewhere": customer.ship_elsewhere}
