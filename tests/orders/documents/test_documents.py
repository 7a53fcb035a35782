"""Invoices and credit notes: numbers, content, PDF."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.core.files.storage import storages
from django.db import transaction

from orders.documents.files import pdf_of
from orders.documents.issue import issue_credit_note, issue_invoice
from orders.handling.errors import OrderError
from orders.handling.payments import enter_payment
from orders.handling.shipping import ship
from orders.models import Document, Order
from orders.models.document import DocumentIsFrozen
from tests.factories import OrderFactory
from tests.orders.documents.pdfs import stored, text_of


@pytest.fixture
def order(store, ines) -> Order:
    store.street, store.postcode, store.city = "Oudegracht 214", "3511 NR", "Utrecht"
    store.iban, store.vat_number, store.coc_number = "NL91ABNA0417164300", "NL001234567B01", "30274815"
    store.save()
    return OrderFactory(customer=ines, language="en", number="W10479")


@pytest.fixture
def year(monkeypatch):
    monkeypatch.setattr("orders.documents.issue.timezone.localdate", lambda now=None: date(2026, 11, 19))


def test_an_invoice_shows_what_the_law_wants(order, year):
    text = text_of(issue_invoice(order))
    for words in (
        "Invoice 2026-00001", "Veld & Vorm", "Oudegracht 214", "Ines van der Meulen", "3511 AW Utrecht", "19 Nov 2026",
        "W10479", "Stacking mug", "VV-118", "€16.50", "21%", "€31.36", "€6.59", "€37.95", "NL001234567B01", "30274815",
        "NL91 ABNA 0417 1643 00", "Amount due by 3 Dec 2026: €37.95.",
    ):  # fmt: skip
        assert words in text, words


def test_what_is_paid_is_not_asked_for(order):
    enter_payment(order, amount=Decimal("37.95"))
    text = text_of(issue_invoice(order))
    assert "Paid: Bank transfer in advance. Thank you." in text
    assert "Amount due" not in text


def test_it_speaks_the_language_of_the_order(order):
    order.language = "nl"
    order.save()
    invoice = issue_invoice(order)
    assert invoice.language == invoice.content["paper"]["lang"] == "nl"
    assert "€ 37,95" in text_of(invoice).replace("\xa0", " ")


def test_a_german_in_austria_gets_everything_in_german_whoever_issues_it(as_mara, order, store):
    as_mara.cookies["language"] = "en"
    store.contact_email = "winkel@veldenvorm.example"
    store.save()
    Order.objects.update(language="de", delivery_name="Paket")
    order.addresses.update(country="AT", postcode="1010", city="Wien")
    as_mara.post("/backoffice/orders/W10479/invoices/")
    issue_credit_note(Document.objects.get())
    for document in Document.objects.all():
        text = text_of(document)
        assert [word for word in ("Österreich", "Niederlande", "37,95", "Versand: Paket") if word not in text] == []
        assert [word for word in ("Austria", "Netherlands", "Bank transfer", "Delivery") if word in text] == []


def test_an_email_address_can_be_copied_out_of_the_footer(order, store):
    store.contact_email = "winkel@veldenvorm.example"
    store.save()
    assert "winkel@veldenvorm.example" in text_of(issue_invoice(order)).split()


def test_the_iban_stands_in_groups_of_four(order):
    assert text_of(issue_invoice(order)).count("NL91 ABNA 0417 1643 00") == 2


@pytest.mark.parametrize(
    "name", ['#panic("x")', "$a$ *b* _c_ `d` <e> @f", r"\u{41} \" ' // /* */ z", "= Heading", "#set page(fill: red)"]
)
def test_what_somebody_typed_is_printed_as_it_stands(order, name):
    order.lines.update(name=name)
    Order.objects.filter(pk=order.pk).update(company_name=name)
    invoice = issue_invoice(Order.objects.get())
    assert text_of(invoice).count(name) == 2


@pytest.mark.parametrize("name", ["王小明", "🙂", "x" * 120, "\ue000"])
def test_a_name_that_no_font_has_or_no_column_holds_gets_its_invoice(order, name):
    order.lines.update(name=name)
    assert pdf_of(issue_invoice(order)).startswith(b"%PDF-")


def test_a_year_counts_from_one_and_credit_notes_count_by_themselves(store, year):
    invoices = [issue_invoice(OrderFactory()) for _number in range(2)]
    notes = [issue_credit_note(invoice) for invoice in invoices]
    assert [paper.number for paper in (*invoices, *notes)] == [
        "2026-00001", "2026-00002", "C2026-00001", "C2026-00002",
    ]  # fmt: skip


def test_invoices_and_credit_notes_have_the_prefixes_of_the_settings(as_mara, store, year):
    before = issue_invoice(OrderFactory())
    typed = {"invoice_prefix": "re", "credit_note_prefix": "rk", "invoice_when": "by_hand"}
    as_mara.post("/backoffice/settings/orders/", typed)
    invoice = issue_invoice(OrderFactory())
    papers = [before, invoice, issue_credit_note(invoice), issue_invoice(OrderFactory())]
    assert [paper.number for paper in papers] == ["2026-00001", "RE2026-00001", "RK2026-00001", "RE2026-00002"]


def test_what_is_rolled_back_leaves_no_gap(order, year):
    with transaction.atomic():
        issue_invoice(order)
        transaction.set_rollback(True)
    assert issue_invoice(order).number == "2026-00001"
    assert text_of(Document.objects.get()).count("2026-00001") >= 1


def test_what_was_issued_never_changes(order):
    invoice = issue_invoice(order)
    invoice.total = 1
    with pytest.raises(DocumentIsFrozen):
        invoice.save()
    order.lines.update(name="Something else")
    assert "Stacking mug" in text_of(Document.objects.get())


def test_what_was_issued_is_deleted_by_a_purge_alone(order):
    invoice = issue_invoice(order)
    for change in (invoice.delete, Document.objects.all().delete, partial(order.documents.update, total=1)):
        with pytest.raises(DocumentIsFrozen):
            change()
    assert Document.objects.get().total == Decimal("37.95")


def test_a_lost_file_is_made_again(order):
    invoice = stored(issue_invoice(order))
    before = pdf_of(invoice)
    storages["documents"].delete(invoice.path)
    assert pdf_of(invoice) == before


def test_an_order_has_one_invoice_until_it_is_credited(order):
    invoice = issue_invoice(order)
    with pytest.raises(OrderError):
        issue_invoice(order)
    note = issue_credit_note(invoice)
    with pytest.raises(OrderError):
        issue_credit_note(invoice)
    with pytest.raises(OrderError):
        issue_credit_note(note)
    assert issue_invoice(order).total == Decimal("37.95")


def test_a_credit_note_repeats_the_invoice_it_takes_back(order):
    invoice = issue_invoice(order)
    order.lines.update(name="Something else")
    text = text_of(issue_credit_note(invoice))
    assert f"cancels invoice {invoice.number}" in text
    assert "Stacking mug" in text
    assert "Amount due" not in text


@pytest.mark.parametrize("when", ["by_hand", "paid", "shipped"])
def test_the_settings_say_when_invoices_are_made(order, store, when):
    store.invoice_when = when
    store.save()
    enter_payment(order, amount=Decimal("37.95"))
    assert order.documents.count() == (when == "paid")
    ship(order, quantities={order.lines.get(): 1}, carrier="dhl")
    assert order.documents.count() == (when == "paid")
    ship(order, quantities={order.lines.get(): 1}, carrier="dhl")
    assert order.documents.count() == (when != "by_hand")
