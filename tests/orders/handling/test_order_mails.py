"""What shoppers and the shop are told about orders."""

from decimal import Decimal

import pytest

from orders.documents.issue import issue_credit_note, issue_invoice
from orders.handling.payments import enter_payment
from orders.handling.refunds import refund
from orders.handling.shipping import ship
from orders.models import Order, OrderEvent
from shopadmin.mail.attachments import attachments_of
from shopadmin.models import Mail
from tests.factories import OrderFactory

pytestmark = pytest.mark.any_database


@pytest.fixture
def order(store, ines) -> Order:
    return OrderFactory(customer=ines, number="W10479", language="en")


def everything_happens_to(order: Order) -> None:
    enter_payment(order, amount=Decimal("37.95"))
    issue_credit_note(issue_invoice(order))
    refund(order, amount=Decimal("37.95"))
    ship(order, quantities={order.lines.get(): 1}, carrier="postnl", tracking_number="3SVV1")


def test_each_deed_is_told_in_words_as_they_were_typed(order):
    everything_happens_to(order)
    subjects = list(Mail.objects.order_by("id").values_list("subject", flat=True))
    invoice, note = order.documents.all()
    assert subjects == [
        f"Invoice {invoice.number} for your order W10479",
        f"Credit note {note.number} for your order W10479",
        "Refund for your order W10479",
        "Refund recorded for order W10479",
        "Your order W10479 at Veld & Vorm is on its way",
    ]


def test_the_text_part_says_the_same(order):
    everything_happens_to(order)
    text = Mail.objects.get(name="shipment_sent").text
    for words in ("with PostNL", "1 × Stacking mug", "Track parcel", "B=3SVV1", "3SVV1", "The rest of your order"):
        assert words in text, words
    assert "€37.95" in Mail.objects.get(name="order_refunded").text


def test_what_is_attached_is_there(order, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        everything_happens_to(order)
    attached = [file for mail in Mail.objects.all() for file in attachments_of(mail)]
    assert [file.name for file in attached] == [f"{document.number}.pdf" for document in order.documents.all()]
    assert all(len(file.read()) == file.size for file in attached)


def test_each_mail_stands_on_the_timeline_of_its_order(order):
    everything_happens_to(order)
    noted = order.events.filter(kind=OrderEvent.Kind.MAIL).order_by("id")
    assert [event.facts["mail"] for event in noted] == list(Mail.objects.order_by("id").values_list("pk", flat=True))


def test_mails_go_with_the_customer_they_are_about(order, ines):
    everything_happens_to(order)
    assert {mail.customer for mail in Mail.objects.all()} == {ines}


def test_nobody_is_told_where_no_address_is_left(order):
    Order.objects.update(customer=None, erased_at=order.placed_at, email="")
    everything_happens_to(order)
    assert set(Mail.objects.values_list("name", flat=True)) == {"order_refunded_merchant"}


def test_who_was_erased_hears_of_the_parcel_by_a_mail_that_goes_again(order):
    Order.objects.update(customer=None, erased_at=order.placed_at)
    ship(order, quantities={order.lines.get(): 1}, carrier="postnl")
    mail = Mail.objects.get()
    assert (mail.to, mail.notice) == ("ines@vandermeulen.example", True)
    assert "View order" not in mail.text  # the page ends with the order, the mail stays in the mailbox


def test_what_is_rolled_back_is_not_told(order, monkeypatch):
    def broken(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("orders.handling.shipping.complete", broken)
    enter_payment(order, amount=Decimal("37.95"))
    with pytest.raises(ZeroDivisionError):
        ship(order, quantities={order.lines.get(): 2}, carrier="postnl")
    assert not Mail.objects.exists()
    assert not order.shipments.exists()
