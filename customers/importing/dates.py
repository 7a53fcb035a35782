"""Days and moments as programs and people write them."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import timezone as fixed_zone
from functools import cache

from babel import Locale
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.importing.outcome import Refusal
from customers.record.forms import EARLIEST_BIRTH
from customers.search.text import fold

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
IN_DIGITS = re.compile(r"(\d{1,4})([-./])\s?(\d{1,2})\2\s?(\d{1,4})\.?")
TIME = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?)?\s*(?:uhr|uur|h)?\s*([ap])?\.?(?:m\.?)?"
    r"\s*(z|utc|gmt|[+-]\d{2}:?(?:\d{2})?)?",
    re.IGNORECASE,
)
PARTED = re.compile(
    r"(.+?\d{2,4}\.?)(?:T|,?\s+(?:at |um |om |à |a las )?)(\d{1,2}(?:[:.h]\d{2}|\s*[ap]m|\s*(?:uhr|uur)).*)",
    re.IGNORECASE,
)
SERIAL = re.compile(r"([1-9]\d{4})(?:[.,](\d+))?")
UNIX = re.compile(r"1\d{9}(?:\d{3})?")
# There is none: how MySQL, Outlook and Excel write it.
NONE = re.compile(r"(?=.*0)[0\s\-./:]+(?:AM|Z)?|0?1[-./]0?1[-./]0001(?: 0.*)?|0001-01-01.*|1900-01-00.*|00/01/1900")
# The day that Excel counts from, with its 29 February of 1900.
EXCEL_BEGINS = date(1899, 12, 30)
LANGUAGES = ("en", "nl", "de", "fr", "es", "it")
FILL_WORDS = frozenset({"de", "del", "of", "den", "le", "the", "am", "st", "nd", "rd", "th", "er"})
# What lies before it need not be held against the clock.
LONG_AGO = date(2020, 1, 1)
YOUNGEST, OLDEST = 10, 100


def birth_date(cell: str, order: str = "") -> date | Refusal | None:
    """A day in the past; `order` is `day` or `month`, whichever the column writes first."""
    parted = PARTED.fullmatch(cell)
    day = _day(parted[1] if parted else cell, order, is_birth=True)
    if day is None or isinstance(day, Refusal):
        return day
    if day > LONG_AGO and day > timezone.localdate():
        return Refusal(_("Enter a date in the past."))
    return day if day >= EARLIEST_BIRTH else Refusal(_("Check the year."))


def created_at(cell: str, order: str = "", *, zone: tzinfo | None = None) -> datetime | Refusal | None:
    """A moment; without a zone it is one of the shop's clock, without a time the day's first."""
    moment = _moment(cell, order, zone or timezone.get_current_timezone())
    if moment is None or isinstance(moment, Refusal):
        return moment
    if moment > timezone.now():
        return Refusal(_("Enter a date in the past."))
    return moment if moment.year >= EARLIEST_BIRTH.year else Refusal(_("Check the year."))


def order_of(cells: Iterable[str]) -> str:
    """Whether a column with slashes writes the day first or the month; empty where it does not show, or does both."""
    found = set()
    for cell in cells:
        if "/" in cell and (parts := IN_DIGITS.match(cell)) and len(parts[1]) < 3:
            first, second = int(parts[1]), int(parts[3])
            found |= {"day"} if first > 12 >= second else {"month"} if second > 12 >= first else set()
    return found.pop() if len(found) == 1 else ""


def _day(cell: str, order: str, *, is_birth: bool = False) -> date | Refusal | None:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        pass
    if NONE.fullmatch(cell):
        return None
    if parts := IN_DIGITS.fullmatch(cell):
        return _day_in_digits(parts, order, is_birth)
    if serial := SERIAL.fullmatch(cell):
        return EXCEL_BEGINS + timedelta(days=int(serial[1]))
    return _day_in_words(cell, is_birth) or _no_day(cell)


def _no_day(cell: str) -> Refusal:
    if ISO_DATE.fullmatch(cell):
        return Refusal(_("This date does not exist."))
    return Refusal(_("Enter a date such as 1984-03-31 or 31-03-1984."))


def _day_in_digits(parts: re.Match, order: str, is_birth: bool) -> date | Refusal:
    first, mark, second, third = parts.groups()
    if len(first) == 4 and len(third) < 3:
        return _date(int(first), int(second), int(third))
    if len(first) > 2 or len(third) not in {2, 4}:
        return _no_day("")
    year = _year(third, is_birth)
    if year is None:
        return Refusal(_("The year is ambiguous. Enter it with 4 digits."))
    if mark != "/":
        return _date(year, int(second), int(first))
    return _day_with_slashes(year, int(first), int(second), order)


def _day_with_slashes(year: int, first: int, second: int, order: str) -> date | Refusal:
    if order == "day" or first > 12 or first == second:
        return _date(year, second, first)
    if order == "month" or second > 12:
        return _date(year, first, second)
    return Refusal(_("Day and month are ambiguous with slashes. Enter the date as 1984-03-31 or 31-03-1984."))


def _date(year: int, month: int, day: int) -> date | Refusal:
    try:
        return date(year, month, day)
    except ValueError:
        return Refusal(_("This date does not exist."))


def _year(digits: str, is_birth: bool) -> int | None:
    """The year that two digits mean: of a birth only one that somebody of age can have, else the last there was."""
    if len(digits) == 4:
        return int(digits)
    this = timezone.localdate().year
    latest = this // 100 * 100 + int(digits)
    latest -= 100 if latest > this else 0
    if not is_birth:
        return latest
    likely = [year for year in (latest, latest - 100) if this - OLDEST < year <= this - YOUNGEST]
    return likely[0] if len(likely) == 1 else None


def _day_in_words(cell: str, is_birth: bool) -> date | Refusal | None:
    """`31 maart 1984`, `March 31st, 1984`, `Sat, 31-Mar-84`."""
    words = re.findall(r"\d+|[^\W\d_]+", fold(cell))
    months = [_months()[word] for word in words if word in _months()]
    numbers = [word for word in words if word.isdecimal()]
    others = [word for word in words if not word.isdecimal() and word not in _months()]
    if len(months) != 1 or len(numbers) != 2 or not all(word in FILL_WORDS or word in _weekdays() for word in others):
        return None
    day, year = numbers if len(numbers[0]) <= 2 else reversed(numbers)
    if len(day) > 2 or len(year) not in {2, 4}:
        return None
    full = _year(year, is_birth)
    if full is None:
        return Refusal(_("The year is ambiguous. Enter it with 4 digits."))
    return _date(full, months[0], int(day))


@cache
def _months() -> dict[str, int]:
    found = {"mrt": 3, "mär": 3, "sept": 9, "set": 9}
    for width in ("wide", "abbreviated"):
        for form in ("format", "stand-alone"):
            for language in LANGUAGES:
                names = Locale(language).months[form][width].items()
                found = {fold(name): month for month, name in names} | found
    return {fold(name): month for name, month in found.items()}


@cache
def _weekdays() -> frozenset[str]:
    widths = ("wide", "abbreviated")
    return frozenset(fold(name) for one in LANGUAGES for w in widths for name in Locale(one).days["format"][w].values())


def _moment(cell: str, order: str, zone: tzinfo) -> datetime | Refusal | None:
    try:
        moment = datetime.fromisoformat(cell)
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    except ValueError:
        pass
    if UNIX.fullmatch(cell):
        return datetime.fromtimestamp(int(cell[:10]), UTC)
    parted = PARTED.fullmatch(cell)
    day = _day(parted[1] if parted else cell, order)
    if day is None or isinstance(day, Refusal):
        return day
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    if serial := SERIAL.fullmatch(cell):
        return midnight + timedelta(seconds=round(float(f"0.{serial[2] or 0}") * 86400))
    return _at(midnight, parted[2]) if parted else midnight


def _at(midnight: datetime, text: str) -> datetime | Refusal:
    """The moment of a day at `9:30 PM`, `09.30 Uhr` or `09:30:00 +0200`."""
    parts, wrong = TIME.fullmatch(text.strip()), Refusal(_("Enter a date and time such as 2024-05-17 09:30."))
    if not parts:
        return wrong
    hour, minute, second = (int(part or 0) for part in parts.groups()[:3])
    if half := (parts[4] or "").lower():
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        moment = midnight.replace(hour=hour, minute=minute, second=second)
        return moment.replace(tzinfo=_zone(parts[5])) if parts[5] else moment
    except ValueError:
        return wrong


def _zone(text: str) -> tzinfo:
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return fixed_zone(away if text[0] == "+" else -away)
