"""Purging what the law no longer asks for: documents past their retention, with whom their orders were for, and guests.

Batch by batch, each whole or not at all; what was done is not found again, so that a purge that was stopped goes on
when it is run again.
"""

from collections import Counter
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Count

from customers.models import Customer
from orders.models import Document, Order
from orders.retention.anonymise import anonymise
from orders.retention.guests import due_guests, erase_due_guests
from shopadmin.models import StoreSettings

BATCH = 200


def to_purge() -> Counter:
    """How much a purge would do now: documents by kind, orders and guests."""
    documents = Document.objects.past_retention(StoreSettings.current()).order_by()
    kinds = documents.values("kind").annotate(count=Count("pk")).values_list("kind", "count")
    return Counter(dict(kinds), orders=_past_retention().count(), guests=due_guests().count())


def purge() -> Iterator[Counter]:
    """Purge what is past its retention; tells of each batch what was done.

    Guests first: of an order that is anonymised nobody knows any more whose it was.
    """
    yield from erase_due_guests()
    last = 0
    while ids := list(_past_retention().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield _purge(ids)
        last = ids[-1]


@transaction.atomic
def _purge(ids: list[int]) -> Counter:
    """Lock first and ask then: what came meanwhile is seen, and may keep an order."""
    orders = Order.objects.filter(pk__in=ids).order_by("pk")
    customers = Customer.objects.filter(pk__in=orders.order_by().values("customer")).order_by("pk")
    for rows in (orders.select_for_update(), customers.select_for_update(no_key=True)):
        list(rows.values_list("pk", flat=True))
    past = list(_past_retention().filter(pk__in=ids).values_list("pk", flat=True))
    return Counter(anonymise(past), orders=len(past))


def _past_retention():
    return Order.objects.past_retention(StoreSettings.current())
