"""One cell → the value that is kept, or a Refusal that says what is wrong with it."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from babel import Locale
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_countries import countries

from customers import business_numbers, phones
from customers.countries import address_rules, postcode_of
from customers.forms.customer import EARLIEST_BIRTH
from customers.models import Customer
from customers.models.email import normalise_email
from customers.search import fold

# What is plainly an address, and in its normal form: no need to ask Django, in whose terms it is one.
PLAIN_EMAIL = re.compile(
    r"[a-z0-9_]+(?:[.+-][a-z0-9_]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?\.)+[a-z]{2,60}", re.ASCII
)
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
DAY_FIRST = re.compile(r"(\d{1,2})[-.](\d{1,2})[-.](\d{4})")
# What lies before it need not be held against the clock.
LONG_AGO = date(2020, 1, 1)
# How MySQL writes that there is none.
NO_DAY = "0000-00-00"
SPOKEN = ("en", "nl", "de")
YES = frozenset({"yes", "y", "true", "1", "ja", "j", "wahr", "oui", "x", "on", "subscribed"})
NO = frozenset({"no", "n", "false", "0", "nee", "nein", "falsch", "non", "off", "unsubscribed", "not_subscribed"})
GENDERS = {
    Customer.Gender.FEMALE: "f v w vrouw frau weiblich mevrouw mevr mrs ms woman",
    Customer.Gender.MALE: "m man mann männlich heer dhr herr mr",
    Customer.Gender.OTHER: "x o d divers anders neutral non-binary",
    Customer.Gender.UNSPECIFIED: "u unknown onbekend unbekannt none - not_stated",
}
TYPES = {
    Customer.Type.PRIVATE: "consumer individual particulier privat b2c person",
    Customer.Type.BUSINESS: "company zakelijk bedrijf firma geschäftlich geschäftskunde b2b",
}


class Refusal(NamedTuple):
    """Why a cell is refused."""

    reason: str


def email(cell: str) -> str | Refusal:
    if PLAIN_EMAIL.fullmatch(cell) and len(cell) <= 254:
        return cell
    address = normalise_email(cell)
    if len(address) > 254:
        return Refusal(_("An e-mail address has at most %(most)s characters.") % {"most": 254})
    try:
        validate_email(address)
    except ValidationError:
        return Refusal(_("This is not an e-mail address."))
    return address


def phone(cell: str, country: str) -> str | Refusal:
    number = phones.e164_of(cell.removeprefix("'"), country)
    return number or Refusal(
        _("This does not look like a phone number. One from abroad begins with + and the country code.")
    )


def country(cell: str) -> str | Refusal:
    found = _countries().get(fold(cell)) or _countries().get(_unwritten(cell))
    return found or Refusal(_("There is no country with this code or name."))


def postcode(cell: str, of: str) -> str | Refusal:
    found = postcode_of(of, cell.removeprefix("'"))
    if found:
        return found
    words = {"country": countries.name(of), "example": address_rules(of).postcode_example}
    return Refusal(_("Not a postcode of this country (%(country)s); one looks like %(example)s.") % words)


def language(cell: str) -> str | Refusal:
    """A code of ISO 639-1, alone or with a country behind it, or a name."""
    start = re.split("[-_]", cell, maxsplit=1)[0].lower()
    found = _languages().get(start) or _languages().get(fold(cell))
    return found or Refusal(_("There is no language with this code or name."))


def gender(cell: str) -> str | Refusal:
    return _choice(cell, Customer.Gender, GENDERS) or Refusal(_("Please write female, male, other or unspecified."))


def customer_type(cell: str) -> str | Refusal:
    return _choice(cell, Customer.Type, TYPES) or Refusal(_("Please write private or business."))


def access(cell: str) -> str | Refusal:
    return _choice(cell, Customer.Access, {}) or Refusal(_("Please write open, awaiting, refused or blocked."))


def yes_or_no(cell: str) -> bool | Refusal:
    word = cell.lower().replace(" ", "_")
    if word in YES or word in NO:
        return word in YES
    return Refusal(_("Please write yes or no."))


def birth_date(cell: str) -> date | Refusal | None:
    day = _day(cell.removesuffix(" 00:00:00"))
    if day is None or isinstance(day, Refusal):
        return day
    if day > LONG_AGO and day > timezone.localdate():
        return Refusal(_("This day is still to come."))
    return day if day >= EARLIEST_BIRTH else Refusal(_("Please check the year."))


def created_at(cell: str) -> datetime | Refusal | None:
    """A moment; without a zone it is one of the shop's clock, without a time the day's first."""
    moment = _moment(cell)
    if moment is None or isinstance(moment, Refusal):
        return moment
    if moment > timezone.now():
        return Refusal(_("This day is still to come."))
    return moment if moment.year >= EARLIEST_BIRTH.year else Refusal(_("Please check the year."))


def text(most: int, delimiter: str, *, lines: bool = False) -> Callable[[str], str | Refusal]:
    """A text of at most so many characters, in one line or in several."""

    def clean(cell: str) -> str | Refusal:
        if len(cell) > most:
            words = {"most": most, "length": len(cell)}
            return Refusal(_("Too long: at most %(most)s characters fit, these are %(length)s.") % words)
        if lines:
            return cell.replace("\r\n", "\n")
        if ("\n" in cell or "\r" in cell) and delimiter and delimiter in cell:
            return Refusal(_("A quotation mark is opened and never closed."))
        return " ".join(cell.split()) if "\n" in cell or "\r" in cell else cell

    return clean


def number(name: str) -> Callable[[str, str], str | Refusal]:
    """A number of a company as the form keeps it; what looks wrong about it is a doubt, and no reason to refuse."""
    most = Customer._meta.get_field(name).max_length

    def clean(cell: str, country: str) -> str | Refusal:
        return text(most, "")(business_numbers.normal_form(name, cell, country))

    return clean


def tags(cell: str) -> tuple[str, ...] | Refusal:
    """The names of tags, parted by commas, semicolons or bars."""
    names = tuple(filter(None, (" ".join(name.split()) for name in re.split("[,;|]", cell))))
    if any(len(name) > 40 or len(fold(name)) > 80 for name in names):
        return Refusal(_("A tag has at most %(most)s characters.") % {"most": 40})
    return names if all(map(fold, names)) else Refusal(_("A tag needs a letter or a digit."))


def _choice(cell: str, choices: type, others: dict) -> str:
    word = cell.lower().replace(" ", "_").rstrip(".")
    if word in choices:
        return choices(word).value
    return next((choice.value for choice, words in others.items() if word in words.split()), "")


def _day(cell: str) -> date | Refusal | None:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return None if cell.startswith(NO_DAY) else _day_otherwise(cell)


def _day_otherwise(cell: str) -> date | Refusal:
    if "/" in cell:
        return Refusal(_("With slashes nobody can tell the day from the month. Please write 1984-03-31 or 31-03-1984."))
    parts = DAY_FIRST.fullmatch(cell)
    try:
        if parts:
            return date(*map(int, reversed(parts.groups())))
    except ValueError:
        pass
    if parts or ISO_DATE.fullmatch(cell):
        return Refusal(_("There is no such day."))
    return Refusal(_("This is not a date. Please write 1984-03-31 or 31-03-1984."))


def _moment(cell: str) -> datetime | Refusal | None:
    day, *rest = re.split("[T ]", cell, maxsplit=1)
    found = _day(day)
    if found is None or isinstance(found, Refusal):
        return found
    # Shopify writes `2024-05-17 09:30:00 +0200`, and some UTC for its zone.
    time = re.sub(r"\s*([+-]\d{2}):?(\d{2})$", r"\1:\2", "".join(rest).strip()).replace(" UTC", "+00:00")
    try:
        moment = datetime.fromisoformat(f"{found}T{time or '00:00'}")
    except ValueError:
        return Refusal(_("This is not a moment. Please write 2024-05-17 09:30."))
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.get_current_timezone())


def _unwritten(cell: str) -> str:
    """A code with dots or in brackets: `U.S.A.`."""
    return fold(cell).replace(" ", "")


@cache
def _countries() -> dict[str, str]:
    """Countries by their codes of two and three letters, and by their names in the product's languages."""
    found = {"holland": "NL", "england": "GB", "uk": "GB", "great britain": "GB", "usa": "US", "belgie": "BE"}
    for spoken in SPOKEN:
        with translation.override(spoken):
            found |= {fold(str(name)): code for code, name in countries}
        found |= {fold(name): code for code, name in Locale(spoken).territories.items() if code in countries}
    for code, _name in countries:
        found |= {code.lower(): code, countries.alpha3(code).lower(): code}
    return found


@cache
def _languages() -> dict[str, str]:
    """Languages by their codes of two letters and by their names, in their own and in the product's languages."""
    names = {code: name for code, name in Locale("en").languages.items() if len(code) == 2}
    found = {}
    for spoken in SPOKEN:
        found |= {fold(name): code for code, name in Locale(spoken).languages.items() if code in names}
    return found | {code: code for code in names} | {"deu": "de", "ger": "de", "nld": "nl", "dut": "nl", "eng": "en"}
