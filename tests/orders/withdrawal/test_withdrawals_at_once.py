"""A withdrawal that is answered while another one arrives: real connections, so PostgreSQL."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection, transaction

from orders.models import Order, WithdrawalNotice
from orders.withdrawal.notices import answer, receive
from shopadmin.models import StoreSettings
from tests.factories import CustomerFactory, OrderFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def stated(order: Order) -> WithdrawalNotice:
    statement = {"key": str(uuid4()), "name": "Ines", "order_number": order.number, "email": order.email}
    return receive(statement, language="en")


def answered(notice: WithdrawalNotice) -> None:
    """Answer it on a connection of its own."""
    try:
        answer(WithdrawalNotice.objects.get(pk=notice.pk), by=CustomerFactory())
    finally:
        connection.close()


def wait_until_somebody_waits() -> None:
    until = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)


def test_a_notice_that_arrives_while_another_is_answered_waits_for_its_own_answer():
    StoreSettings.current()
    order = OrderFactory()
    first = stated(order)
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            stated(order)
            answering = thread.submit(answered, first)
            wait_until_somebody_waits()
        answering.result()
    order.refresh_from_db()
    assert (order.withdrawals.unanswered().count(), order.withdrawal_waits) == (1, True)
