"""Issuing invoices and credit notes, and getting them."""

import pytest

from orders.documents.issue import issue_invoice
from orders.handling.cancellation import cancel
from orders.models import Document, Order
from orders.withdrawal.acceptance import accept_withdrawal
from shopadmin.models import Mail
from tests.factories import OrderFactory
from tests.shown_page import filled

pytestmark = pytest.mark.any_database
ORDER = "/backoffice/orders/W10479/"
INVOICES, CREDIT_NOTES = f"{ORDER}invoices/", f"{ORDER}credit-notes/"


@pytest.fixture
def order(ines) -> Order:
    return OrderFactory(customer=ines, number="W10479")


@pytest.mark.parametrize("url", [INVOICES, CREDIT_NOTES])
def test_who_only_looks_issues_nothing(client, rosa, order, store, url):
    client.force_login(rosa)
    assert client.post(url).status_code == 403
    assert not Document.objects.exists()


def test_looking_at_the_questions_issues_nothing(as_mara, order):
    assert [as_mara.get(url).status_code for url in (INVOICES, CREDIT_NOTES)] == [200, 200]
    assert not Document.objects.exists()


def test_an_invoice_goes_to_the_shopper_with_its_pdf(as_mara, mara, order):
    assert as_mara.post(INVOICES)["Location"] == ORDER
    invoice, mail = Document.objects.get(), Mail.objects.get()
    assert (invoice.kind, invoice.by) == ("invoice", mara)
    assert (mail.name, mail.to, mail.language) == ("invoice_issued", "ines@vandermeulen.example", "nl")
    assert mail.attachments == [invoice.attachment]


def test_a_second_invoice_is_refused(as_mara, order):
    as_mara.post(INVOICES)
    response = as_mara.post(INVOICES)
    assert "This order already has an invoice" in response.content.decode()
    assert "<title>Error: " in response.content.decode()
    assert Document.objects.count() == 1


def test_a_credit_note_takes_the_invoice_back(as_mara, order):
    invoice = issue_invoice(order)
    sent = filled(as_mara.get(CREDIT_NOTES), "order-form")
    assert as_mara.post(CREDIT_NOTES, sent)["Location"] == ORDER
    note = Document.objects.get(kind="credit_note")
    assert (note.credits, note.total) == (invoice, invoice.total)
    assert Mail.objects.latest("id").attachments == [note.attachment]


def test_there_is_nothing_to_credit_without_an_invoice(as_mara, order):
    response = as_mara.post(CREDIT_NOTES)
    assert "This order has no invoice that can be credited." in response.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize("end", [cancel, accept_withdrawal])
def test_a_cancelled_or_withdrawn_order_gets_no_invoice(as_mara, order, end):
    end(order)
    assert INVOICES not in as_mara.get(ORDER).content.decode()
    assert "A cancelled or withdrawn order cannot be invoiced" in as_mara.post(INVOICES).content.decode()
    assert not Document.objects.exists()


def test_who_only_looks_gets_the_pdf_to_save(client, rosa, order, store):
    client.force_login(rosa)
    invoice = issue_invoice(order)
    response = client.get(f"{ORDER}documents/{invoice.number}/")
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{invoice.number}.pdf"'
    assert (response["X-Content-Type-Options"], response["X-Robots-Tag"]) == ("nosniff", "noindex")
    assert "no-store" in response["Cache-Control"]


def test_a_paper_stands_below_its_own_order_only(as_mara, order):
    invoice, other = issue_invoice(order), OrderFactory()
    assert as_mara.get(f"/backoffice/orders/{other.number}/documents/{invoice.number}/").status_code == 404
    assert as_mara.get(f"{ORDER}documents/2026-99999/").status_code == 404


def test_papers_of_somebody_erased_are_for_the_owner(client, sam, mara, order, store):
    invoice = issue_invoice(order)
    Order.objects.update(customer=None, erased_at=order.placed_at, state="completed")
    url = f"{ORDER}documents/{invoice.number}/"
    client.force_login(sam)
    assert client.get(url).status_code == 403
    client.force_login(mara)
    assert client.get(url).status_code == 200


def test_papers_of_an_order_under_way_are_for_all_staff(client, sam, order, store):
    invoice = issue_invoice(order)
    Order.objects.update(customer=None, erased_at=order.placed_at)
    client.force_login(sam)
    assert client.get(f"{ORDER}documents/{invoice.number}/").status_code == 200


def test_the_shopper_gets_it_at_once(as_mara, client, order, ines):
    as_mara.post(INVOICES)
    client.force_login(ines)
    number = Document.objects.get().number
    assert f"/account/orders/W10479/{number}.pdf" in client.get("/account/orders/W10479/").content.decode()


def test_the_questions_do_not_name_somebody_erased(client, sam, order, store):
    issue_invoice(order)
    Order.objects.update(customer=None, erased_at=order.placed_at, state="completed")
    client.force_login(sam)
    assert "vandermeulen" not in client.get(INVOICES).content.decode()
    assert "vandermeulen" not in client.get(CREDIT_NOTES).content.decode()


def test_the_question_says_who_gets_the_invoice_of_an_order_under_way(client, sam, order, store):
    Order.objects.update(customer=None, erased_at=order.placed_at)
    client.force_login(sam)
    assert "ines@<wbr>vandermeulen.example" in client.get(INVOICES).content.decode()
