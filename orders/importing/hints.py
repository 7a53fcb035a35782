"""Hints in brackets behind the title of a column: `Total (EUR)`, `Order number (required)`, `Date (dd-mm-yyyy)`.

Only those that leave the meaning as it is are passed over: `Total (tax)` and `Total (USD)` are other columns.
"""

import re
import unicodedata
from collections.abc import Iterable

from babel.numbers import list_currencies
from django.utils.translation import gettext as _

from customers.importing.titles import IN_BRACKETS
from customers.search.text import fold
from orders.importing.amounts import is_currency
from shopadmin.models import StoreSettings

CODES = frozenset(list_currencies())
ASKED = frozenset(
    {"required", "mandatory", "optional", "verplicht", "optioneel", "pflicht", "pflichtfeld", "erforderlich"}
)
WRITTEN = frozenset({"d", "dd", "m", "mm", "yy", "yyyy", "jj", "jjjj", "tt", "hh", "ss", "iso", "utc"})
ANSWERS = frozenset({"yes", "no", "ja", "nee", "nein", "y", "n", "j"})
INCLUDED = frozenset({"incl", "inkl", "including", "included", "inclusive", "inclusief", "inklusive"})
TAX = frozenset({"vat", "tax", "taxes", "btw", "mwst", "ust"})


def without_hints(title: str) -> str:
    """A title without hints that leave its meaning as it is; with any other, the whole title."""
    hints = IN_BRACKETS.findall(title)
    return IN_BRACKETS.sub(" ", title) if all(map(_says_nothing_else, hints)) else title


def other_currency(title: str) -> str:
    """The sign in the title of a column of a currency that is not the shop's, or its code in brackets; else nothing."""
    currency, codes = StoreSettings.current().currency, re.findall("[A-Z]{3}", " ".join(IN_BRACKETS.findall(title)))
    named = [sign for sign in title if unicodedata.category(sign) == "Sc"] + [one for one in codes if one in CODES]
    return next((one for one in named if not is_currency(one, currency)), "")


def columns_in_another_currency(titles: Iterable[str]) -> str:
    """Why columns were left out whose titles name another currency; nothing where there are none."""
    sentences = []
    for title in titles:
        if written := other_currency(title):
            words = {"column": title, "written": written, "currency": StoreSettings.current().currency}
            sentence = _("“%(column)s” is in %(written)s, but the shop uses %(currency)s. Convert the amounts first.")
            sentences.append(sentence % words)
    return " ".join(sentences)


def is_in_utc(title: str) -> bool:
    """Whether the title of a column says that its times are UTC's."""
    return "utc" in fold(title).split()


def _says_nothing_else(hint: str) -> bool:
    currency = StoreSettings.current().currency
    words = {word for word in fold(re.sub(r"\d", " ", hint)).split() if not is_currency(word, currency)}
    is_with_tax = not words & TAX or bool(words & INCLUDED)
    known = ASKED | WRITTEN | ANSWERS | INCLUDED | TAX
    return words <= known and is_with_tax
