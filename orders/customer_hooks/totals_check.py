"""Checks what customers' rows know of their orders and addresses against those themselves, and mends it.

Batch by batch: read without locks first; what differs is locked, read again and written, so that an order which comes
meanwhile is counted once.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from customers.importing.bulk_writing import database
from customers.models import Address, Customer
from customers.search.text import ORDER_NUMBERS, PHONES, SEARCHED, SEARCHED_OF_ADDRESS, text_of_customer
from orders.checkout.totals import ZERO, rounded
from orders.customer_hooks.totals import SPENT
from orders.models import Order

# SQLite has one writer, and nobody else writes meanwhile.
BATCH = {"postgresql": 5_000, "sqlite": 500}


class DerivedColumns(NamedTuple):
    """What a customer's row knows that stands elsewhere too."""

    orders_count: int
    spent: Decimal
    last_order_at: datetime | None
    order_numbers: str
    country: str
    search_text: str


NAMES = DerivedColumns._fields
# Phones as they are stored: reading a million numbers as objects takes longer than all the rest.
TEXTS = [Cast(name, TextField()) if name in PHONES else name for name in SEARCHED]


@dataclass
class Difference:
    """One customer whose row is out of step: what stands there and what should, by column."""

    customer: int
    columns: dict[str, tuple]


def differences(*, mend: bool, on_progress: Callable[[int], None] = lambda done: None) -> Iterator[Difference]:
    """Every customer out of step, by id; mended as they come, or left as they are. Tells how many it looked at."""
    last, size = 0, BATCH[connection.vendor]
    while ids := list(Customer.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:size]):
        found = _differing(ids)
        if mend and found:
            found = mend_customers([difference.customer for difference in found])
        yield from found
        last = ids[-1]
        on_progress(len(ids))


@transaction.atomic
def mend_customers(ids: list[int]) -> list[Difference]:
    """Lock these customers, look again, and write what differs."""
    locked = Customer.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    found = _differing(list(locked.values_list("pk", flat=True)))
    wanted = [(one.customer, *(value for _there, value in one.columns.values())) for one in found]
    if wanted:
        database().update(Customer, list(NAMES), wanted)
    return found


def _differing(ids: list[int]) -> list[Difference]:
    """Those of the customers who are out of step, with all columns."""
    orders, addresses = _orders_of(ids), _addresses_of(ids)
    found = []
    for pk, *row in Customer.objects.filter(pk__in=ids).order_by("pk").values_list("pk", *TEXTS, *NAMES):
        texts, there = row[: len(TEXTS)], DerivedColumns(*row[len(TEXTS) :])
        wanted = _wanted(pk, texts, there, orders.get(pk, []), addresses.get(pk, []))
        if wanted != there:
            pairs = zip(NAMES, there, wanted, strict=True)
            found.append(Difference(pk, {name: (now, then) for name, now, then in pairs}))
    return found


def _wanted(
    pk: int, texts: list[str], there: DerivedColumns, orders: list[tuple], addresses: list[tuple]
) -> DerivedColumns:
    numbers = [number for _pk, number, *_rest in orders]
    # In which order they stand makes no difference to the search.
    known = there.order_numbers if sorted(there.order_numbers.split(" ")) == sorted(numbers) else " ".join(numbers)
    values = [known if name == ORDER_NUMBERS else text for name, text in zip(SEARCHED, texts, strict=True)]
    places = [place for _pk, _kind, _country, *of_one in addresses for place in of_one]
    return DerivedColumns(
        orders_count=len(orders),
        spent=rounded(sum((spent for *_, state, spent, _at in orders if state not in Order.OVER), ZERO)),
        last_order_at=orders[-1][-1] if orders else None,
        order_numbers=known,
        country=next((country for _pk, kind, country, *_rest in addresses if kind == "billing"), ""),
        search_text=text_of_customer(values, places),
    )


def _orders_of(ids: list[int]) -> dict[int, list[tuple]]:
    rows = Order.objects.filter(customer__in=ids).order_by("customer", "placed_at", "id")
    return _by_customer(rows.values_list("customer", "number", "state", SPENT, "placed_at"))


def _addresses_of(ids: list[int]) -> dict[int, list[tuple]]:
    rows = Address.objects.filter(customer__in=ids).order_by("customer", "id")
    return _by_customer(rows.values_list("customer", "kind", "country", *SEARCHED_OF_ADDRESS))


def _by_customer(rows: Iterable[tuple]) -> dict[int, list[tuple]]:
    return {pk: list(group) for pk, group in groupby(rows, key=itemgetter(0))}
