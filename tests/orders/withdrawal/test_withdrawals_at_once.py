"""A withdrawal that is answered while another one arrives: real connections, so PostgreSQL."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection, transaction

from orders.models import WithdrawalNotice
from orders.withdrawal.notices import answer, receive
from shopadmin.models import StoreSettings
from tests.factories import CustomerFactory, OrderFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def test_a_notice_that_arrives_while_another_is_answered_waits_for_its_own_answer():
    StoreSettings.current()
    order, mara = OrderFactory(number="W10479"), CustomerFactory()

    def stated() -> WithdrawalNotice:
        statement = {"key": str(uuid4()), "name": "Ines", "order_number": "W10479", "email": order.email}
        return receive(statement, language="en")

    def answered(notice: WithdrawalNotice) -> None:
        try:
            answer(notice, by=mara)
        finally:
            connection.close()

    first = stated()
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            stated()
            answering = thread.submit(answered, WithdrawalNotice.objects.get(pk=first.pk))
            until = time.monotonic() + 10
            while not somebody_waits() and time.monotonic() < until:
                time.sleep(0.01)
        answering.result()
    order.refresh_from_db()
    assert (order.withdrawals.unanswered().count(), order.withdrawal_waits) == (1, True)
