"""Texts of the shop that it has in each language: a field for each that shop and product speak.

The settings keep them by language; under the key "" stands the text of the shop's first language, the fallback of
the others.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shopadmin.locale_choices import language_name
from shopadmin.models import StoreSettings
from shopadmin.models.store import has_catalogue


@dataclass(frozen=True)
class Text:
    """What a merchant writes once for each language: how it is called, how long it may be, and in how many lines."""

    label: str | Promise
    length: int
    rows: int = 1
    help: str | Promise = ""
    check: Callable[[str], None] | None = None

    def field(self, language: str, initial: str) -> forms.CharField:
        """The field for one language."""
        attrs = {"lang": language}
        widget = forms.Textarea({**attrs, "rows": self.rows}) if self.rows > 1 else forms.TextInput(attrs)
        return forms.CharField(
            label=_("%(text)s, %(language)s") % {"text": self.label, "language": language_name(language)},
            required=False,
            max_length=self.length,
            widget=widget,
            initial=initial,
            validators=[self.check] if self.check else [],
        )


def fields_of(store: StoreSettings, texts: Mapping[str, Text]) -> dict[str, forms.Field]:
    """The fields for these texts by name: `terms` for the first language, `terms_de` for another."""
    fields = {
        _name(name, key): text.field(code, getattr(store, name).get(key, ""))
        for name, text in texts.items()
        for key, code in _languages(store).items()
    }
    for name, text in texts.items():
        fields[name].help_text = text.help  # said once, not in each language
    return fields


def typed_texts(store: StoreSettings, name: str, cleaned: Mapping[str, str]) -> dict[str, str]:
    """A text by language as it was typed; what is there in a language that the shop has given up stays."""
    typed = {key: cleaned[_name(name, key)] for key in _languages(store)}
    return {key: text for key, text in (getattr(store, name) | typed).items() if text}


def with_first_language(texts: dict[str, str], before: str, now: str) -> dict[str, str]:
    """Return texts by language after the shop's first language changed, and with it whose text is the fallback."""
    if before == now:
        return texts
    named = {key or before: text for key, text in texts.items()}
    fallback = named.get(now) or texts.get("", "")
    others = {code: text for code, text in named.items() if code != now}
    return {key: text for key, text in {"": fallback, **others}.items() if text}


def _languages(store: StoreSettings) -> dict[str, str]:
    """The languages by the key under which their texts are kept."""
    others = [code for code in store.languages if has_catalogue(code) and code != store.first_language]
    return {"": store.first_language} | {code: code for code in others}


def _name(name: str, key: str) -> str:
    return f"{name}_{key}" if key else name
