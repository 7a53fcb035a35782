"""Languages, currencies and time zones by name, to choose from."""

from collections.abc import Container, Sequence
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages
from babel.numbers import get_currency_name, get_territory_currencies
from django.conf import settings

from shopadmin.rendering.formats import active_locale

Choices = list[tuple[str, str]]
EUROPE = [
    "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE",
    "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "TR", "UA",
]  # fmt: skip

# Of countries with several, where nearly everybody lives in one.
MAIN_ZONES = {
    "CY": "Asia/Nicosia", "DE": "Europe/Berlin", "ES": "Europe/Madrid", "PT": "Europe/Lisbon", "UA": "Europe/Kyiv",
}  # fmt: skip


def language_name(code: str) -> str:
    """What a language is called in the active one; the code itself where the name is not known."""
    name = active_locale().languages.get(code.replace("-", "_"), code)
    return name[:1].upper() + name[1:]


def languages_of(country: str, chosen: Sequence[str] = ()) -> Choices:
    """The languages of a country in its own order, then those that the product speaks, then what else was chosen."""
    codes = [*official(country), *dict(settings.LANGUAGES), *sorted(chosen)]
    return [(code, language_name(code)) for code in dict.fromkeys(codes)]


def is_spoken_in(country: str, language: str) -> bool:
    """Whether it is an official language there."""
    return language in official(country)


def european_languages(*, but: Container[str]) -> Choices:
    """The official languages of the countries that a European shop sells to, by name."""
    return _by_name(EUROPE, but)


def official_languages(*, but: Container[str]) -> Choices:
    """Every official language of the world, by name."""
    return _by_name(_countries(), but)


def currencies() -> Choices:
    """Every currency that is legal tender somewhere, by code."""
    codes = {currency for country in _countries() for currency in get_territory_currencies(country)}
    return [(code, f"{code}, {get_currency_name(code, locale=active_locale())}") for code in sorted(codes)]


def time_zones() -> Choices:
    """Every time zone that is named after a place."""
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name]


def usual_currency(country: str) -> str:
    """What is paid with there; nothing where that is not known."""
    return next(iter(get_territory_currencies(country)), "")


def usual_time_zone(country: str) -> str:
    """The time zone that most of a country has; nothing for one that is too wide to tell, or not known."""
    zones = [zone for zone, code in get_global("zone_territories").items() if code == country]
    known = [zone for zone in zones if zone in available_timezones()]
    return MAIN_ZONES.get(country, known[0] if len(known) == 1 else "")


@cache
def _countries() -> list[str]:
    return [code for code in Locale("en").territories if len(code) == 2 and code.isalpha()]


def _by_name(countries: Sequence[str], but: Container[str]) -> Choices:
    codes = {code for country in countries for code in official(country) if code not in but}
    return sorted(((code, language_name(code)) for code in codes), key=lambda choice: choice[1])


def official(country: str) -> list[str]:
    """The codes of the languages of a country, in its own order."""
    codes = get_official_languages(country, de_facto=True)
    return [code.split("_")[0] for code in codes if len(code.split("_")[0]) == 2]
