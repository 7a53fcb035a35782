"""The person and company of a customer: everything on the page but the addresses."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from customers import business_numbers
from customers.email_addresses import normalise_email
from customers.history.sources import OBJECTION
from customers.languages import language_choices
from customers.models import Customer
from customers.record.phone_field import PhoneField
from shopadmin.models import StoreSettings

EARLIEST_BIRTH = date(1900, 1, 1)
# A form that does not send one of these does not mean to empty it.
WORTH_KEEPING = ("gender", "customer_type", "language")
NOT_ON_OFFER = {"invalid_choice": _("Choose an option from the list.")}


class CustomerForm(forms.ModelForm):
    """Personal, contact and company information, type, switches and notes."""

    awaiting_approval = forms.BooleanField(
        label=_("Awaiting approval"),
        required=False,
        help_text=_(
            "While this is on, the customer cannot sign in. Turning it off approves the customer "
            "and notifies them by email."
        ),
    )
    phone = PhoneField(label=_("Phone"), required=False)
    mobile = PhoneField(label=_("Mobile"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False, error_messages=NOT_ON_OFFER)
    birth_date = forms.DateField(
        label=_("Date of birth"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    marketing_consent = forms.BooleanField(label=_("Agrees to receive marketing emails"), required=False)
    customer_type = forms.ChoiceField(
        label=_("Customer type"),
        choices=Customer.Type,
        widget=forms.RadioSelect,
        error_messages=NOT_ON_OFFER,
    )
    company_number_confirmed = forms.BooleanField(label=_("This is the company's own number (RSIN)"), required=False)
    coc_number_confirmed = forms.BooleanField(label=_("Keep this number"), required=False)
    vat_number_confirmed = forms.BooleanField(label=_("Keep this number"), required=False)

    class Meta:
        model = Customer
        fields = [
            "first_name", "initials", "last_name", "email", "phone", "mobile", "language", "gender", "birth_date",
            "customer_type", "company_name", "company_number", "coc_number", "vat_number", "invoice_email",
            "ship_elsewhere", "notes",
        ]  # fmt: skip
        help_texts = {
            "email": _("Used to sign in and to receive emails."),
            "coc_number": _("8 digits, for companies in the Netherlands"),
        }
        error_messages = {"gender": NOT_ON_OFFER}

    EDITED = (*Meta.fields, "awaiting_approval", "marketing_consent")

    def __init__(self, data: dict | None = None, *, instance: Customer, country: str) -> None:
        """`country` is the one whose rules the company's numbers follow."""
        initial = {name: getattr(instance, name) for name in ("awaiting_approval", "marketing_consent")}
        super().__init__(data, instance=instance, initial=initial)
        self.country, self.doubts = country, {}
        self.remembered = dict(instance.confirmed_numbers)
        # A number that looked as wrong before, since a file brought it, keeps nobody from changing something else.
        self._country_before = instance.country or str(StoreSettings.current().country)
        for name in business_numbers.FIELDS:
            value = getattr(instance, name)
            if self.remembered.get(name) != value:
                self.fields[name].warning = business_numbers.warnings_for(name, value, self._country_before)
        languages = language_choices(instance.language)
        self.fields["language"].choices = languages if instance.language else [("", _("Not known")), *languages]
        for name in WORTH_KEEPING:
            self.fields[name].required = False
        self._show_consent(instance)
        self.fields["awaiting_approval"].disabled = instance.access == Customer.Access.BLOCKED

    def _show_consent(self, customer: Customer) -> None:
        """Who gave or withdrew it last; after an objection it is not the merchant's to switch on."""
        consent = customer.consents.first() if customer.pk else None
        if consent is None:
            return
        field, words = self.fields["marketing_consent"], {"given": consent.summary}
        field.help_text = _("%(given)s. The text shown at that time is kept.") % words
        if consent.source == OBJECTION:
            field.disabled = True
            field.help_text = _("%(given)s. Only the customer can agree again, in their account.") % words

    def clean_email(self) -> str:
        email = normalise_email(self.cleaned_data["email"])
        other = Customer.objects.filter(email=email).exclude(pk=self.instance.pk).first()
        if other:
            self["email"].help_text = _link_to(other)
        return email

    def clean_birth_date(self) -> date | None:
        birth_date = self.cleaned_data["birth_date"]
        if birth_date and birth_date > timezone.localdate():
            raise ValidationError(_("Enter a date in the past."))
        if birth_date and birth_date < EARLIEST_BIRTH:
            raise ValidationError(_("Check the year."))
        return birth_date

    def clean_notes(self) -> str:
        return self.cleaned_data["notes"].replace("\r\n", "\n")

    def clean(self) -> dict:
        cleaned = super().clean()
        for name in WORTH_KEEPING:
            if cleaned.get(name) == "":
                cleaned[name] = self.initial[name]
        for name in business_numbers.FIELDS:
            if cleaned.get(name):
                cleaned[name] = business_numbers.normal_form(name, cleaned[name], self.country)
        if cleaned.get("customer_type") == Customer.Type.BUSINESS:
            self._look_at_numbers(cleaned)
        return cleaned

    def _look_at_numbers(self, cleaned: dict) -> None:
        """Note the doubts about company numbers that nobody has set aside, now or for the same value before."""
        for name in business_numbers.FIELDS:
            value = cleaned.get(name, "")
            doubts = business_numbers.warnings_for(name, value, self.country)
            self.fields[name].warning = []
            if not doubts:
                self.remembered.pop(name, None)
            elif self.remembered.get(name) != value:
                self.fields[name].warning = doubts
                if cleaned[f"{name}_confirmed"]:
                    self.remembered[name] = value
                elif value != self.initial[name] or self.country != self._country_before:
                    self.doubts[name] = doubts


def _link_to(other: Customer) -> str:
    """A hint that leads to the customer who has an address already; staff who are no customers have no page."""
    if other.merged_into_id:
        words = _("The customer with this email address was merged into another customer: {link}.")
        kept = format_html('<a href="{}">{}</a>', other.merged_into.get_absolute_url(), other.merged_into)
        return format_html(words, link=kept)
    if other.is_restricted:
        return _("The use of this customer's data is restricted.")
    if not Customer.objects.shoppers().filter(pk=other.pk).exists():
        return _("This email address belongs to a staff member.")
    return format_html('<a href="{}">{}</a>', other.get_absolute_url(), other)
