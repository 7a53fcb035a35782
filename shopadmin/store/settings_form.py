"""The page on which the owner says who the shop is and how it deals with its customers."""

import re
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import bic, get_cc_module, iban
from stdnum.exceptions import ValidationError as WrongNumber

from shopadmin.locale_choices import (
    currencies,
    european_languages,
    language_name,
    languages_of,
    official_languages,
    time_zones,
)
from shopadmin.models import StoreSettings
from shopadmin.models.store import has_catalogue
from shopadmin.store import payment_method_choices, retention_law

LEGAL_TEXTS = {
    "privacy_policy": _("Privacy policy"),
    "terms": _("Terms"),
    "imprint": _("Company details"),
    "withdrawal_information": _("Withdrawal information"),
}
TEXT_LENGTH = 30_000
WANTED_BY_LAW = ("name", "street", "postcode", "city", "contact_email")


class Section(NamedTuple):
    """A titled part of the page: its fields, each with its width."""

    id: str
    heading: str | Promise
    help: str | Promise
    fields: list[tuple[BoundField, str]]


LAYOUT = [
    ("shop", _("Shop details"), _("Shown on invoices, in emails and at the bottom of every page."), [
        ("name", "is-half"), ("tagline", "is-half"), ("street", ""), ("postcode", "is-third"), ("city", "is-third"),
        ("country", "is-third"), ("phone", "is-half"), ("contact_email", "is-half"), ("coc_number", "is-half"),
        ("vat_number", "is-half"),
    ]),
    ("mails", _("Emails"), _("Who emails come from and who receives notifications."), [
        ("sender_email", "is-half"), ("notification_email", "is-half"),
    ]),
    ("formats", _("Languages and formats"),
     _("The languages customers can choose, and how amounts and times are shown."), [
        ("languages", ""), ("currency", "is-half"), ("time_zone", "is-half"),
    ]),
    ("accounts", _("Customer accounts"), _("Whether customers can sign in, and which customers need your approval."), [
        ("accounts_enabled", ""), ("approval", ""),
    ]),
    ("orders", _("Orders and invoices"), _("How orders are numbered and paid, and when invoices are created."), [
        ("order_prefix", "is-half"), ("payment_days", "is-half"), ("invoice_when", ""), ("payment_methods", ""),
    ]),
    ("retention", _("Retention"),
     _("How long records are kept, counted from the end of the calendar year."),
     [("retention_years", "is-half"), ("order_retention_years", "is-half")]),
    ("bank", _("Bank account"), _("The account customers transfer money to."), [
        ("bank_name", ""), ("iban", "is-half"), ("bic", "is-half"),
    ]),
]  # fmt: skip


