"""Several people at the same moment: real connections, so PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection

from orders.documents.issue import issue_invoice
from orders.handling.cancellation import cancel
from orders.handling.errors import OrderError
from orders.handling.payments import enter_payment
from orders.handling.shipping import ship
from orders.models import Document, Order, Payment
from shopadmin.models import StoreSettings
from tests.factories import OrderFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def shop():
    return StoreSettings.current()


def at_once(deed, things: list) -> list:
    """What each gives, or the OrderError that it ends on; each on a connection of its own."""

    def alone(thing):
        try:
            return deed(thing)
        except OrderError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(things)) as threads:
        return list(threads.map(alone, things))


def test_invoices_issued_at_once_have_numbers_without_gaps():
    at_once(issue_invoice, [OrderFactory() for _number in range(8)])
    numbers = sorted(int(number[5:]) for number in Document.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 9))


def test_two_staff_issue_one_invoice_for_an_order():
    order = OrderFactory()
    at_once(issue_invoice, [Order.objects.get(pk=order.pk) for _press in range(4)])
    assert Document.objects.count() == 1


def test_a_form_sent_four_times_enters_one_payment():
    order, key = OrderFactory(), uuid4()
    orders = [Order.objects.get(pk=order.pk) for _press in range(4)]
    at_once(lambda order: enter_payment(order, amount=Decimal("10.00"), key=key), orders)
    assert Payment.objects.count() == 1
    assert Order.objects.get().paid == Decimal("10.00")


def test_payments_entered_at_once_never_exceed_the_total():
    order = OrderFactory()
    orders = [Order.objects.get(pk=order.pk) for _person in range(4)]
    results = at_once(lambda order: enter_payment(order, amount=Decimal("37.95")), orders)
    assert sum(isinstance(result, OrderError) for result in results) == 3
    assert Order.objects.get().paid == Decimal("37.95")


def test_cancelling_and_sending_at_once_do_one_of_them():
    order = OrderFactory()
    deeds = [cancel, lambda o: ship(o, quantities={o.lines.get(): 2}, carrier="dhl")]
    results = at_once(lambda deed: deed(Order.objects.get(pk=order.pk)), deeds)
    assert sum(isinstance(result, OrderError) for result in results) == 1
