"""Fill an empty, migrated database with a shop of so many customers: `python -m tests.benchmarks.data 10000`."""

import gc
import sys
import time

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection, transaction

from accounts.demo.catalogue import fill_catalogue
from accounts.demo.shop import open_shop
from customers.history import install_triggers
from customers.models import Address, Consent, Customer, CustomerTag, HistoryEntry, Tag
from orders.models import Counter, Order, OrderAddress, OrderEvent, OrderLine, Product
from tests.benchmarks import people, purchases, words
from tests.benchmarks.loading import bulk, write

OWNER = "owner@benchmark.example"
TABLES = [Customer, Address, Consent, CustomerTag, HistoryEntry, Order, OrderAddress, OrderEvent, OrderLine]


def fill(customers: int) -> None:
    """A shop with its catalogue, an owner, so many customers and twice the orders; the same at every run.

    All of it in one transaction: a database holds the whole or nothing.
    """
    gc.disable()  # millions of tuples live until the end: looking for circles among them takes half the time
    with transaction.atomic():
        _open(customers)
        with bulk(*TABLES):
            _write(customers)
        install_triggers()
        Customer.objects.create_superuser(OWNER, first_name="Mara", last_name="Owner", language="en")
    gc.enable()
    tidy()


def tidy() -> None:
    """What the planner has to know of the tables."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _open(customers: int) -> None:
    open_shop()
    fill_catalogue()
    Product.objects.update(stock=None)
    for name in words.TAGS:
        Tag.objects.create(name=name)
    Counter.objects.create(name="orders", value=purchases.FIRST_NUMBER - 1 + 2 * customers)


def _write(customers: int) -> None:
    everybody = people.people(customers)
    bought = purchases.Purchases(everybody)
    write(Customer, people.CUSTOMER, people.customer_rows(everybody, bought.tallies()))
    write(Address, people.ADDRESS, people.address_rows(everybody))
    write(HistoryEntry, people.HISTORY, people.history_rows(everybody))
    write(Consent, people.CONSENT, people.consent_rows(everybody))
    write(CustomerTag, people.TAG, people.tag_rows(everybody))
    write(Order, purchases.ORDER, purchases.order_rows(bought))
    write(OrderLine, purchases.LINE, purchases.line_rows(bought))
    write(OrderAddress, purchases.ORDER_ADDRESS, purchases.order_address_rows(bought))
    write(OrderEvent, purchases.EVENT, purchases.event_rows(bought))


if __name__ == "__main__" and not Customer.objects.filter(email=OWNER).exists():
    begun = time.monotonic()
    fill(int(sys.argv[1]))
    sys.stdout.write(f"{int(sys.argv[1]):,} customers made in {time.monotonic() - begun:.0f} s\n")
