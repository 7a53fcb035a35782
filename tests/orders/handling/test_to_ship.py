"""What is left to ship: nothing of what was refunded before, and with a warning what a withdrawal waits for."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from orders.handling.payments import enter_payment
from orders.handling.shipping import ship
from orders.models import Order
from tests.factories import OrderFactory, ProductFactory
from tests.orders.bulk.order_bulk_actions import do, look, reasons
from tests.shown_page import filled, html_of, row_names

pytestmark = pytest.mark.any_database
ORDER = "/backoffice/orders/W10479/"
TO_SHIP = "/backoffice/orders/?todo=send"


@pytest.fixture
def order(ines, store) -> Order:
    order = OrderFactory(customer=ines, number="W10479", language="nl")
    order.lines.update(product=ProductFactory(stock=5))
    enter_payment(order, amount=Decimal("37.95"))
    return order


def refund(client, **typed: str) -> None:
    page = f"{ORDER}refunds/"
    client.post(page, filled(client.get(page), "order-form", by="lines", **typed))


def words_of(response) -> str:
    return " ".join(html_of(response).xpath("//main")[0].text_content().split())


def test_an_order_is_done_when_all_its_items_are_refunded_before_shipping(as_mara, order):
    refund(as_mara, quantity__0="2")
    order.refresh_from_db()
    assert (order.state, order.shipping_state, order.payment_state) == ("completed", "not_shipped", "partly_refunded")
    assert (order.paid, order.events.filter(kind="completed").count()) == (Decimal("4.95"), 1)
    assert row_names(as_mara.get(TO_SHIP)) == []
    assert "?todo=send" not in str(html_of(as_mara.get("/backoffice/")).xpath("//main//a/@href"))
    assert "Nothing left to ship" in look(as_mara, "ship", order)


def test_what_is_left_of_it_is_still_shipped(as_mara, order):
    refund(as_mara, quantity__0="1")
    assert row_names(as_mara.get(TO_SHIP)) == ["W10479"]
    ship(order, quantities={order.lines.get(): 1}, carrier="dhl")
    assert Order.objects.get().state == "completed"


def test_an_unanswered_withdrawal_is_marked_wherever_one_ships(as_mara, order):
    order.withdrawals.create(name="Ines", order_number="W10479", email=order.email, language="nl")
    Order.objects.update(withdrawal_at=timezone.now(), withdrawal_waits=True)
    assert "Withdrawal to answer" in words_of(as_mara.get(TO_SHIP))
    for page in ("shipments/", "packing-slip/"):
        assert "Answer the withdrawal on the order before you ship" in words_of(as_mara.get(ORDER + page))
    for page in ("picking-list", "packing-slips"):
        sheets = words_of(as_mara.get(f"/backoffice/orders/{page}/", {"picked": [order.pk]}))
        assert ("The withdrawal has not been answered W10479" in sheets, "Stacking mug" in sheets) == (True, False)
    assert "The withdrawal has not been answered" in look(as_mara, "ship", order)
    other = OrderFactory(payment_method="invoice")
    assert reasons(do(as_mara, "ship", order, other, carrier="dhl")) == {"W10479": "withdrawal"}


def test_what_a_withdrawal_waits_for_is_not_made_ready(as_mara, order):
    Order.objects.update(is_pickup=True, withdrawal_at=timezone.now(), withdrawal_waits=True)
    page = as_mara.post(f"{ORDER}ready/", follow=True).content.decode()
    assert ("Answer the withdrawal first." in page, Order.objects.get().ready_at) == (True, None)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Payment of €37.95 was due on"),
        ("nl", "Betaling van € 37,95 was verschuldigd op"),
        ("de", "Zahlung von 37,95 € war fällig am"),
    ],
)
def test_the_shopper_reads_that_a_payment_was_due(client, ines, language, words):
    type(ines).objects.update(language=language)
    OrderFactory(customer=ines, number="W2", pay_by=timezone.localdate() - timedelta(days=3))
    client.force_login(ines)
    page = words_of(client.get("/account/orders/W2/"))
    assert words in page


def test_the_merchant_reads_that_a_payment_was_due(as_mara):
    OrderFactory(number="W2", pay_by=timezone.localdate() - timedelta(days=3))
    assert "Left to pay: €37.95. Payment was due on" in words_of(as_mara.get("/backoffice/orders/W2/"))
