"""Numbers of documents when many write at the same moment: real connections, so PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection, transaction

from orders.documents.issue import issue_credit_note, issue_invoice
from orders.documents.left import Taken
from orders.models import Document, Order
from shopadmin.models import StoreSettings
from tests.factories import OrderFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def work(order: Order) -> None:
    """Issue an invoice and two credit notes; each is rolled back once before it stays."""
    try:
        invoice = twice(lambda: issue_invoice(Order.objects.get(pk=order.pk)))
        twice(lambda: issue_credit_note(invoice, lines={0: Taken(1)}))
        twice(lambda: issue_credit_note(invoice, amount=Decimal("5.00")))
    finally:
        connection.close()


def twice(deed) -> Document:
    with transaction.atomic():
        deed()
        transaction.set_rollback(True)
    return deed()


def test_eight_writers_who_roll_back_leave_no_gaps_and_no_doubles():
    StoreSettings.current()
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, [OrderFactory() for _number in range(8)]))
    numbers = Document.objects.order_by("number").values_list("number", flat=True)
    year = numbers[0][:4]
    assert sorted(numbers) == [f"{year}-{number:05}" for number in range(1, 9)] + [
        f"C{year}-{number:05}" for number in range(1, 17)
    ]


def test_a_form_sent_eight_times_at_once_credits_once():
    StoreSettings.current()
    invoice = issue_invoice(OrderFactory())
    key = invoice.order.key

    def press(_number: int) -> Document:
        try:
            return issue_credit_note(Document.objects.get(pk=invoice.pk), amount=Decimal("1.00"), key=key)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert len({note.pk for note in threads.map(press, range(8))}) == 1
