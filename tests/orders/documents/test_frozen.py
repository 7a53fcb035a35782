"""What was issued stays as it is, whoever asks the database to change it and whatever changes around it."""

import logging

import pytest
from django.core.checks import run_checks
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from customers.models.history import ActorKind
from customers.privacy.erasure.erasure import erase
from orders.documents import frozen, issue
from orders.documents.files import pdf_of, store_what_is_missing
from orders.documents.issue import issue_credit_note, issue_invoice
from orders.models import Document, Order
from tests.factories import OrderFactory
from tests.orders.documents.pdfs import stored

CHANGES = {
    "a number": "UPDATE orders_document SET number = 'X'",
    "a total": "UPDATE orders_document SET total = total + 1",
    "what it says": "UPDATE orders_document SET content = '{}'",
    "its file": "UPDATE orders_document SET path = 'x', sha256 = 'x'",
    "who issued it, for somebody else": "UPDATE orders_document SET by_id = (SELECT MIN(id) FROM customers_customer)",
    "deleting it": "DELETE FROM orders_document",
}
SQLITE = {
    "replacing it": "REPLACE INTO orders_document SELECT * FROM orders_document",
    "updating or replacing": "UPDATE OR REPLACE orders_document SET id = id + 1",
    "replacing it by number": "INSERT OR REPLACE INTO orders_document SELECT id + 9, kind, number, issued_at, "
    "language, total, currency, content, path, sha256, size, by_id, credits_id, order_id, key FROM orders_document",
}
POSTGRESQL = {
    "emptying the table": "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE orders_document",
    "an upsert": "INSERT INTO orders_document SELECT * FROM orders_document ON CONFLICT (id) DO UPDATE SET total = 0",
}


@pytest.fixture
def invoice(store, ines, mara) -> Document:
    return stored(issue_invoice(OrderFactory(customer=ines, number="W10479"), by=mara))


@pytest.mark.parametrize("change", [*CHANGES, *SQLITE, *POSTGRESQL])
def test_the_database_refuses(invoice, change):
    statements = CHANGES | (SQLITE if connection.vendor == "sqlite" else POSTGRESQL)
    if change not in statements:
        return
    with pytest.raises(IntegrityError, match=frozen.REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statements[change])
    assert Document.objects.get().content == invoice.content


def test_a_new_one_is_told_once_which_pdf_it_got(store, mara):
    fresh = issue_invoice(OrderFactory(), by=mara)
    pdf = pdf_of(fresh)
    assert Document.objects.get().sha256 == ""
    with pytest.raises(IntegrityError, match=frozen.REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE orders_document SET sha256 = 'x', total = 0")
    store_what_is_missing.func(fresh.pk)
    made = Document.objects.get()
    assert (made.by, made.size, storages["documents"].exists(made.path), pdf_of(made)) == (mara, len(pdf), True, pdf)
    assert not Document.objects.filter(pk=made.pk).keep_file(path="x", sha256="x", size=1)


def test_a_colleague_who_issued_one_can_be_erased(invoice, mara):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE orders_document SET by_id = NULL")
    assert Document.objects.get().by is None


def test_a_purge_deletes_what_is_past_its_retention_and_the_next_change_is_refused(invoice, ines):
    with transaction.atomic(), frozen.purging():
        Document.objects.filter(pk=invoice.pk).purge()
    assert not Document.objects.exists()
    issue_invoice(Order.objects.get())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CHANGES["deleting it"])


def test_migrate_puts_the_triggers_back_and_the_check_says_when_one_is_missing(db, capsys):
    frozen.TRIGGERS.drop()
    found = [message.id for message in run_checks(include_deployment_checks=True, databases=["default"])]
    assert "orders.E001" in found
    call_command("migrate", verbosity=0)
    assert frozen.TRIGGERS.missing() == set()


def test_it_is_the_same_to_the_byte_after_everything_around_it_changed(invoice, store, ines):
    note, before = stored(issue_credit_note(invoice)), {}
    for document in (invoice, note):
        before[document.pk] = pdf_of(document)
    order = Order.objects.get()
    order.lines.update(name="Something else")
    order.addresses.update(city="Amsterdam")
    Order.objects.update(first_name="Somebody", language="de")
    store.name, store.iban, store.vat_number = "Other", "DE02120300000000202051", "DE123456788"
    store.save()
    erase(ines, by=ActorKind.SHOPPER, notify=False)
    for document in Document.objects.all():
        assert pdf_of(document) == before[document.pk]
        storages["documents"].delete(document.path)
        assert pdf_of(document) == before[document.pk]


def test_a_file_that_is_lost_is_made_again_and_kept_which_is_logged(invoice, caplog):
    storages["documents"].delete(invoice.path)
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        pdf_of(invoice)
    assert caplog.messages == [f"The file of document {invoice.number} was missing, and was made again"]
    assert storages["documents"].exists(invoice.path)


def test_a_file_that_was_tampered_with_is_made_again(invoice, caplog):
    before = pdf_of(invoice)
    storages["documents"].save(invoice.path, ContentFile(b"%PDF-forged"))
    caplog.clear()
    assert pdf_of(invoice) == before
    assert caplog.messages == [f"The file of document {invoice.number} was damaged, and was made again"]


def test_nothing_is_issued_without_the_shops_number_which_is_said_at_the_button(
    as_mara, store, ines, monkeypatch, shops_may_invoice
):
    monkeypatch.setattr(issue, "lacks_number", shops_may_invoice)
    OrderFactory(customer=ines, number="W10479")
    url = "/backoffice/orders/W10479/invoices/"
    assert "Your shop has no VAT or tax number yet" in as_mara.get(url).content.decode()
    as_mara.post(url)
    assert not Document.objects.exists()
    store.vat_number = "NL001234567B01"
    store.save()
    as_mara.post(url)
    assert Document.objects.count() == 1


def test_no_payment_fails_for_want_of_a_number(store, ines, monkeypatch, shops_may_invoice):
    monkeypatch.setattr(issue, "lacks_number", shops_may_invoice)
    store.invoice_when = "paid"
    store.save()
    issue.issue_when(store.invoice_when, OrderFactory(customer=ines))
    assert not Document.objects.exists()
