"""What follows from several cells of a row together: names, phones, a gender by its title, and whole addresses."""

from collections.abc import Callable

import phonenumbers
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumberType

from customers.importing.batch import Batch
from customers.importing.full_names import is_particles, name_of
from customers.models import Address, Customer


class _Mark(str):
    """A value that is told from all that a file can say."""

    __slots__ = ()


# A cell of an address that is left out, so that what is there already stays; and a country that nobody understood.
UNREADABLE, NOT_UNDERSTOOD = _Mark(""), _Mark("?")
LONGEST_NAME = 100
MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def see_as_a_whole(batch: Batch, *, title: Callable[[str], str], home: str) -> None:
    """Join, share out and complete the values of each row; `home` is the country of an address that names none."""
    columns = batch.values
    _share_out_full_names(columns)
    _join_names(columns)
    _take_genders_of_titles(columns)
    _share_out_phones(batch, title)
    _name_recipients(columns)
    given = {kind: _make_whole(kind, columns, home) for kind in Address.Kind}
    if given[Address.Kind.SHIPPING]:
        _tell_whether_to_ship_elsewhere(columns, given[Address.Kind.SHIPPING])


def _share_out_full_names(columns: dict[str, list]) -> None:
    """A whole name counts where neither first nor last name is given."""
    whole = columns.pop("full_name", None)
    if not whole or not any(whole):
        return
    names = ("first_name", "last_name", "company_name")
    first, last, company = (columns.setdefault(name, [None] * len(whole)) for name in names)
    for place, text in enumerate(whole):
        if text and not first[place] and not last[place] and text != company[place]:
            found = name_of(text)
            first[place], last[place] = found.first[:LONGEST_NAME] or None, found.last[:LONGEST_NAME] or None
            company[place] = company[place] or found.company or None


def _join_names(columns: dict[str, list]) -> None:
    """A middle name follows the first name, or precedes the last where it is `van der`, as a preposition does."""
    middle = columns.pop("middle_name", None)
    prefixes = columns.pop("last_name_prefix", None)
    if middle and any(middle):
        first = columns.setdefault("first_name", [None] * len(middle))
        columns["first_name"] = [_joined(one, two, is_particles) for one, two in zip(first, middle, strict=True)]
        particles = [text if text and is_particles(text) else None for text in middle]
        prefixes = [one or two for one, two in zip(prefixes or particles, particles, strict=True)]
    if prefixes and "last_name" in columns:
        rows = zip(prefixes, columns["last_name"], strict=True)
        columns["last_name"] = [f"{before} {name}"[:LONGEST_NAME] if before and name else name for before, name in rows]


def _joined(first: str | None, middle: str | None, is_elsewhere: Callable[[str], bool]) -> str | None:
    return " ".join(filter(None, (first, middle)))[:LONGEST_NAME] if middle and not is_elsewhere(middle) else first


def _take_genders_of_titles(columns: dict[str, list]) -> None:
    titles = columns.pop("salutation", None)
    if titles:
        genders = columns.get("gender") or [None] * len(titles)
        open_ones = {None, Customer.Gender.UNSPECIFIED.value}
        columns["gender"] = [
            title if title and gender in open_ones else gender for gender, title in zip(genders, titles, strict=True)
        ]


def _share_out_phones(batch: Batch, title: Callable[[str], str]) -> None:
    """Of two numbers the mobile one goes to the mobile phone, where that is free."""
    columns = batch.values
    others = columns.pop("second_phone", None)
    if not others or not any(others):
        return
    phones, mobiles = columns["phone"], columns.setdefault("mobile", [None] * len(others))
    for place, other in enumerate(others):
        own = phones[place]
        if not other or other in (own, mobiles[place]):
            continue
        if not own:
            phones[place] = other
        elif not mobiles[place] and _is_mobile(other):
            mobiles[place] = other
        elif not mobiles[place] and _is_mobile(own):
            phones[place], mobiles[place] = other, own
        else:
            batch.warn(place, title("phone"), _("Only one phone number and one mobile number can be imported."))


def _is_mobile(number: str) -> bool:
    return phonenumbers.number_type(phonenumbers.parse(number)) in MOBILE


def _name_recipients(columns: dict[str, list]) -> None:
    """Parcels to somebody else carry their name; those to the customer need not."""
    parts = [columns.pop(name, None) for name in ("shipping_first_name", "shipping_last_name")]
    parts = [part for part in parts if part]
    if not parts:
        return
    recipients = [" ".join(filter(None, row)) for row in zip(*parts, strict=True)]
    own = [columns.get(name) or [None] * len(recipients) for name in ("first_name", "last_name")]
    names = [" ".join(filter(None, row)) for row in zip(*own, strict=True)]
    attention = columns.get("shipping_attention") or [None] * len(recipients)
    columns["shipping_attention"] = [
        told or (to if to and to.casefold() != name.casefold() else None)
        for told, to, name in zip(attention, recipients, names, strict=True)
    ]


def _make_whole(kind: str, columns: dict[str, list], home: str) -> list[bool]:
    """An address that is given at all replaces what there was, so that two never mix; whether it is given."""
    names = [name for name in Address.FIELDS if f"{kind}_{name}" in columns]
    if not names:
        return []
    parts = [columns[f"{kind}_{name}"] for name in names if name not in {"country", "attention"}]
    given = [any(row) for row in zip(*parts, strict=True)] if parts else [False] * len(columns["email"])
    countries = columns.setdefault(f"{kind}_country", [None] * len(given))
    given = [there and of is not NOT_UNDERSTOOD for there, of in zip(given, countries, strict=True)]
    for name in {*names, "country"}:
        default = home if name == "country" else ""
        columns[f"{kind}_{name}"] = [
            (value or default) if there and value is not UNREADABLE else None
            for value, there in zip(columns[f"{kind}_{name}"], given, strict=True)
        ]
    return given


def _tell_whether_to_ship_elsewhere(columns: dict[str, list], given: list[bool]) -> None:
    """Without a column for it: yes where a shipping address is given that is not the billing address again."""
    if "ship_elsewhere" in columns:
        return
    same = _is_billing_again(columns)
    columns["ship_elsewhere"] = [True if there and not twin else None for there, twin in zip(given, same, strict=True)]
    for name in Address.FIELDS:
        if f"shipping_{name}" in columns:
            column = columns[f"shipping_{name}"]
            columns[f"shipping_{name}"] = [None if twin else value for value, twin in zip(column, same, strict=True)]


def _is_billing_again(columns: dict[str, list]) -> list[bool]:
    names = [name for name in Address.FIELDS if f"billing_{name}" in columns and f"shipping_{name}" in columns]
    if not names:
        return [False] * len(columns["email"])
    billing, shipping = (
        zip(*(columns[f"{kind}_{name}"] for name in names), strict=True) for kind in ("billing", "shipping")
    )
    attention = columns.get("shipping_attention") or [None] * len(columns["email"])
    alone = "billing_attention" not in columns
    return [one == other and not (alone and to) for one, other, to in zip(billing, shipping, attention, strict=True)]
