"""Calling an order off."""

from decimal import Decimal

import pytest

from orders.documents.issue import issue_credit_note, issue_invoice
from orders.documents.standing import standing_invoice
from orders.handling.payments import enter_payment
from orders.handling.shipping import ship
from orders.models import Document, Order
from shopadmin.models import Mail
from tests.factories import OrderFactory
from tests.shown_page import error_summary, errors

pytestmark = pytest.mark.any_database
URL = "/backoffice/orders/W10479/cancellation/"


@pytest.fixture
def order(ines) -> Order:
    return OrderFactory(customer=ines, number="W10479")


def state_of(order: Order) -> str:
    order.refresh_from_db()
    return order.state


def test_who_only_looks_cancels_nothing(client, rosa, order, store):
    client.force_login(rosa)
    assert client.post(URL).status_code == 403
    assert state_of(order) == "open"


def test_looking_at_the_question_changes_nothing(as_mara, order):
    assert as_mara.get(URL).status_code == 200
    assert state_of(order) == "open"


def test_it_works_without_a_reason(as_mara, order):
    assert as_mara.post(URL)["Location"] == "/backoffice/orders/W10479/"
    assert state_of(order) == "cancelled"


def test_both_sides_are_told_with_the_reason_for_the_shopper(as_mara, order):
    enter_payment(order, amount=Decimal("10.00"))
    as_mara.post(URL, {"reason": "Out of <clay> & glaze"})
    shopper, merchant = Mail.objects.order_by("id")
    assert (shopper.name, shopper.to) == ("order_cancelled", "ines@vandermeulen.example")
    assert "Out of <clay> & glaze" in shopper.text
    assert "<clay>" not in shopper.html
    assert (merchant.name, merchant.to) == ("order_cancelled_merchant", "merchant@shop.example")


def test_no_invoice_outlives_its_order(as_mara, mara, order):
    invoice = issue_invoice(order)
    assert f"Invoice {invoice.number} is cancelled by a credit note" in " ".join(
        as_mara.get(URL).content.decode().split()
    )
    as_mara.post(URL)
    note = Document.objects.get(kind="credit_note")
    assert (note.credits, note.total, note.by, standing_invoice(order)) == (invoice, invoice.total, mara, None)
    assert Mail.objects.get(name="credit_note_issued").attachments == [note.attachment]
    assert Order.objects.get().payment_state == "no_payment_due"


def test_of_an_invoice_that_was_credited_in_part_the_rest_is(as_mara, order):
    issue_credit_note(issue_invoice(order), amount=Decimal("10.00"))
    as_mara.post(URL)
    notes = Document.objects.filter(kind="credit_note").order_by("pk")
    assert list(notes.values_list("total", flat=True)) == [Decimal("10.00"), Decimal("27.95")]


def test_it_shows_in_the_shoppers_orders_at_once(as_mara, client, order, ines):
    as_mara.post(URL)
    client.force_login(ines)
    client.cookies["language"] = "en"
    assert "Cancelled" in client.get("/account/orders/").content.decode()


def test_what_was_sent_stays_and_the_reason_is_kept_in_the_form(as_mara, order):
    ship(order, quantities={order.lines.get(): 1}, carrier="dhl")
    response = as_mara.post(URL, {"reason": "Changed their mind"})
    assert error_summary(response)[0].startswith("Part of this order has left the shop")
    assert "Changed their mind" in response.content.decode()
    assert state_of(order) == "open"


def test_a_second_press_is_told_that_it_is_done(as_mara, order):
    as_mara.post(URL)
    response = as_mara.post(URL)
    assert error_summary(response) == ["Only open orders can be cancelled"]
    assert Mail.objects.filter(name="order_cancelled").count() == 1


def test_a_reason_longer_than_its_field_is_kept_and_refused(as_mara, order):
    response = as_mara.post(URL, {"reason": "x" * 501})
    assert list(errors(response)) == ["reason"]
    assert state_of(order) == "open"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Keep order"), ("nl", "Bestelling behouden"), ("de", "Bestellung behalten")]
)
def test_the_way_back_says_that_the_order_is_kept(as_mara, ines, language, words):
    order = OrderFactory(customer=ines)
    as_mara.cookies["language"] = language
    page = as_mara.get(f"/backoffice/orders/{order.number}/cancellation/").content.decode()
    assert f'href="/backoffice/orders/{order.number}/">{words}</a>' in page
