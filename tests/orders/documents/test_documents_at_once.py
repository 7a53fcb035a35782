"""Numbers of documents when many write at the same moment: real connections, so PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from decimal import Decimal
from threading import Event

import pytest
from django.db import connection, transaction

from orders.documents import files, frozen
from orders.documents.issue import issue_credit_note, issue_invoice
from orders.documents.remaining_lines import LinePart
from orders.models import Document, Order
from shopadmin.models import StoreSettings
from tests.factories import OrderFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def work(order: Order) -> None:
    """Issue an invoice and two credit notes; each is rolled back once before it stays."""
    try:
        invoice = twice(lambda: issue_invoice(Order.objects.get(pk=order.pk)))
        twice(lambda: issue_credit_note(invoice, lines={0: LinePart(1)}))
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


def issue(order: Order) -> Document:
    try:
        return issue_invoice(order)
    finally:
        connection.close()


class SlowFirst:
    """Typesetting that takes the first invoice as long as a test wants it to."""

    def __init__(self) -> None:
        self.set_in_type, self.is_begun, self.may_go_on = files.pdf_of_content, Event(), Event()

    def __call__(self, content: dict, at: datetime) -> bytes:
        if content["number"].endswith("-00001"):
            self.is_begun.set()
            assert self.may_go_on.wait(20)
        return self.set_in_type(content, at)


def test_nobody_waits_while_another_invoice_is_set_in_type(monkeypatch):
    StoreSettings.current()
    slow, quick, typesetting = OrderFactory(), OrderFactory(), SlowFirst()
    monkeypatch.setattr(files, "pdf_of_content", typesetting)
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(issue, slow)
        assert typesetting.is_begun.wait(20)
        second = issue_invoice(quick)
        typesetting.may_go_on.set()
    numbers = [first.result().number, second.number]
    assert [number[-6:] for number in numbers] == ["-00001", "-00002"]
    assert [bool(document.sha256) for document in Document.objects.order_by("number")] == [True, True]


def test_two_who_make_the_pdf_at_once_keep_one():
    StoreSettings.current()
    invoice = issue_invoice(OrderFactory())

    def make(_number: int) -> None:
        try:
            files.store_what_is_missing.func(invoice.pk)
        finally:
            connection.close()

    with connection.cursor() as cursor:
        frozen.TRIGGERS.drop()
        cursor.execute("UPDATE orders_document SET path = '', sha256 = '', size = 0")
        frozen.TRIGGERS.install()
    with ThreadPoolExecutor(4) as threads:
        assert [*threads.map(make, range(4))] == [None] * 4
    kept = Document.objects.get()
    assert (kept.path, kept.size, len(files.pdf_of(kept))) == (invoice.path, invoice.size, invoice.size)
