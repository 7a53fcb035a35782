"""Payment reminders by hand: from the order's page, and of many orders."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from orders.documents.issue import issue_invoice
from orders.handling.payments import enter_payment
from orders.models import Order, OrderEvent
from shopadmin.models import Mail, StoreSettings
from tests.factories import OrderFactory
from tests.orders.bulk.order_bulk_actions import do, look, outcome, reasons
from tests.shown_page import error_summary, html_of, timeline_texts

pytestmark = pytest.mark.any_database
ORDER = "/backoffice/orders/W10479/"
URL = f"{ORDER}reminder/"


@pytest.fixture
def order(ines, store) -> Order:
    StoreSettings.objects.update(iban="NL91ABNA0417164300")
    return OrderFactory(customer=ines, number="W10479", pay_by=timezone.localdate() - timedelta(days=3))


def sent() -> list[tuple[str, str]]:
    return list(Mail.objects.filter(name="payment_reminder").values_list("to", "language"))


def test_who_only_looks_or_shops_reminds_nobody(client, rosa, otto, order):
    for person, status in ((rosa, 403), (otto, 404)):
        client.force_login(person)
        assert client.post(URL).status_code == status
    assert sent() == []


def test_the_page_shows_the_very_words_before_they_are_sent(as_mara, order):
    enter_payment(order, amount=Decimal("7.95"))
    [shown] = html_of(as_mara.get(URL)).xpath("//section[@aria-labelledby='words']")
    assert sent() == []
    as_mara.post(URL)
    mail = Mail.objects.get(name="payment_reminder")
    assert "€ 30,00" in mail.text
    lines = [mail.subject, *mail.text.split("\n")]
    assert [line for line in lines if line not in shown.text_content()] == []


def test_a_reminder_says_what_is_due_and_how_to_pay_with_the_invoice(as_mara, mara, order):
    invoice = issue_invoice(order)
    assert as_mara.post(f"{URL}?sort=newest")["Location"] == f"{ORDER}?sort=newest"
    assert sent() == [("ines@vandermeulen.example", "nl")]
    mail = Mail.objects.get(name="payment_reminder")
    assert mail.attachments == [invoice.attachment]
    for words in ("€ 37,95", "NL91 ABNA 0417 1643 00", invoice.number, "/account/orders/W10479/"):
        assert words in mail.text
    assert f"{mara} sent a payment reminder for €37.95" in timeline_texts(as_mara.get(ORDER))


def test_nobody_is_reminded_twice_a_day(as_mara, order):
    as_mara.post(URL)
    assert error_summary(as_mara.post(URL)) == ["A payment reminder was already sent today"]
    assert len(sent()) == 1
    OrderEvent.objects.update(at=timezone.now() - timedelta(days=1))
    as_mara.post(URL)
    assert len(sent()) == 2


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"payment_state": "paid"}, "There is nothing left to pay on this order"),
        ({"state": "cancelled"}, "There is nothing left to pay on this order"),
        ({"state": "withdrawn"}, "There is nothing left to pay on this order"),
        ({"withdrawal_waits": True}, "The customer withdrew from the contract: answer the withdrawal first"),
        ({"email": ""}, "This order has no email address"),
    ],
)
def test_who_owes_nothing_or_withdrew_is_not_reminded(as_mara, order, facts, words):
    Order.objects.update(**facts)
    assert words in as_mara.get(URL).content.decode()
    assert error_summary(as_mara.post(URL)) == [words]
    assert sent() == []


def test_many_are_reminded_and_the_others_are_left_alone_with_the_reason(as_mara, order, ines):
    paid, withdrawn, reminded = (OrderFactory(customer=ines, number=f"W{n}") for n in (1, 2, 3))
    Order.objects.filter(pk=paid.pk).update(payment_state="paid")
    Order.objects.filter(pk=withdrawn.pk).update(withdrawal_waits=True)
    as_mara.post("/backoffice/orders/W3/reminder/")
    chosen = (order, paid, withdrawn, reminded)
    assert "€37.95" in look(as_mara, "remind", *chosen)
    action = do(as_mara, "remind", *chosen)
    assert outcome(action) == ("done", 1, 3)
    assert reasons(action) == {"W1": "nothing_due", "W2": "withdrawal", "W3": "reminded"}
    assert len(sent()) == 2
