"""Texts of the catalogue in the further languages of the shop, which may stay empty."""

from collections.abc import Iterable, Mapping
from copy import deepcopy

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from shopadmin.models import StoreSettings
from shopadmin.models.store import has_catalogue


class TextsByLanguage:
    """The fields of a form for some of its texts in each further language: `name_de` beside `name`.

    `entered` are the texts that are there, by language and field.
    """

    def __init__(self, form: forms.Form, texts: Iterable[str], entered: Mapping[str, Mapping[str, str]]) -> None:
        self.form, self.texts = form, list(texts)
        self.languages = further_languages(entered)
        for code in self.languages:
            for text in self.texts:
                field = form.fields[f"{text}_{code}"] = deepcopy(form.fields[text])
                field.required, field.initial = False, entered.get(code, {}).get(text, "")

    def name_the_language(self) -> None:
        """Say the language in each label, for fields that stand in one list."""
        for code in self.languages:
            for text in self.texts:
                words = {"field": self.form.fields[text].label, "language": language_name(code)}
                self.form.fields[f"{text}_{code}"].label = _("%(field)s in %(language)s") % words

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """(name of the language, its fields) for the page."""
        return [(language_name(code), [self.form[f"{text}_{code}"] for text in self.texts]) for code in self.languages]

    def typed(self) -> dict[str, dict[str, str]]:
        """What was typed, by language and field, without what was left empty."""
        return {code: self._typed_in(code) for code in self.languages}

    def _typed_in(self, code: str) -> dict[str, str]:
        found = {text: self.form.cleaned_data.get(f"{text}_{code}", "") for text in self.texts}
        return {text: words for text, words in found.items() if words}


def further_languages(entered: Iterable[str] = ()) -> list[str]:
    """Those that the shop speaks, or spoke, beside the one in which things are entered first."""
    store = StoreSettings.current()
    others = [code for code in store.languages if has_catalogue(code) and code != store.first_language]
    return [*others, *(code for code in entered if code not in others)]


def language_name(code: str) -> str:
    """Return what the reader calls a language; its code where the product does not speak it."""
    return str(get_language_info(code)["name_translated"]) if has_catalogue(code) else code
