"""Orders at the same moment keep the sums right, and none waits for another's transaction."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection, transaction

from orders.dashboard.sales_count import count_anew, differences, keep_daily_sales
from orders.models import DailySales
from shopadmin.models import StoreSettings
from tests.factories import OrderFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
SHOPPERS = 8


@pytest.fixture(autouse=True)
def on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set DATABASE_URL=postgres://…")
    StoreSettings(name="Veld & Vorm").save()


def at_once(*acts) -> None:
    """Each act in a thread with a connection of its own."""

    def do(act) -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        list(threads.map(do, acts))


def test_eight_orders_of_a_day_are_written_before_any_of_them_is_committed():
    all_are_written = Barrier(SHOPPERS)

    def place() -> None:
        with transaction.atomic():
            OrderFactory(total=Decimal("10.00"))
            all_are_written.wait(timeout=20)

    at_once(*[place] * SHOPPERS)
    [(_day, revenue, orders, registered, guests)] = DailySales.objects.by_day()
    assert (revenue, orders, registered, guests) == (Decimal("80.00"), SHOPPERS, 0, SHOPPERS)


def test_orders_that_come_while_workers_fold_and_count_are_counted_once():
    def place() -> None:
        for _number in range(10):
            OrderFactory(total=Decimal("1.00"))

    def keep() -> None:
        for _number in range(10):
            keep_daily_sales()
            count_anew()

    at_once(place, keep, place, keep)
    [(_day, revenue, orders, *_customers)] = DailySales.objects.by_day()
    assert (revenue, orders, list(differences())) == (Decimal("20.00"), 20, [])
