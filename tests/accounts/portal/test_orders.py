"""The shopper's orders: all of theirs, nobody else's, as they are right now."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from orders.documents.issue import issue_credit_note, issue_invoice
from orders.handling.cancellation import cancel
from orders.handling.payments import enter_payment
from orders.handling.refunds import refund
from orders.handling.shipping import ship
from tests.factories import OrderFactory
from tests.shown_page import page_link, row_names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop_time"), pytest.mark.any_database]
LIST = "/account/orders/"


@pytest.fixture(autouse=True)
def in_english(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def order(ines):
    return OrderFactory(customer=ines, number="10482", channel="signed_in")


def page(client, path=LIST):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_stranger_is_sent_to_sign_in_and_comes_back(client, store):
    assert client.get(LIST).url == "/account/sign-in/?next=/account/orders/"


def test_a_card_has_number_date_status_and_total(as_ines, order):
    html = page(as_ines)
    for words in ["Order 10482", timezone.localdate().strftime("%-d %B %Y"), "Awaiting payment", "€37.95"]:
        assert words in html


def test_otto_sees_nothing_of_ines(client, otto, order, store):
    invoice = issue_invoice(order)
    client.force_login(otto)
    assert "10482" not in page(client)
    assert client.get(f"{LIST}10482/").status_code == 404
    assert client.get(f"{LIST}10482/{invoice.number}.pdf").status_code == 404


def test_a_document_is_found_under_its_own_order_alone(as_ines, ines, order):
    other = OrderFactory(customer=ines, number="10483")
    invoice = issue_invoice(order)
    assert as_ines.get(f"{LIST}{other.number}/{invoice.number}.pdf").status_code == 404


def test_the_invoice_is_a_pdf_that_no_cache_keeps(as_ines, order):
    response = as_ines.get(f"{LIST}10482/{issue_invoice(order).number}.pdf")
    assert (response["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")
    assert "no-store" in response["Cache-Control"]


def test_there_is_no_link_to_what_is_not_there(as_ines, order):
    for path in (LIST, f"{LIST}10482/"):
        html = page(as_ines, path)
        assert ".pdf" not in html
        assert "Track parcel" not in html


def test_documents_and_tracking_are_linked_where_there_are_any(as_ines, order, mara):
    ship(order, quantities={order.lines.get(): 1}, carrier="postnl", tracking_number="3SVVNL1", by=mara)
    invoice = issue_invoice(order)
    note = issue_credit_note(invoice)
    for path in (LIST, f"{LIST}10482/"):
        html = page(as_ines, path)
        assert "https://postnl.nl/tracktrace/?B=3SVVNL1&amp;P=3511AW&amp;D=NL" in html
        assert all(f"/account/orders/10482/{paper.number}.pdf" in html for paper in (invoice, note))


def test_what_the_merchant_enters_shows_at_once(as_ines, order, mara):
    enter_payment(order, amount=Decimal("37.95"), by=mara)
    assert "Awaiting payment" not in page(as_ines)
    ship(order, quantities={order.lines.get(): 1}, carrier="dhl", by=mara)
    html = page(as_ines)
    assert "Partly shipped" in html
    assert "1 of 2 items has been shipped." in html
    ship(order, quantities={order.lines.get(): 1}, carrier="dhl", by=mara)
    assert "Completed" in page(as_ines)


def test_a_cancelled_order_says_so(as_ines, order, mara):
    cancel(order, by=mara, reason="Out of stock")
    assert "Cancelled" in page(as_ines)
    assert "How to pay" not in page(as_ines, f"{LIST}10482/")


def test_the_detail_has_lines_amounts_addresses_and_how_to_pay(as_ines, order, store):
    store.iban = "NL91ABNA0417164300"
    store.save()
    html = page(as_ines, f"{LIST}10482/")
    expected = ["Stacking mug", "2 × €16.50", "€33.00", "€4.95", "€37.95", "Includes 21% VAT", "€6.59"]
    expected += ["Oudegracht 118", "3511 AW", "NL91 ABNA 0417 1643 00", "Amount due: €37.95"]
    expected += ["Bank transfer in advance"]
    assert [words for words in expected if words not in html] == []


def test_payments_and_refunds_are_listed(as_ines, order, mara):
    enter_payment(order, amount=Decimal("37.95"), by=mara)
    refund(order, amount=Decimal("10.00"), by=mara)
    html = page(as_ines, f"{LIST}10482/")
    assert "received" in html
    assert "refunded" in html


def test_orders_from_before_the_account_are_there_and_said_to_be(as_ines, ines, order):
    before = ines.registered_at - timedelta(days=9)
    for number in ("9001", "9002"):
        OrderFactory(customer=ines, number=number, channel="guest", placed_at=before)
    assert "including 2 from before you had an account." in page(as_ines)


def test_the_order_that_made_the_account_is_not_from_before_it(as_ines, ines):
    OrderFactory(customer=ines, channel="guest", placed_at=ines.registered_at)
    assert "from before you had an account" not in page(as_ines)


def test_the_list_goes_on_with_older_orders(as_ines, ines):
    now = timezone.now()
    for n in range(12):
        OrderFactory(customer=ines, number=str(100 + n), placed_at=now - timedelta(days=n))
    first = as_ines.get(LIST)
    assert row_names(first) == [f"Order {100 + n}" for n in range(10)]
    assert "10 of 12 orders" in first.content.decode()
    assert row_names(as_ines.get(LIST + page_link(first, "next"))) == ["Order 110", "Order 111"]


def test_without_orders_the_page_leads_to_the_shop(as_ines):
    assert "No orders yet" in page(as_ines)


@pytest.mark.parametrize("number", ["99999", "W-1", "%F0%9F%98%80", "x" * 500])
def test_an_unknown_order_is_not_found(as_ines, number):
    assert as_ines.get(f"{LIST}{number}/").status_code == 404


def test_one_order_costs_as_many_queries_as_three(as_ines, ines, mara, django_assert_max_num_queries):
    def fill():
        order = OrderFactory(customer=ines)
        ship(order, quantities={order.lines.get(): 1}, carrier="postnl", tracking_number="3S", by=mara)

    fill()
    as_ines.get(LIST)
    with django_assert_max_num_queries(8):
        as_ines.get(LIST)
    fill()
    fill()
    with django_assert_max_num_queries(8):
        as_ines.get(LIST)
