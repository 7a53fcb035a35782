"""Addresses as their country writes them."""

import re

from customers.addresses.countries import address_rules, country_name, postcode_of

NUMBER_FIRST = frozenset(
    {"US", "GB", "IE", "FR", "LU", "MC", "CA", "AU", "NZ", "ZA", "IN", "SG", "MY", "HK", "IL", "MA", "TN"}
)


FLAT_FIRST = frozenset({"GB", "IE"})
PART_OF_NUMBER = re.compile(r"bis|ter|quater|quinquies|½|1/2|[a-z]", re.IGNORECASE)


def address_lines(address: dict[str, str], *, name: str = "", company: str = "") -> list[str]:
    """The lines of an address, `name` and `company` first, the country last.

    The order of postcode, city and region is the country's own (Google's address data); a region is written only
    where the country's addresses have one.
    """
    parts = {
        "N": address["attention"] or name,
        "O": company,
        "A": f"{street_line(address)}\n{address['line2']}",
        "Z": address["postcode"],
        "C": address["city"],
        "S": "" if address["region"].casefold() == address["city"].casefold() else address["region"],
    }
    pattern = address_rules(address["country"]).format
    pattern += "".join(f"%n%{code}" for code in "NOAZC" if f"%{code}" not in pattern)
    text = re.sub("%(.)", lambda code: parts.get(code[1], ""), pattern.replace("%n", "\n"))
    lines = [" ".join(line.split()).strip(" ,-/") for line in text.split("\n")]
    return [*filter(None, lines), *filter(None, [country_name(address["country"])])]


def checked_place(country: str, postcode: str) -> str:
    """Of an address what was chosen from a list or checked for its form: postcode and country, no free text."""
    has_form = address_rules(country).postcode_patterns and postcode_of(country, postcode)
    return ", ".join(filter(None, [postcode if has_form else "", country_name(country)]))


def street_line(address: dict[str, str]) -> str:
    """Street, number and addition in the order of the country; blanks may stand between."""
    country, street, number = address["country"], address["street"], address["house_number"]
    addition = address["addition"]
    if country not in NUMBER_FIRST:
        return f"{street} {number} {addition}"
    if PART_OF_NUMBER.fullmatch(addition):
        is_joined = country in FLAT_FIRST and addition.isalpha()
        return f"{number}{addition} {street}" if is_joined else f"{number} {addition} {street}"
    if addition and country in FLAT_FIRST:
        return f"{addition}, {number} {street}"
    return f"{number} {street} {addition}"
