"""Titles of columns → the fields that they go to."""

import re
from functools import cache
from typing import NamedTuple

from customers.importing.columns import FACTS, IMPORTED, OTHER_SYSTEMS
from customers.importing.names import (
    ALSO_IN_ADDRESS,
    AMBIGUOUS_NAMES,
    COUNTRY_WORDS,
    FAMILIES,
    IN_ADDRESS,
    OF_BILLING_ONLY,
    OWNERS,
    WHOLE_ADDRESSES,
    names_of,
)
from customers.models import Address
from customers.search.text import fold

IN_BRACKETS = re.compile(r"[(\[{<][^)\]}>]*[)\]}>]")
PARTS = re.compile(r"[/|:]")
NAME, NUMBERS = "name", frozenset({"number", "nr", "nummer", "numero"})
AFTER_OTHERS = 1000


class Title(NamedTuple):
    """What a title means: the field; its rank among the columns of one field; of which address of several it is."""

    name: str
    rank: int = 0
    family: str = ""


NOTHING = Title("")


def recognise(header: list[str]) -> list[str]:
    """The field that each column of a file goes to; empty for a column that is not ours."""
    keys = [_key(title) for title in header]
    fields = _without_lone_numbers([meaning(title).name for title in header], keys)
    fields = _names_in_their_places(fields, keys)
    fields = _without_whole_addresses(fields, keys)
    return _with_country(fields, header)


def system_of(header: list[str]) -> str:
    """The system whose export has such a header; empty where it is not known."""
    keys = {_key(title) for title in header}
    return next((name for name, typical in OTHER_SYSTEMS.items() if typical <= keys), "")


@cache
def meaning(title: str) -> Title:
    """What one title says by itself, whatever hints it has in brackets or behind a slash."""
    bare = IN_BRACKETS.sub(" ", title)
    for form in (title, bare):
        if found := _of_key(_key(form)):
            return found
    parts = {found for part in PARTS.split(bare) if (found := _of_key(_key(part)))}
    return parts.pop() if len({one.name for one in parts}) == 1 else NOTHING


def _key(title: str) -> str:
    return fold(title).replace(" ", "")


def _of_key(key: str) -> Title | None:
    if key in _fact_keys():
        return NOTHING
    if found := _meanings().get(key):
        return found
    for owner in OWNERS:
        found = _meanings().get(key.removeprefix(owner)) if key.startswith(owner) else None
        if found and found.name != NAME and not found.name.endswith("house_number"):
            return found
    return _of_a_person_in_an_address(key)


def _of_a_person_in_an_address(key: str) -> Title | None:
    for place, before in enumerate(IN_ADDRESS):
        found = _meanings().get(key.removeprefix(before)) if key.startswith(before) else None
        found = Title("full_name") if key.removeprefix(before) == NAME else found
        if found and found.name in (ALSO_IN_ADDRESS if before in OF_BILLING_ONLY else ("phone", "mobile")):
            return found._replace(rank=found.rank + AFTER_OTHERS * (place + 1))
    return None


def _without_lone_numbers(fields: list[str], keys: list[str]) -> list[str]:
    """`Nr` beside a street is its house number, and else the number of anything."""
    is_street = "billing_street" in fields
    return ["" if key in NUMBERS and not is_street else name for name, key in zip(fields, keys, strict=True)]


def _names_in_their_places(fields: list[str], keys: list[str]) -> list[str]:
    """`Name` beside a first name is the last name, `Nombre` beside a last name the first; alone, it is both."""
    whole = "full_name"
    if "first_name" in fields and "last_name" not in fields:
        whole = "last_name"
    if "last_name" in fields and "first_name" not in fields and "nombre" in keys:
        whole = "first_name"
    return [whole if name == NAME else name for name in fields]


def _without_whole_addresses(fields: list[str], keys: list[str]) -> list[str]:
    """`Billing address` is a street among city and postcode; one cell with all of them cannot be taken apart."""
    found = list(fields)
    for kind in Address.Kind:
        others = {name for name in fields if name.startswith(kind)} - {f"{kind}_street"}
        whole = [place for place, name in enumerate(fields) if name == f"{kind}_street" and _is_whole(keys[place])]
        if not others or len(whole) < fields.count(f"{kind}_street"):
            for place in whole:
                found[place] = ""
    return found


def _is_whole(key: str) -> bool:
    return key.endswith(WHOLE_ADDRESSES) and not key.startswith("street")


def _with_country(fields: list[str], header: list[str]) -> list[str]:
    """An address is of no country that nobody gave: a column that seems to be of countries is taken for one."""
    name = "billing_country"
    if name in fields or not any(one.startswith("billing_") for one in fields):
        return fields
    unknown = (
        place for place, one in enumerate(fields) if not one and COUNTRY_WORDS & set(fold(header[place]).split())
    )
    place = next(unknown, None)
    return fields if place is None else [*fields[:place], name, *fields[place + 1 :]]


@cache
def _fact_keys() -> frozenset[str]:
    return frozenset(_key(column.name) for column in FACTS)


@cache  # not with the module: thousands of names take a tenth of the start of every process
def _meanings() -> dict[str, Title]:
    found = {key: Title(NAME) for key in AMBIGUOUS_NAMES}
    for column in IMPORTED:
        families = FAMILIES if column.kind else ()
        for rank, name in enumerate((column.name, *names_of(column.name, column.kind))):
            key = _key(name)
            family = next((family for family in families if key.startswith(family)), "")
            found.setdefault(key, Title(column.name, rank, family))
    return found
