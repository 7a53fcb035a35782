"""The payment status as the pages show it: alike in the list and its filters, on the order, overview and account."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from orders.handling.payments import enter_payment
from orders.handling.refunds import refund
from orders.models import Order
from tests.factories import OrderFactory
from tests.orders.dashboard.attention_lines import attention_lines
from tests.shown_page import facts, filled, row_names

pytestmark = [pytest.mark.usefixtures("shop_time"), pytest.mark.any_database]

LIST, ORDER = "/backoffice/orders/", "/backoffice/orders/W10479/"


@pytest.fixture
def order(store, ines) -> Order:
    return OrderFactory(customer=ines, number="W10479")


@pytest.fixture
def refunded(order) -> Order:
    enter_payment(order, amount=Decimal("37.95"))
    refund(order, amount=Decimal("5.00"))
    return order


@pytest.fixture
def overdue(order) -> Order:
    Order.objects.update(pay_by=timezone.localdate() - timedelta(days=1))
    return order


def pages(client, order: Order, mara, ines) -> dict[str, str]:
    """What each page shows where the order is named, by address."""
    addresses = {mara: [LIST, ORDER, f"/backoffice/customers/{ines.pk}/"]}
    addresses[ines] = ["/account/orders/", "/account/orders/W10479/", f"/order/{order.token}/"]
    shown, client.cookies["language"] = {}, "en"
    for person, urls in addresses.items():
        client.force_login(person)
        shown |= {url: client.get(url).content.decode() for url in urls}
    return shown


def test_every_page_says_partly_refunded(client, refunded, mara, ines):
    mark = '<span class="badge is-half">Partly refunded</span>'
    assert [url for url, page in pages(client, refunded, mara, ines).items() if mark not in page] == []


def test_the_shoppers_page_says_how_it_was_paid(client, refunded, mara, ines):
    shown = pages(client, refunded, mara, ines)
    assert "Bank transfer in advance, Partly refunded" in shown["/account/orders/W10479/"]


def test_every_page_marks_what_is_overdue_beside_its_status(client, overdue, mara, ines):
    shown = pages(client, overdue, mara, ines)
    for mark in ('">Unpaid</span>', '<span class="badge is-open is-stop">Overdue</span>'):
        assert [url for url, page in shown.items() if mark not in page] == []


@pytest.mark.parametrize("status", Order.PaymentState)
def test_each_status_is_a_filter(as_mara, order, status):
    OrderFactory(number="W1", payment_state=status)
    Order.objects.filter(pk=order.pk).update(payment_state="paid" if status != "paid" else "unpaid")
    response = as_mara.get(f"{LIST}?payment={status}")
    assert row_names(response) == ["W1"]
    assert f"Payment: {status.label}" in response.content.decode()


def test_overdue_is_a_filter(as_mara, overdue):
    OrderFactory(number="W1", pay_by=timezone.localdate())
    OrderFactory(number="W2", pay_by=overdue.placed_at.date() - timedelta(days=9), payment_state="paid")
    response = as_mara.get(f"{LIST}?overdue=on")
    assert row_names(response) == ["W10479"]


def test_the_dashboard_leads_to_what_is_overdue(as_mara, overdue):
    [line] = [line for line in attention_lines(as_mara) if line.what == "Orders with overdue payment"]
    assert (line.count, line.since, line.url) == ("1", "earliest due date: yesterday", f"{LIST}?overdue=on")


def test_revenue_and_average_take_refunds_off(as_mara, refunded):
    week = facts(as_mara.get("/backoffice/"))
    assert (week["Revenue"], week["Average order"]) == ("€32.95 before: €0.00", "€32.95 before: €0.00")


def test_the_overview_takes_refunds_off(as_mara, refunded, ines):
    assert "€32.95" in as_mara.get(f"/backoffice/customers/{ines.pk}/").content.decode()


def test_refunds_are_taken_off_in_the_filter_of_customers(as_mara, refunded):
    found = as_mara.get("/backoffice/customers/?spent_min=30&spent_max=33")
    assert row_names(found) == ["Ines van der Meulen"]


def test_an_order_says_what_is_left_to_pay_and_by_when(as_mara, order):
    as_mara.post(f"{ORDER}invoices/")
    day = timezone.localdate() + timedelta(days=14)
    assert f"Left to pay: €37.95, by {day.day} {day:%B %Y}." in as_mara.get(ORDER).content.decode()
    credit_notes = f"{ORDER}credit-notes/"
    as_mara.post(credit_notes, filled(as_mara.get(credit_notes), "order-form"))
    assert "Left to pay" not in as_mara.get(ORDER).content.decode()
