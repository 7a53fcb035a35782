"""Erase customers as the worker does, or by bare statements.

`python -m tests.benchmarks.erasure_run bulk 10000`, or `… bare 10000`, works in the database of the environment and
prints the seconds that it took.
"""

import sys
import time
from collections.abc import Iterator

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection, models, transaction

from customers.bulk import run as bulk_run
from customers.models import BulkAction, Customer, Note, PrivacyRequest
from orders.customer_hooks.erasure import PERSON, WHERE
from orders.models import Order, OrderAddress
from tests.benchmarks.shop import OWNER

NOTED, ASKED = 5, 50  # one in so many has a dated note, has asked to be erased


def _in_bulk(numbers: list[int]) -> None:
    """As the worker does it."""
    by = Customer.objects.get(email=OWNER)
    action = BulkAction.objects.create(kind=BulkAction.Kind.ERASE, picked=numbers, by=by, total=len(numbers))
    bulk_run.run(action)
    action.refresh_from_db()
    if (action.state, action.changed) != (BulkAction.State.DONE, len(numbers)):
        raise SystemExit(f"{action.changed:,} erased, {action.skipped:,} left alone: {action.error}")


def _barely(numbers: list[int]) -> None:
    """One statement a table, and all of it in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _statements():
            cursor.execute(statement, {"numbers": numbers})


def _statements() -> Iterator[str]:
    orders, addresses = Order._meta.db_table, OrderAddress._meta.db_table
    theirs = f"SELECT id FROM {orders} WHERE customer_id = ANY(%(numbers)s)"
    yield f"UPDATE {addresses} SET {_empty(WHERE)} WHERE order_id IN ({theirs} AND state <> 'open')"
    kept = "customer_id = NULL, erased_at = now(), search_text = ' ' || lower(number) || ' '"
    mine = "WHERE customer_id = ANY(%(numbers)s)"
    yield f"UPDATE {orders} SET {kept}, {_empty(PERSON)} {mine} AND state <> 'open'"
    yield f"UPDATE {orders} SET {kept} {mine}"
    yield f"UPDATE {PrivacyRequest._meta.db_table} SET customer_id = NULL, state = 'done', remark = '' {mine}"
    for relation in _cascades():
        yield f"DELETE FROM {relation.model._meta.db_table} WHERE {relation.column} = ANY(%(numbers)s)"
    yield f"DELETE FROM {Customer._meta.db_table} WHERE id = ANY(%(numbers)s)"


def _cascades() -> Iterator[models.ForeignKey]:
    """What goes with a customer, the customers themselves aside."""
    for relation in Customer._meta.get_fields(include_hidden=True):
        goes_along = isinstance(relation, models.ManyToOneRel) and relation.on_delete is models.CASCADE
        if goes_along and relation.related_model is not Customer:
            yield relation.field


def _empty(names: tuple[str, ...]) -> str:
    return ", ".join(f"{name} = ''" for name in names)


def _prepare(numbers: list[int]) -> None:
    """Give them what the shops of the other parts do without: dated notes and requests."""
    Note.objects.bulk_create(Note(customer_id=number, text="Rings before delivery.") for number in numbers[::NOTED])
    PrivacyRequest.objects.bulk_create(PrivacyRequest(customer_id=number) for number in numbers[::ASKED])


def main(way: str, count: int) -> None:
    """Erase the first customers in one of the two ways."""
    numbers = list(Customer.objects.shoppers().order_by("pk").values_list("pk", flat=True)[:count])
    _prepare(numbers)
    begun = time.perf_counter()
    {"bulk": _in_bulk, "bare": _barely}[way](numbers)
    sys.stdout.write(f"{time.perf_counter() - begun:.3f}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
