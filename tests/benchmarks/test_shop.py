"""The benchmark's data are rows as the product itself would have written them."""

from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import call_command

from customers.models import Customer
from customers.search.text import fold
from orders.customer_hooks.totals import recount
from orders.handling.payment_status import refresh
from orders.models import Order
from tests.benchmarks import people
from tests.benchmarks.order_rows import order_rows
from tests.benchmarks.purchases import Purchases
from tests.benchmarks.shop import fill
from tests.privacy.filling import rolled_back

pytestmark = pytest.mark.slow
CUSTOMERS = 200
KEPT = ("orders_count", "spent", "last_order_at", "order_numbers", "country", "search_text")


@pytest.fixture(scope="module")
def filled_shop(django_db_setup, django_db_blocker):
    """A small one, made as the large ones are, but inside a transaction."""
    with django_db_blocker.unblock(), rolled_back(), patch("tests.benchmarks.shop.tidy"):
        fill(CUSTOMERS)
        yield


@pytest.fixture
def shop(filled_shop, db):
    """The same for one test."""


def kept() -> list[tuple]:
    return list(Customer.objects.shoppers().order_by("pk").values_list("pk", *KEPT))


def test_there_are_twice_as_many_orders_as_customers(shop):
    assert (Customer.objects.shoppers().count(), Order.objects.count()) == (CUSTOMERS, 2 * CUSTOMERS)


def test_what_stands_on_a_customer_agrees_with_its_orders_and_addresses(shop):
    made = kept()
    for customer in Customer.objects.shoppers():
        recount(customer)
        customer.refresh_from_db()
        customer.refresh_derived_fields()
    assert kept() == made


def test_where_an_order_stands_agrees_with_its_payments(shop):
    kept = [(order.paid, order.refunded, order.payment_state) for order in Order.objects.order_by("pk")]
    for order in Order.objects.all():
        refresh(order)
    assert [(order.paid, order.refunded, order.payment_state) for order in Order.objects.order_by("pk")] == kept


def test_the_command_that_checks_counters_finds_nothing(shop):
    call_command("recount_customers", "--check", stdout=StringIO())


def test_numbers_go_by_the_moment_an_order_was_placed(shop):
    by_moment = Order.objects.order_by("placed_at", "id").values_list("number", flat=True)
    assert list(by_moment) == [str(10_001 + place) for place in range(2 * CUSTOMERS)]


def test_the_shop_goes_on_from_there(shop, client):
    customer = Customer.objects.create(email="new@post.example", first_name="Nina")
    order = Order.objects.create(number="99999", customer=customer, language="nl", payment_method="invoice")
    assert (customer.pk > CUSTOMERS, order.pk > 2 * CUSTOMERS) == (True, True)
    assert list(customer.history.values_list("field", flat=True)) == ["created"]


def test_the_same_data_are_made_every_time():
    once, again = people.people(CUSTOMERS), people.people(CUSTOMERS)
    methods = [(1, "Parcel"), (2, "Parcel point"), (3, "Pick-up")]
    assert list(order_rows(Purchases(once), methods)) == list(order_rows(Purchases(again), methods))
    assert once == again


def test_every_tenth_customer_is_a_company_and_some_names_are_common():
    everybody = people.people(5_000)
    texts = [fold(f"{person.last_name} {person.email}") for person in everybody]
    companies = sum(bool(person.company) for person in everybody)
    shares = [round(100 * sum(part in text for text in texts) / len(texts)) for part in ("jans", "muller", "quackel")]
    assert (round(100 * companies / len(everybody)), shares) == (12, [4, 2, 0])
