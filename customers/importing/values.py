"""One cell → the value that is kept, or a Refusal that says what is wrong with it."""

import re
from collections.abc import Callable
from functools import cache

from babel import Locale
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _
from django_countries import countries

from customers import business_numbers, phones
from customers.addresses.countries import address_rules, postcode_of
from customers.email_addresses import normalise_email, validate_mailbox
from customers.importing.choices import access, customer_type, gender, salutation, yes_or_no
from customers.importing.country_names import country_code
from customers.importing.dates import birth_date, created_at
from customers.importing.empty_cells import is_zero
from customers.importing.outcome import Partly, Refusal
from customers.models import Customer
from customers.search.text import fold

__all__ = [
    "Partly", "Refusal", "access", "birth_date", "country", "created_at", "customer_type", "email", "gender",
    "language", "number", "phone", "postcode", "salutation", "tags", "text", "yes_or_no",
]  # fmt: skip
# What is plainly an address, and in its normal form: no need to ask Django, in whose terms it is one.
PLAIN_EMAIL = re.compile(
    r"[a-z0-9_]+(?:[.+-][a-z0-9_]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?\.)+[a-z]{2,60}", re.ASCII
)
MOST_BEFORE_AT = 64
# As address books and links have it: `Ines <ines@example.org>`, `mailto:ines@example.org`, `ines@example.org;`.
IN_OTHER_WORDS = re.compile(r"[^<>@]*<([^<>\s]+)>[;,]?|mailto:(\S+)|([^\s;,<>]+@[^\s;,<>]+)[;,]", re.IGNORECASE)
# What a spreadsheet makes of digits that it takes for a number.
AS_NUMBER = re.compile(r"(\d+)[.,]0+")
# Where postcodes begin with a nought, which spreadsheets drop.
BEGINS_WITH_ZERO = frozenset(
    ["AU", "BR", "DE", "DK", "DZ", "EE", "ES", "FI", "FR", "IS", "IT", "JP", "KR", "LT", "MC", "MX", "MY", "NO", "PL",
     "PR", "RO", "SG", "SK", "SM", "TR", "UA", "US", "VA"]
)  # fmt: skip
SPOKEN = ("en", "nl", "de", "fr", "es")


def email(cell: str) -> str | Refusal:
    """An address in its one form."""
    if PLAIN_EMAIL.fullmatch(cell) and len(cell) <= 254 and cell.index("@") <= MOST_BEFORE_AT:
        return cell
    inside = IN_OTHER_WORDS.fullmatch(cell)
    address = normalise_email(next(filter(None, inside.groups())) if inside else cell)
    if len(address) > 254:
        return Refusal(_("The email address is too long: the maximum is %(most)s characters.") % {"most": 254})
    try:
        validate_mailbox(address)
    except ValidationError as error:
        is_none = error.message == EmailValidator.message
        return Refusal(_("Enter a valid email address.") if is_none else error.messages[0])
    return address


def phone(cell: str, country: str) -> str | Refusal | None:
    """A number as it is kept; without + it is one of the country."""
    cell = _as_digits(cell)
    number = phones.e164_of(cell, country)
    if not number and is_zero(cell):
        return None
    return number or Refusal(_("Enter a valid phone number. Numbers from abroad start with + and the country code."))


def country(cell: str) -> str | Refusal:
    """The code of a country, by its code or by a name in use."""
    return country_code(cell) or Refusal(_("Unknown country code or name."))


def postcode(cell: str, of: str) -> str | Refusal | None:
    """A postcode in the country's own spelling, with the noughts that a spreadsheet took away."""
    cell = _as_digits(cell)
    if is_zero(cell):
        return None
    found = postcode_of(of, cell) or _with_its_noughts(cell, of)
    if found:
        return found
    words = {"country": countries.name(of), "example": address_rules(of).postcode_example}
    return Refusal(_("Enter a valid postcode for this country (%(country)s), for example %(example)s.") % words)


def _as_digits(cell: str) -> str:
    cell = cell.removeprefix("'")
    return found[1] if cell.endswith("0") and (found := AS_NUMBER.fullmatch(cell)) else cell


def _with_its_noughts(cell: str, of: str) -> str:
    if of not in BEGINS_WITH_ZERO or not cell.isdecimal() or len(cell) < 3:
        return ""
    return next(filter(None, (postcode_of(of, f"{noughts}{cell}") for noughts in ("0", "00"))), "")


def language(cell: str) -> str | Refusal:
    """A code of ISO 639-1, alone or with a country behind it, or a name."""
    start = re.split("[-_]", cell, maxsplit=1)[0].lower()
    found = _languages().get(start) or _languages().get(fold(cell))
    return found or Refusal(_("Unknown language code or name."))


def text(most: int, delimiter: str, *, lines: bool = False) -> Callable[[str], str | Refusal]:
    """A text of at most so many characters, in one line or in several."""

    def clean(cell: str) -> str | Refusal:
        if len(cell) > most:
            words = {"most": most, "length": len(cell)}
            return Refusal(_("Too long: %(length)s characters, the maximum is %(most)s.") % words)
        if lines:
            return cell.replace("\r\n", "\n")
        if ("\n" in cell or "\r" in cell) and delimiter and delimiter in cell:
            return Refusal(_("A quotation mark is not closed."), costs_the_row=True)
        return " ".join(cell.split()) if "\n" in cell or "\r" in cell else cell

    return clean


def number(name: str) -> Callable[[str, str], str | Refusal]:
    """A number of a company as the form keeps it; what looks wrong about it is a doubt, and no reason to refuse."""
    most = Customer._meta.get_field(name).max_length

    def clean(cell: str, country: str) -> str | Refusal:
        return text(most, "")(business_numbers.normal_form(name, _as_digits(cell), country))

    return clean


def tags(cell: str) -> tuple[str, ...] | Partly:
    """The names of tags, parted by commas, semicolons or bars; those that are none are left out."""
    names = tuple(filter(None, (" ".join(name.split()) for name in re.split("[,;|]", cell))))
    kept = tuple(name for name in names if len(name) <= 40 and 0 < len(fold(name)) <= 80)
    if kept == names:
        return names
    if any(len(name) > 40 or len(fold(name)) > 80 for name in names):
        return Partly(kept or None, _("A tag can have up to %(most)s characters.") % {"most": 40})
    return Partly(kept or None, _("A tag must contain a letter or a digit."))


@cache
def _languages() -> dict[str, str]:
    """Languages by their codes of two letters and by their names, in their own and in the product's languages."""
    names = {code: name for code, name in Locale("en").languages.items() if len(code) == 2}
    found = {}
    for spoken in SPOKEN:
        found |= {fold(name): code for code, name in Locale(spoken).languages.items() if code in names}
    return found | {code: code for code in names} | {"deu": "de", "ger": "de", "nld": "nl", "dut": "nl", "eng": "en"}
