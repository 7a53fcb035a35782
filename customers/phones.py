"""Phone numbers by the thousand: what phonenumbers says, in a fiftieth of its time.

The rules are the library's own (its metadata); only what is written plainly is read here, and everything else is
left to it.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import phonenumbers
from phonenumber_field.phonenumber import PhoneNumber
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata
from phonenumbers.phonenumberutil import country_code_for_region

KINDS = (
    "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager", "uan",
    "voicemail",
)  # fmt: skip
SEPARATORS = str.maketrans("", "", " -./()\u00a0")
LONGEST = 40


def e164_of(text: str, region: str) -> str:
    """The number as it is kept (`+31302314567`); empty when it is none. Without `+` it is one of `region`."""
    plain = text.translate(SEPARATORS)
    if not plain.removeprefix("+").isdecimal() or not plain.isascii() or len(text) > LONGEST:
        return _by_the_library(text, region)
    home = _plan(region)
    if plain[0] == "+":
        return _in_a_country(plain[1:]) or _by_the_library(text, region)
    if home and home.abroad.pattern == "00" and plain.startswith("00"):
        return _in_a_country(plain[2:]) or _by_the_library(text, region)
    if home and home.trunk and plain.startswith(home.trunk) and not home.abroad.match(plain):
        found = home.number(plain)
        return f"+{home.code}{found}" if found else _by_the_library(text, region)
    return _by_the_library(text, region)


@dataclass(frozen=True)
class Plan:
    """The numbering plan of one region."""

    code: int
    trunk: str
    parses: re.Pattern | None
    abroad: re.Pattern
    leading_digits: re.Pattern | None
    general: "Kind"
    kinds: tuple["Kind", ...]

    def number(self, digits: str) -> str:
        """The number without the prefix that is dialled at home only; empty where this cannot tell."""
        if self.parses is None or not self.parses.match(digits):
            return digits if _is_valid(digits, self.code) else ""
        if not self.trunk:
            return ""
        bare = digits.removeprefix(self.trunk)
        return bare if _is_valid(bare, self.code) else ""

    def has(self, number: str) -> bool:
        """Whether it is a number of this region."""
        return self.general.has(number) and any(kind.has(number) for kind in self.kinds)


@dataclass(frozen=True)
class Kind:
    """One kind of number: mobile, fixed line and so on."""

    lengths: tuple[int, ...]
    pattern: re.Pattern

    def has(self, number: str) -> bool:
        return (not self.lengths or len(number) in self.lengths) and self.pattern.fullmatch(number) is not None


def _in_a_country(digits: str) -> str:
    """The number that begins with a country's code."""
    code = _code_of(digits)
    plan = _plan(COUNTRY_CODE_TO_REGION_CODE[int(code)][0]) if code else None
    found = plan.number(digits[len(code) :]) if plan else ""
    return f"+{code}{found}" if found else ""


def _code_of(digits: str) -> str:
    return next((digits[:size] for size in (1, 2, 3) if digits[:size] in CODES), "")


CODES = {str(code) for code in COUNTRY_CODE_TO_REGION_CODE}


def _is_valid(number: str, code: int) -> bool:
    """Whether any of the regions that share a country code has this number."""
    for plan in map(_plan, COUNTRY_CODE_TO_REGION_CODE[code]):
        if plan is None:
            continue
        if plan.leading_digits:
            if plan.leading_digits.match(number):
                return plan.has(number)
        elif plan.has(number):
            return True
    return False


@cache
def _plan(region: str) -> Plan | None:
    rules = PhoneMetadata.metadata_for_region(region, None)
    if rules is None:
        return None
    simple = rules.national_prefix and rules.national_prefix == rules.national_prefix_for_parsing
    return Plan(
        code=country_code_for_region(region),
        trunk=rules.national_prefix if simple and not rules.national_prefix_transform_rule else "",
        parses=re.compile(rules.national_prefix_for_parsing) if rules.national_prefix_for_parsing else None,
        abroad=re.compile(rules.international_prefix or "00"),
        leading_digits=re.compile(rules.leading_digits) if rules.leading_digits else None,
        general=_kind(rules.general_desc),
        kinds=tuple(_kind(getattr(rules, name)) for name in KINDS if _is_used(getattr(rules, name))),
    )


def _is_used(rule) -> bool:
    return rule is not None and rule.national_number_pattern not in {None, "NA"}


def _kind(rule) -> Kind:
    return Kind(tuple(rule.possible_length or ()), re.compile(rule.national_number_pattern))


@lru_cache(maxsize=10_000)
def _by_the_library(text: str, region: str) -> str:
    try:
        number = PhoneNumber.from_string(text, region or None)
    except phonenumbers.NumberParseException:
        return ""
    return number.as_e164 if number.is_valid() else ""
