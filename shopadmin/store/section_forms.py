"""The form of each section of the settings, in the order of their pages."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import bic, iban
from stdnum.exceptions import ValidationError as WrongNumber

from shopadmin.locale_choices import (
    currencies,
    european_languages,
    languages_of,
    official_languages,
    time_zones,
)
from shopadmin.models import StoreSettings
from shopadmin.pictures.encoding import encode_logo
from shopadmin.pictures.upload import PictureField
from shopadmin.store import payment_method_choices, retention_law
from shopadmin.store.pictures import save_with_files
from shopadmin.store.section_form import SectionForm
from shopadmin.store.texts_by_language import Text, with_first_language
from shopadmin.store.usual import usual_of

HALF, THIRD = "is-half", "is-third"


class ShopDetailsForm(SectionForm):
    """Who the shop is and where it is reached."""

    WIDTHS = {
        "name": HALF, "postcode": THIRD, "city": THIRD, "phone": HALF, "contact_email": HALF, "coc_number": HALF,
    }  # fmt: skip
    PICTURES = ("logo", "home_picture")
    TEXTS = {
        "tagline": Text(_("Tagline"), 200, help=_("The heading of your home page.")),
        "introduction": Text(_("Introduction"), 500, rows=3, help=_("One or two sentences below the tagline.")),
        "opening_hours": Text(_("Opening hours"), 300, rows=3, help=_("Shown at the bottom of every page.")),
    }

    logo = PictureField(
        label=_("Logo"),
        encoder=encode_logo,
        help_text=_("Shown instead of the shop's name on its pages and in emails. PNG, JPEG or WebP."),
    )
    remove_logo = forms.BooleanField(label=_("Remove the logo"), required=False)
    home_picture = PictureField(
        label=_("Picture of the home page"),
        help_text=_("Shown beside the tagline, cropped to 4:3. If there is none, that of your newest product is."),
    )
    remove_home_picture = forms.BooleanField(label=_("Remove the picture"), required=False)

    class Meta:
        model = StoreSettings
        fields = ["name", "street", "postcode", "city", "phone", "contact_email", "coc_number"]

    def __init__(self, data=None, files=None, *, store: StoreSettings) -> None:
        super().__init__(data, files, store=store)
        for name in self.PICTURES:
            self.fields[name].shown = getattr(store, f"shown_{name}")
            if not self.fields[name].shown:
                del self.fields[f"remove_{name}"]

    @property
    def saved_fields(self) -> list[str]:
        return [*super().saved_fields, *self.PICTURES]

    def save(self, commit: bool = True) -> StoreSettings:
        """Save; a new picture takes the place of the old one, whose files go."""
        fresh = {name: self.cleaned_data[name] for name in self.PICTURES if self.cleaned_data[name]}
        for name in self.PICTURES:
            if name in fresh:
                setattr(self.instance, name, fresh[name].picture.key)
            elif self.cleaned_data.get(f"remove_{name}"):
                setattr(self.instance, name, "")
        return save_with_files(fresh.values(), super().save)


class CountryForm(SectionForm):
    """Where the shop is, which languages it speaks and how it writes amounts and times."""

    WIDTHS = {"country": HALF, "currency": HALF, "time_zone": HALF}

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Customers without a language of their own see the first one."),
        error_messages={"required": _("Choose at least 1 language")},
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=currencies)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)

    class Meta:
        model = StoreSettings
        fields = ["country", "languages", "currency", "time_zone"]

    def __init__(self, data=None, files=None, *, store: StoreSettings) -> None:
        super().__init__(data, files, store=store)
        first = languages_of(str(store.country), store.languages)
        self.nearby = [*first, *european_languages(but=dict(first))]
        self.fields["languages"].choices = [*self.nearby, *official_languages(but=dict(self.nearby))]
        self.first_language = store.first_language

    @property
    def saved_fields(self) -> list[str]:
        """The texts too: which of them is the fallback of the others goes by the first language."""
        return [*super().saved_fields, *StoreSettings.BY_LANGUAGE]

    @property
    def has_moved(self) -> bool:
        """Whether the country is another one, where other languages, money or time may be usual."""
        return self.before["country"] != self.instance.country and bool(usual_of(self.instance))

    def clean_languages(self) -> list[str]:
        """The languages of the shop's country first, in its own order: the first is the shop's."""
        chosen = self.cleaned_data["languages"]
        own = [code for code, _name in languages_of(str(self.cleaned_data.get("country", "")))]
        return sorted(chosen, key=lambda code: (own.index(code) if code in own else len(own), code))

    def save(self, commit: bool = True) -> StoreSettings:
        for name in StoreSettings.BY_LANGUAGE:
            texts = getattr(self.instance, name)
            setattr(self.instance, name, with_first_language(texts, self.first_language, self.instance.first_language))
        return super().save(commit)


class PaymentForm(SectionForm):
    """How customers pay, until when, and to which account."""

    WIDTHS = {"payment_days": HALF, "reminder_days": HALF, "bank_name": HALF, "iban": HALF, "bic": HALF}

    payment_methods = forms.MultipleChoiceField(
        label=_("Payment methods"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("If you choose none, all payment methods are offered."),
    )
    payment_days = forms.IntegerField(label=_("Payment term (days)"), min_value=0, max_value=365)
    reminder_days = forms.IntegerField(
        label=_("Payment reminder (days after it is due)"),
        required=False,
        min_value=1,
        max_value=90,
        help_text=_("Emailed once to customers who have not paid by then. Leave empty to send none."),
    )

    class Meta:
        model = StoreSettings
        fields = ["payment_methods", "payment_days", "reminder_days", "bank_name", "iban", "bic"]

    def __init__(self, data=None, files=None, *, store: StoreSettings) -> None:
        super().__init__(data, files, store=store)
        self.fields["payment_methods"].choices = payment_method_choices.payment_methods

    def clean_iban(self) -> str:
        return _checked(_iban, self.cleaned_data["iban"], _("Enter a valid IBAN, as shown on your bank statement"))

    def clean_bic(self) -> str:
        return _checked(bic.validate, self.cleaned_data["bic"], _("Enter a BIC of 8 or 11 letters and digits"))


class AccountsForm(SectionForm):
    """Whether customers can sign in, whether they have to, and who waits for approval."""

    class Meta:
        model = StoreSettings
        fields = ["accounts_enabled", "guest_checkout", "approval"]
        widgets = {
            "accounts_enabled": forms.CheckboxInput(attrs={"role": "switch"}),
            "guest_checkout": forms.CheckboxInput(attrs={"role": "switch"}),
            "approval": forms.RadioSelect,
        }

    def clean(self) -> dict:
        cleaned = super().clean()
        if not cleaned.get("accounts_enabled") and not cleaned.get("guest_checkout"):
            self.add_error("guest_checkout", _("Without customer accounts, guests must be able to order"))
        return cleaned


class RetentionForm(SectionForm):
    """How long the shop keeps what the law wants kept, and guests."""

    WIDTHS = {"retention_years": HALF, "order_retention_years": HALF}

    retention_years = forms.IntegerField(
        label=_("Invoices, credit notes and payments (years)"), required=False, min_value=1, max_value=100
    )
    order_retention_years = forms.IntegerField(
        label=_("Orders without any of these (years)"), required=False, min_value=1, max_value=100
    )
    # At least as long as a consumer may withdraw (14 days) and send the goods back (14 more).
    erase_guests_after_days = forms.IntegerField(
        label=_("Erase guests (days after their last order)"),
        required=False,
        min_value=30,
        max_value=3_650,
        help_text=_(
            "Leave empty to keep guests. Guests who agreed to marketing emails, are blocked, or still have something "
            "to be answered are not erased."
        ),
    )

    staff_log_days = forms.IntegerField(
        label=_("Keep the staff log (days)"),
        min_value=90,
        max_value=3_650,
        help_text=_("Who of your staff saw and changed whose data. The database keeps it for 90 days in any case."),
    )

    class Meta:
        model = StoreSettings
        fields = ["retention_years", "order_retention_years", "erase_guests_after_days", "staff_log_days"]

    def __init__(self, data=None, files=None, *, store: StoreSettings) -> None:
        super().__init__(data, files, store=store)
        doubts, country = self._by_field(), str(store.country)
        by_law = _("Leave empty to use the standard period in the shop's country: %s years.")
        by_custom = _("Leave empty to use the customary period: %s years. No law in the shop's country requires one.")
        for name, law in retention_law.laws.items():
            self.fields[name].help_text = (by_custom if law.is_custom(country) else by_law) % law.years(country)
            self.fields[name].warning = [doubts[name]] if name in doubts else []

    def doubts(self) -> list[str | Promise]:
        return list(self._by_field().values())

    def _by_field(self) -> dict[str, str]:
        """What is wrong with the years that are saved, by field."""
        saved = {name: getattr(self.instance, name) for name in retention_law.laws}
        country = str(self.instance.country)
        doubts = {name: retention_law.laws[name].doubt(country, years) for name, years in saved.items() if years}
        return {name: words for name, words in doubts.items() if words}


class EmailsForm(SectionForm):
    """Who emails come from, and who is told of what happens in the shop."""

    WIDTHS = {"sender_email": HALF, "notification_email": HALF}

    class Meta:
        model = StoreSettings
        fields = ["sender_email", "notification_email"]


def _iban(number: str) -> str:
    """An IBAN whose sum is right; what stdnum knows of the banks of a country is older than some of them."""
    return iban.validate(number, check_country=False)


def _checked(validate: Callable[[str], str], number: str, message: str | Promise) -> str:
    """The number without blanks, as its standard writes it; nothing stays nothing."""
    if not number:
        return ""
    try:
        return validate(number)
    except WrongNumber as error:
        raise ValidationError(message) from error
