"""Amounts of money as people and programs write them, in any locale → Decimal, or why not.

`1.234,56`, `1,234.56`, `1 234,56` with any blank, `1’234.56`, `€ 12,50`, `12.50 EUR`, `12.5000`, `12,-`. What can be
read in two ways (`1.234`) is refused: nobody would notice the wrong one.
"""

import re
from decimal import Decimal
from functools import cache, lru_cache

from babel.numbers import get_currency_symbol
from django.utils.translation import gettext as _

from customers.importing.values import Refusal
from orders.checkout.totals import rounded
from shopadmin.rendering.money_field import Ambiguous, amount_of

MOST = Decimal("99999999.99")  # what the price of a line can hold
# Marks of the writing direction, and the dot of `kr.`.
UNSEEN = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?<=[^\W\d])\.")
PARTS = re.compile(r"(?P<before>[^0-9.,+(−–-]*)(?P<number>.*?)(?P<after>[^0-9.,)−–—-]*)", re.S)
BLANKS, APOSTROPHES = re.compile(r"\s"), re.compile("[‘ʼ`´]")
# Programs write what they calculate with: more decimals than the cents that they mean.
MORE_DECIMALS = re.compile(r"([.,][0-9]{4})[0-9]+$")
# Where a currency's own sign is written: `$` is the dollar of Australia there, and `US$` that of the United States.
LOCALES = ("en", "nl", "de", "fr", "en_AU", "en_CA", "en_NZ", "da", "sv", "nb", "pl", "cs", "hu", "ro")
EURO = {"EURO", "EUROS"}


@lru_cache(maxsize=20_000)
def amount(cell: str, currency: str) -> Decimal | Refusal:
    """An amount in the shop's currency, to the cent, zero or more."""
    parts = PARTS.fullmatch(UNSEEN.sub("", cell))
    if not any(map(str.isdigit, parts["number"])):
        return _not_an_amount()
    number = APOSTROPHES.sub("’", BLANKS.sub(" ", parts["number"].strip()))
    for written in filter(None, (parts["before"].strip(), parts["after"].strip())):
        if not is_currency(written, currency):
            return in_another_currency(written, currency)
    if number[:1] in tuple("-−–(") or re.search("[0-9]-$", number):
        return Refusal(_("The amount cannot be negative."))
    return _read(MORE_DECIMALS.sub(r"\1", number.removeprefix("+").strip()))


def currency(cell: str, of_shop: str) -> str | Refusal:
    """The shop's own currency, however it is written."""
    return of_shop if is_currency(cell, of_shop) else in_another_currency(cell, of_shop)


def is_currency(written: str, currency: str) -> bool:
    """Whether a code or sign is that of a currency."""
    return written.upper() == currency or written in _signs(currency) or (currency == "EUR" and written.upper() in EURO)


def in_another_currency(written: str, currency: str) -> Refusal:
    """Why an amount of another currency is not taken: nobody knows the rate of that day."""
    words = {"written": written[:20], "currency": currency}
    reason = _("The currency is %(written)s, but the shop uses %(currency)s. Convert the amount first.")
    return Refusal(reason % words)


@cache
def _signs(currency: str) -> frozenset[str]:
    return frozenset(get_currency_symbol(currency, locale) for locale in LOCALES)


def _read(number: str) -> Decimal | Refusal:
    try:
        value = rounded(amount_of(f"0{number}" if number[:1] in {".", ","} else number))
    except Ambiguous:
        reason = _("The amount could be in thousands or in cents. Write it with 2 decimals.")
        return Refusal(reason)
    except ValueError:
        return _not_an_amount()
    return value if value <= MOST else Refusal(_("The amount can be at most %(most)s.") % {"most": MOST})


def _not_an_amount() -> Refusal:
    return Refusal(_("Enter an amount, such as 148.50."))
