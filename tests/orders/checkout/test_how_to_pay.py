"""What a shopper is told about paying: on pages and in emails, until there is nothing to pay."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from orders import mails
from orders.documents.issue import issue_credit_note, issue_invoice
from orders.handling.cancellation import cancel
from orders.handling.payments import enter_payment
from orders.handling.refunds import refund
from orders.handling.shipping import ship
from orders.models import Order
from orders.withdrawal.acceptance import accept_withdrawal
from shopadmin.models import Mail
from shopadmin.rendering.formats import long_day
from tests.factories import OrderFactory

pytestmark = [pytest.mark.usefixtures("shop_time"), pytest.mark.any_database]

IBAN = "NL91 ABNA 0417 1643 00"
WORDS_OF_PAYING = (
    "Amount due", "Pay €", "Pay your", "Pay when", "How to pay", "Payment due by", IBAN, "Unpaid", "Overdue",
)  # fmt: skip


@pytest.fixture
def order(store, ines) -> Order:
    store.iban, store.bank_name = "NL91ABNA0417164300", "ABN AMRO"
    store.save()
    type(ines).objects.update(language="en")
    return OrderFactory(customer=ines, number="W10479", language="en", payment_method="invoice")


def shopper_pages(client, order: Order, ines) -> list[str]:
    """The account's list and order page, and the guest's page."""
    client.force_login(ines)
    client.cookies["language"] = "en"
    addresses = ["/account/orders/", "/account/orders/W10479/", f"/order/{order.token}/"]
    return [client.get(address).content.decode() for address in addresses]


def test_an_invoice_says_how_much_is_due_by_when_and_where_to(client, order, ines):
    enter_payment(order, amount=Decimal("10.00"))
    invoice = issue_invoice(order)
    day = long_day(timezone.localdate() + timedelta(days=14))
    shown = shopper_pages(client, order, ines)
    assert f"Pay €27.95 by {day}." in shown[0]
    for text in (*shown[1:], Mail.objects.latest("id").html):
        expected = ("€27.95", day, f'"is-iban">{IBAN}<', "Veld &amp; Vorm", invoice.number)
        assert [words for words in expected if words not in text] == []


@pytest.mark.parametrize("method", ["bank_transfer", "invoice"])
def test_the_email_about_a_new_order_says_how_to_pay(order, method):
    Order.objects.update(payment_method=method)
    mails.tell_of_order(Order.objects.get())
    text = Mail.objects.get(name="order_placed").html
    assert [words for words in ("€37.95", IBAN, "W10479") if words not in text] == []


def test_before_there_is_an_invoice_the_term_is_said(client, order, ines):
    _list, account, guest = shopper_pages(client, order, ines)
    for page in (account, guest):
        assert "You will receive an invoice. Pay it within 14 days." in page
        assert IBAN in page


@pytest.mark.parametrize(
    "end",
    [
        lambda order: issue_credit_note(issue_invoice(order)),
        lambda order: enter_payment(order, amount=Decimal("37.95")),
        cancel,
        accept_withdrawal,
        lambda order: refund(enter_payment(order, amount=Decimal("37.95")).order, amount=Decimal("37.95")),
    ],
    ids=["credited", "paid", "cancelled", "withdrawn", "refunded"],
)
@pytest.mark.parametrize("method", ["bank_transfer", "invoice", "on_pickup"])
def test_once_nothing_is_due_there_is_not_a_word_of_paying(client, order, ines, method, end):
    Order.objects.update(payment_method=method, pay_by=timezone.localdate() - timedelta(days=1))
    end(Order.objects.get())
    texts = [
        *shopper_pages(client, order, ines),
        *Mail.objects.exclude(name="invoice_issued").values_list("html", flat=True),
    ]
    assert [(words, text) for words in WORDS_OF_PAYING for text in texts if words in text] == []


@pytest.mark.parametrize("method", ["bank_transfer", "invoice", "on_pickup"])
def test_who_has_stated_a_withdrawal_is_not_asked_to_pay(client, order, ines, method):
    issue_invoice(order)
    Order.objects.update(payment_method=method, withdrawal_waits=True)
    texts = shopper_pages(client, order, ines)
    words_of_paying = (*WORDS_OF_PAYING, "Awaiting payment")
    assert [words for words in words_of_paying for text in texts if words in text] == []


def test_a_paid_invoice_is_mailed_without_a_word_of_paying(order):
    enter_payment(order, amount=Decimal("37.95"))
    issue_invoice(order)
    text = Mail.objects.get(name="invoice_issued").html
    assert [words for words in WORDS_OF_PAYING if words in text] == []


def test_a_completed_order_that_is_invoiced_again_asks_to_be_paid(client, order, ines):
    ship(order, quantities={line: line.unsent for line in order.lines.all()}, carrier="postnl")
    issue_credit_note(issue_invoice(order))
    again = issue_invoice(Order.objects.get())
    assert again.order.state == "completed"
    assert all("€37.95" in page and again.number in page for page in shopper_pages(client, order, ines)[1:])