class StoreSettingsForm(forms.ModelForm):
    """All settings of the store. Legal texts have a field for each language that the shop and the product speak."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Customers without a language of their own see the first one."),
        error_messages={"required": _("Choose at least 1 language")},
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=currencies)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    payment_methods = forms.MultipleChoiceField(
        label=_("Payment methods"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("If you choose none, all payment methods are offered."),
    )
    payment_days = forms.IntegerField(label=_("Payment term (days)"), min_value=0, max_value=365)
    retention_years = forms.IntegerField(
        label=_("Invoices, credit notes and payments (years)"), required=False, min_value=1, max_value=100
    )
    order_retention_years = forms.IntegerField(
        label=_("Orders without any of these (years)"), required=False, min_value=1, max_value=100
    )
    order_prefix = forms.CharField(
        label=_("Order number prefix"),
        required=False,
        max_length=4,
        validators=[RegexValidator(r"^[A-Za-z]*\Z", _("Use only the letters A to Z"))],
    )

    class Meta:
        model = StoreSettings
        fields = [name for *_words, fields in LAYOUT for name, _width in fields]
        widgets = {
            "approval": forms.RadioSelect,
            "invoice_when": forms.RadioSelect,
            "accounts_enabled": forms.CheckboxInput(attrs={"role": "switch"}),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        store = self.instance
        self.before = {name: getattr(store, name) for name in [*self._meta.fields, *LEGAL_TEXTS]}
        self.first_language = store.first_language
        first = languages_of(str(store.country), store.languages)
        self.nearby = [*first, *european_languages(but=dict(first))]
        self.fields["languages"].choices = [*self.nearby, *official_languages(but=dict(self.nearby))]
        self.fields["payment_methods"].choices = payment_method_choices.payment_methods
        self._add_legal_texts()
        self._tell_of_retention()

    def _tell_of_retention(self) -> None:
        """Say beside the fields what the law asks for, and where less is saved."""
        doubts = self._retention_doubts()
        words = _("Leave empty to use the standard period in the shop's country: %s years.")
        for name, law in retention_law.laws.items():
            self.fields[name].help_text = words % law.years(str(self.instance.country))
            self.fields[name].warning = [doubts[name]] if name in doubts else []

    def _retention_doubts(self) -> dict[str, str]:
        """What is wrong with the years that are saved, by field."""
        saved = {name: getattr(self.instance, name) for name in retention_law.laws}
        country = str(self.instance.country)
        doubts = {name: retention_law.laws[name].doubt(country, years) for name, years in saved.items() if years}
        return {name: words for name, words in doubts.items() if words}

    def _add_legal_texts(self) -> None:
        others = [code for code in self.instance.languages if has_catalogue(code) and code != self.first_language]
        self.text_languages = {"": self.first_language} | {code: code for code in others}
        for kind, title in LEGAL_TEXTS.items():
            for key, code in self.text_languages.items():
                label = _("%(text)s, %(language)s") % {"text": title, "language": language_name(code)}
                self.fields[self._text_name(kind, key)] = forms.CharField(
                    label=label,
                    required=False,
                    max_length=TEXT_LENGTH,
                    widget=forms.Textarea(attrs={"rows": 5, "lang": code}),
                    initial=getattr(self.instance, kind).get(key, ""),
                    validators=[address_or_text],
                )

    @staticmethod
    def _text_name(kind: str, key: str) -> str:
        return f"{kind}_{key}" if key else kind

    def parts(self) -> list[Section]:
        """The page from top to bottom."""
        parts = [
            Section(id, heading, help, [(self[name], width) for name, width in fields])
            for id, heading, help, fields in LAYOUT
        ]
        texts = [(self[self._text_name(kind, key)], "") for kind in LEGAL_TEXTS for key in self.text_languages]
        help = _("Enter the text, or only an https:// link to it. If empty, the text in the first language is used.")
        return [*parts, Section("texts", _("Legal texts"), help, texts)]

    def clean_languages(self) -> list[str]:
        """The languages of the shop's country first, in its own order: the first is the shop's."""
        chosen = self.cleaned_data["languages"]
        own = [code for code, _name in languages_of(str(self.cleaned_data.get("country", "")))]
        return sorted(chosen, key=lambda code: (own.index(code) if code in own else len(own), code))

    def clean_order_prefix(self) -> str:
        return self.cleaned_data["order_prefix"].upper()

    def clean_iban(self) -> str:
        return _checked(iban, self.cleaned_data["iban"], _("Enter a valid IBAN, as shown on your bank statement"))

    def clean_bic(self) -> str:
        return _checked(bic, self.cleaned_data["bic"], _("Enter a BIC of 8 or 11 letters and digits"))

    def doubts(self) -> list[str | Promise]:
        """What was saved but looks wrong."""
        return [*self._missing(), *self._vat_doubts(), *self._retention_doubts().values()]

    def _missing(self) -> list[str]:
        """Name what nobody has entered, although the law wants it (art. 226 of 2006/112/EC, art. 5 of 2000/31/EC)."""
        store, unset = self.instance, {"", StoreSettings._meta.get_field("name").default}
        names = [str(self.fields[name].label) for name in WANTED_BY_LAW if getattr(store, name) in unset]
        words = _("Saved, but invoices and company details must also show: %(names)s.")
        return [words % {"names": ", ".join(names)}] if names else []

    def _vat_doubts(self) -> list[str | Promise]:
        store = self.instance
        check = get_cc_module(str(store.country).lower(), "vat")
        if store.vat_number and check and not check.is_valid(store.vat_number):
            return [_("The VAT number was saved, but does not look valid for this country.")]
        return []

    def save(self, commit: bool = True) -> StoreSettings:
        """Write the settings that changed, and only those."""
        store = self.instance
        for kind in LEGAL_TEXTS:
            setattr(store, kind, self._texts(kind))
        changed = [name for name, value in self.before.items() if getattr(store, name) != value]
        store.save(update_fields=changed)
        return store

    def _texts(self, kind: str) -> dict[str, str]:
        """The texts by language; where the shop's first language changed, so does whose text is the fallback."""
        typed = {code: self.cleaned_data[self._text_name(kind, key)] for key, code in self.text_languages.items()}
        kept = {code: text for code, text in self.before[kind].items() if code and code not in typed}
        first = self.instance.first_language
        fallback = typed.get(first) or kept.get(first) or typed[self.first_language]
        others = {code: text for code, text in {**kept, **typed}.items() if code != first}
        return {code: text for code, text in {"": fallback, **others}.items() if text}


def address_or_text(text: str) -> None:
    """What begins like an address must be one."""
    if re.match(r"\w+://\S*\Z", text):
        message = _("Enter a link that begins with https://")
        URLValidator(["http", "https"], message=message)(text)


def _checked(kind, number: str, message: str | Promise) -> str:
    """The number without blanks, as its standard writes it; nothing stays nothing."""
    if not number:
        return ""
    try:
        return kind.validate(number)
    except WrongNumber as error:
        raise ValidationError(message) from error
