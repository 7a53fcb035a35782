"""The shop's legal texts: a field for each language that shop and product speak, or a link to where a text stands.

The settings keep them by language; under the key "" stands the text of the shop's first language, the fallback of
the others.
"""

import re

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from shopadmin.locale_choices import language_name
from shopadmin.models import StoreSettings
from shopadmin.models.store import has_catalogue
from shopadmin.store.section_form import SectionForm

LEGAL_TEXTS = {
    "privacy_policy": _("Privacy policy"),
    "terms": _("Terms"),
    "imprint": _("Company details"),
    "withdrawal_information": _("Withdrawal information"),
}
LENGTH = 30_000


class LegalTextsForm(SectionForm):
    """What the law wants a shop to say."""

    class Meta:
        model = StoreSettings
        exclude = [field.name for field in StoreSettings._meta.concrete_fields]

    def __init__(self, data=None, *, store: StoreSettings) -> None:
        super().__init__(data, store=store)
        self.languages = {"": store.first_language} | {code: code for code in _other_languages(store)}
        for kind, title in LEGAL_TEXTS.items():
            for key, code in self.languages.items():
                self.fields[_name(kind, key)] = forms.CharField(
                    label=_("%(text)s, %(language)s") % {"text": title, "language": language_name(code)},
                    required=False,
                    max_length=LENGTH,
                    widget=forms.Textarea(attrs={"rows": 5, "lang": code}),
                    initial=getattr(store, kind).get(key, ""),
                    validators=[address_or_text],
                )

    @property
    def saved_fields(self) -> list[str]:
        return list(LEGAL_TEXTS)

    def save(self, commit: bool = True) -> StoreSettings:
        for kind in LEGAL_TEXTS:
            typed = {key: self.cleaned_data[_name(kind, key)] for key in self.languages}
            texts = getattr(self.instance, kind) | typed
            setattr(self.instance, kind, {key: text for key, text in texts.items() if text})
        return super().save(commit)


def with_first_language(texts: dict[str, str], before: str, now: str) -> dict[str, str]:
    """Return texts by language after the shop's first language changed, and with it whose text is the fallback."""
    if before == now:
        return texts
    named = {key or before: text for key, text in texts.items()}
    fallback = named.get(now) or texts.get("", "")
    others = {code: text for code, text in named.items() if code != now}
    return {key: text for key, text in {"": fallback, **others}.items() if text}


def address_or_text(text: str) -> None:
    """What begins like an address must be one."""
    if re.match(r"\w+://\S*\Z", text):
        message = _("Enter a link that begins with https://")
        URLValidator(["http", "https"], message=message)(text)


def _other_languages(store: StoreSettings) -> list[str]:
    return [code for code in store.languages if has_catalogue(code) and code != store.first_language]


def _name(kind: str, key: str) -> str:
    return f"{kind}_{key}" if key else kind
