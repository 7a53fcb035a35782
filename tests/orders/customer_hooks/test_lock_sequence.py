"""Two at the same moment who need an order, its products and its customer: one waits, and neither fails."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from customers.merging.merge import merge, undo
from customers.models import Customer, Merge
from customers.models.history import ActorKind
from customers.privacy.erasure.erasure import erase
from orders.editing.edit import edit
from orders.editing.edited import Wanted
from orders.handling.cancellation import cancel
from orders.handling.payments import enter_payment
from orders.handling.refunds import RefundedLine, refund
from orders.models import Order, Product
from shopadmin.models import StoreSettings
from tests.factories import CustomerFactory, DeliveryMethodFactory, OrderFactory, ProductFactory
from tests.orders.shopping import come_to_the_review

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

# The start of a statement that locks rows of a table.
LOCKING = r'SELECT .* FROM "{}" .* FOR NO KEY UPDATE'
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid"


@pytest.fixture(autouse=True)
def shop():
    StoreSettings(name="Veld & Vorm", languages=["en"]).save()


@contextmanager
def starting(other, *, before: str) -> Iterator[list[Future]]:
    """Start `other` on a connection of its own as soon as this one is about to run such a statement (its start).

    Goes on once the other is done or waits for this one, so that each then holds what it can.
    """
    started: list[Future] = []

    def alone():
        try:
            return other()
        finally:
            connection.close()

    def start_first(execute, sql, *rest):
        if re.match(before, sql) and not started:
            started.append(threads.submit(alone))
            wait_for(started[0])
        return execute(sql, *rest)

    with ThreadPoolExecutor(1) as threads, connection.execute_wrapper(start_first):
        yield started


def wait_for(other: Future) -> None:
    deadline = time.monotonic() + 10
    with connection.cursor() as cursor:
        while not other.done():
            assert time.monotonic() < deadline
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)


def be_erased(gus: Customer, ines: Customer) -> None:
    erase(gus, by=ActorKind.SHOPPER, notify=False, actor=gus)


def be_merged(gus: Customer, ines: Customer) -> None:
    merge(ines, gus, choices={}, by=None)


def be_parted(gus: Customer, ines: Customer) -> None:
    undo(Merge.objects.get(kept=gus), by=None)


@pytest.mark.parametrize(("deed", "owner"), [(be_erased, None), (be_merged, "Ines"), (be_parted, "Otto")])
def test_who_changes_a_customer_waits_while_their_order_is_handled(deed, owner):
    gus, ines, otto = (CustomerFactory(first_name=name) for name in ("Gus", "Ines", "Otto"))
    number = OrderFactory(customer=otto).number
    merge(gus, otto, choices={}, by=None)
    order = Order.objects.get(number=number)
    with starting(lambda: deed(gus, ines), before=LOCKING.format("customers_customer")) as started:
        cancel(order)
    started[0].result()
    order = Order.objects.get(number=number)
    assert (order.state, order.customer and order.customer.first_name) == (Order.State.CANCELLED, owner)


def be_edited(order: Order) -> None:
    edit(order, Wanted(quantities={line.pk: line.quantity + 1 for line in order.lines.all()}))


def be_refunded(order: Order) -> None:
    refund(order, lines={0: RefundedLine(1, restock=True)})


@pytest.mark.parametrize(
    ("deed", "before", "stock"),
    [(be_edited, LOCKING.format("orders_product"), 1), (be_refunded, 'UPDATE "orders_product"', 3)],
)
def test_an_order_is_placed_while_another_one_of_its_customer_is_handled(deed, before, stock):
    mug, order = ProductFactory(stock=3), OrderFactory()
    order.lines.update(product=mug)
    enter_payment(order, amount=order.total)
    shopper = Client()
    inputs = come_to_the_review(shopper, mug, DeliveryMethodFactory(), email=order.email)
    order = Order.objects.get(pk=order.pk)
    with starting(lambda: shopper.post("/checkout/review/", inputs), before=before) as started:
        deed(order)
    assert started[0].result().status_code == 302
    assert (Product.objects.get().stock, Customer.objects.get().orders_count) == (stock, 2)
