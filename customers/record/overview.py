"""What the overview of a customer shows beside the timeline, read in one query.

An app above adds what it knows: `overview.sections.append(Section(…))`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery

from customers.duplicates.look_alikes import MOST, LookAlike, clues_of, reasons_between
from customers.history.words import NAMES, field_label, name_columns
from customers.models import Address, Consent, Customer, Duplicate, HistoryEntry, Merge, Note, Tag
from shopadmin.lists.json_rows import JSONRows, columns_of, model_instance, parsed_datetime, store_prefetched
from shopadmin.lists.precompiled_query import PrecompiledQuery
from shopadmin.rendering.badges import Badge

NOTES_SHOWN = 5
CLUES = ("id", *NAMES, "phone", "mobile", "vat_number")


@dataclass(frozen=True)
class Section:
    """What one app adds, by the name that the template knows: rows below `OuterRef("pk")`, and what is made of them."""

    name: str
    rows: Callable[[], JSONRows]
    made: Callable


sections: list[Section] = []
# What an app above knows of the VAT number of a business: the badge beside it, or None.
vat_badges: list[Callable[[Customer], Badge | None]] = []


def read(customer: Customer) -> dict:
    """Addresses, consents and tags, kept where `prefetch_related` would keep them; and what else is shown, by name."""
    lists = _query().row(customer.pk)
    addresses, consents, tags, notes, unseen, newer, older, merges, *others = lists
    store_prefetched(customer, "addresses", [model_instance(Address, row) for row in addresses])
    store_prefetched(customer, "consents", [_with_person(Consent, row, "by") for row in consents])
    store_prefetched(customer, "tags", [model_instance(Tag, row) for row in tags])
    return {
        "notes": [_with_person(Note, row, "author") for row in notes],
        "unseen": _unseen(unseen) if unseen else {},
        "look_alikes": _look_alikes(customer, [*newer, *older]),
        "merges": [_merge(row) for row in merges],
        "vat_badge": next(filter(None, (badge_of(customer) for badge_of in vat_badges)), None),
        **{section.name: section.made(rows) for section, rows in zip(sections, others, strict=True)},
    }


@cache
def _query() -> PrecompiledQuery:
    return PrecompiledQuery(_below, -1)


def _below(pk: int) -> QuerySet:
    of_it = {"customer": OuterRef("pk")}
    notes = Note.objects.filter(**of_it).order_by("-at", "-id")[: NOTES_SHOWN + 1]
    unseen = HistoryEntry.objects.filter(seen=False, **of_it).order_by("-at", "-id")
    merges = Merge.objects.filter(kept=OuterRef("pk"), undone_at=None)
    return Customer.objects.filter(pk=pk).values_list(
        JSONRows(Address.objects.filter(**of_it), **columns_of(Address)),
        JSONRows(Consent.objects.filter(**of_it).order_by("-at", "-id"), **columns_of(Consent), **name_columns("by")),
        JSONRows(Tag.objects.filter(customer_tags__customer=OuterRef("pk")).order_by("folded"), **columns_of(Tag)),
        JSONRows(notes, **columns_of(Note), **name_columns("author")),
        JSONRows(unseen, field=F("field"), at=F("at")),
        _others_of_pairs("second", first=OuterRef("pk")),
        _others_of_pairs("first", second=OuterRef("pk")),
        JSONRows(
            merges, **{name: F(name) for name in ("id", "at", "merged_id", "undone_at")}, email=F("merged__email")
        ),
        *(section.rows() for section in sections),
    )


def _others_of_pairs(other: str, **of_it: OuterRef) -> JSONRows:
    """The other records of the pairs that may be one person, with all that tells why."""
    postcode = Address.objects.filter(customer=OuterRef(other), kind="billing").values("postcode")[:1]
    columns = {name: F(f"{other}__{name}") for name in CLUES}
    pairs = Duplicate.objects.open().filter(**of_it).order_by("-pk")[:MOST]
    return JSONRows(pairs, **columns, postcode=Subquery(postcode))


def _look_alikes(customer: Customer, rows: list[dict]) -> list[LookAlike]:
    """Who may be the same person and is so still, with the reasons; the addresses of `customer` are kept."""
    alike = []
    for row in rows:
        other = model_instance(Customer, row)
        store_prefetched(other, "addresses", [Address(kind="billing", postcode=row["postcode"] or "")])
        alike.append(LookAlike(other, reasons_between(clues_of(customer), clues_of(other))))
    return [one for one in alike if one.reasons][:MOST]


def _merge(row: dict) -> Merge:
    """A merge with of the other record its address alone."""
    merged = Customer(pk=row["merged_id"], email=row.pop("email"))
    made = model_instance(Merge, row)
    Merge._meta.get_field("merged").set_cached_value(made, merged)
    return made


def _with_person(model: type[models.Model], row: dict, person: str) -> models.Model:
    """A row with a person of whom nothing but the name is known."""
    names = {name: row.pop(f"{person}_{name}") for name in NAMES}
    made = model_instance(model, row)
    model._meta.get_field(person).set_cached_value(made, Customer(**names) if names["email"] else None)
    return made


def _unseen(rows: list[dict]) -> dict:
    """What the shopper changed and no merchant has seen: which fields, and when the last one."""
    labels = dict.fromkeys(field_label(row["field"]) for row in rows)
    is_of_address = any(row["field"].startswith(("billing.", "shipping.", "ship_")) for row in rows)
    return {"fields": list(labels), "at": parsed_datetime(rows[0]["at"]), "is_of_address": is_of_address}
