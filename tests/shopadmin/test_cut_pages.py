"""The connection is cut while a page is asked for: one that says so, and nothing is done by halves."""

import psycopg
import pytest
from django.db import connection

from orders.models import Order
from tests.cutting import Between, Commits, Statements
from tests.factories import OrderFactory
from tests.shopadmin.worker.worker_process import address_of_the_database
from tests.shown_page import filled

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LIST = "/backoffice/customers/?status=registered"


@pytest.fixture
def staff(as_mara, ines):
    """Mara's browser, in which the server behaves as it does for everybody."""
    as_mara.raise_request_exception = False
    return as_mara


def is_said(response) -> bool:
    """Whether a page says to try again in a minute."""
    return (response.status_code, response.headers.get("Retry-After")) == (503, "60")


@pytest.mark.parametrize("at", [Statements, Between])
def test_whichever_statement_a_list_was_at(staff, at):
    with at().watched() as undisturbed:
        assert staff.get(LIST).status_code == 200
    assert undisturbed.count > 3
    for number in range(1, undisturbed.count):
        with at(number).watched():
            assert is_said(staff.get(LIST)), number
        connection.close()  # as at the end of each request
        assert staff.get(LIST).status_code == 200


def recorded(number: int) -> tuple[int, int, str]:
    """How many payments an order has, how often its timeline says so, and its status."""
    order = Order.objects.get(number=f"W{number}")
    return order.payments.count(), order.events.filter(kind="payment").count(), order.payment_state


@pytest.mark.parametrize("at", [Statements, Commits])
def test_a_payment_is_recorded_with_all_that_belongs_to_it_or_not_at_all(staff, at):
    """And sent once more it is there once, whichever statement or commit it was at."""
    count = number = 0
    while number <= count:
        OrderFactory(number=f"W{number}")
        page = f"/backoffice/orders/W{number}/payments/"
        sent = filled(staff.get(page), "order-form")
        with at(number).watched() as disturbed:  # nothing is cut at first
            response = staff.post(page, sent)
        connection.close()
        assert is_said(response) or response.status_code == 302, number
        assert recorded(number) in {(0, 0, "unpaid"), (1, 1, "paid")}
        assert staff.post(page, sent).status_code == 302
        assert recorded(number) == (1, 1, "paid")
        count, number = count or disturbed.count, number + 1
    assert count > (0 if at is Commits else 10)


def test_what_somebody_else_holds_for_too_long_is_not_waited_for(staff):
    order = OrderFactory(number="W1")
    sent = filled(staff.get("/backoffice/orders/W1/payments/"), "order-form")
    with psycopg.connect(address_of_the_database()) as other:
        other.execute("SELECT 1 FROM orders_order WHERE id = %s FOR UPDATE", [order.pk])
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        assert is_said(staff.post("/backoffice/orders/W1/payments/", sent))
    connection.close()
    assert recorded(1) == (0, 0, "unpaid")
