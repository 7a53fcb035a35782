"""Money, numbers and times as the active language writes them."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, lru_cache

import idna
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, format_timedelta, get_datetime_format
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

FINAL_YEAR = re.compile(r"\W*y+\W*$")


def active_locale() -> Locale:
    """Return what Babel knows of the active language."""
    return _locale_of(get_language() or "en")


def money(amount: Decimal | None, currency: str, locale: Locale | None = None) -> str:
    """Write an amount with its currency; nothing for None."""
    return "" if amount is None else _written_money(amount + 0, currency, locale or active_locale())


def number(value: Decimal | int | None, locale: Locale | None = None) -> str:
    """Write a number with the separators of the language."""
    return "" if value is None else _written_number(value, locale or active_locale())


def file_size(octets: int) -> str:
    """Write how large a file is: 200 MB, 1.5 MB; never less than 1 KB."""
    unit, name = (1024**2, "MB") if octets >= 1024**2 else (1024, "KB")
    return f"{number(max(round(Decimal(octets) / unit, 1), 1))}\N{NO-BREAK SPACE}{name}"


def percent(rate: Decimal | int | None) -> str:
    """Write a rate given in per cent (21 is 21 %)."""
    if rate is None:
        return ""
    return format_percent(Decimal(rate) / 100, locale=active_locale(), decimal_quantization=False)


def iban_in_groups(iban: str) -> str:
    """Write an IBAN in groups of four, as banks print it."""
    return " ".join(re.findall(".{1,4}", "".join(iban.split())))


def day(value: date | None) -> str:
    """Write a date for tables: 19 Nov 2026."""
    return _written_date(value, "medium")


def long_day(value: date | None) -> str:
    """Write a date for sentences: 19 November 2026."""
    return _written_date(value, "long")


def email_address(address: str) -> str:
    """Write an email address with its domain in the letters that people read: `müller.example`, not `xn--…`."""
    local, at, domain = address.rpartition("@")
    if "xn--" not in domain:
        return address
    try:
        return f"{local}{at}{idna.decode(domain)}"
    except idna.IDNAError:
        return address


def breakable(address: str | None) -> SafeString:
    """Write an email address for people, and let it break after its @."""
    return mark_safe(escape(email_address(address or "")).replace("@", "@<wbr>"))


def weekday(value: date | None) -> str:
    """Write a date as a heading: Today, Yesterday, Thursday, 19 November; with the year unless it is this one."""
    if not value:
        return ""
    value, today = _as_date(value), timezone.localdate()
    if today - value in (timedelta(0), timedelta(days=1)):
        return gettext("Today") if value == today else gettext("Yesterday")
    return _written_weekday(value, value.year != today.year, active_locale())


def month(value: date | None) -> str:
    """Write the month of a date: Nov 2026."""
    return format_skeleton("yMMM", _as_date(value), locale=active_locale()) if value else ""


def moment(value: datetime | None) -> str:
    """Write a time with its date: 19 Nov 2026, 11:05."""
    if not value:
        return ""
    joined = get_datetime_format("medium", locale=active_locale()).replace("'", "")
    return joined.replace("{0}", clock(value)).replace("{1}", day(value))


def clock(value: datetime | None) -> str:
    """Write the time of the day: 11:05."""
    return _written_clock(_local(value).time().replace(second=0, microsecond=0), active_locale()) if value else ""


def timestamp(value: datetime | None) -> str:
    """Write a time for the `datetime` of `<time>`, to the second: HTML takes no microseconds."""
    return _local(value).isoformat(timespec="seconds") if value else ""


def ago(value: date | None) -> str:
    """Write how many days have gone since, up to a week; the date from then on."""
    if not value:
        return ""
    days = (timezone.localdate() - _as_date(value)).days
    if not 0 <= days <= 7:
        return day(value)
    if days < 2:
        return gettext("yesterday") if days else gettext("today")
    return format_timedelta(timedelta(days=-days), "day", threshold=8, add_direction=True, locale=active_locale())


@cache
def _locale_of(language: str) -> Locale:
    # English without a region is the American one to Babel, which puts the month before the day.
    try:
        return Locale.parse("en_GB" if language == "en" else language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")


# A list writes the same days and prices over and over, at 30 µs each.
@lru_cache(maxsize=4096)
def _written_money(amount: Decimal, currency: str, locale: Locale) -> str:
    return format_currency(amount, currency, locale=locale)


@lru_cache(maxsize=4096)
def _written_number(value: Decimal | int, locale: Locale) -> str:
    return format_decimal(value, locale=locale)


@lru_cache(maxsize=4096)
def _written_clock(value: time, locale: Locale) -> str:
    return format_time(value, "short", locale=locale)


@lru_cache(maxsize=4096)
def _written_day(value: date, length: str, locale: Locale) -> str:
    return format_date(value, length, locale=locale)


@lru_cache(maxsize=4096)
def _written_weekday(value: date, with_year: bool, locale: Locale) -> str:
    pattern = locale.date_formats["full"].pattern
    return format_date(value, pattern if with_year else FINAL_YEAR.sub("", pattern), locale=locale)


def _written_date(value: date | None, length: str) -> str:
    return _written_day(_as_date(value), length, active_locale()) if value else ""


def _as_date(value: date) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value
