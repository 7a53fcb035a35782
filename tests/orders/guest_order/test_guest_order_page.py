"""A guest's order by its unguessable address."""

from decimal import Decimal

import pytest
from django.utils import timezone

from orders.documents.issue import issue_invoice
from orders.handling.payments import enter_payment
from orders.handling.refunds import refund
from orders.handling.shipping import ship
from orders.models import Order
from tests.factories import OrderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def order(store, gus):
    store.iban = "NL91ABNA0417164300"
    store.save()
    return OrderFactory(customer=gus, language="en")


def test_it_shows_lines_amounts_state_and_how_to_pay(client, order):
    page = client.get(f"/order/{order.token}/").content.decode()
    for words in (
        "Stacking mug",
        "€37.95",
        "Includes 21% VAT",
        "Awaiting payment",
        "NL91 ABNA 0417 1643 00",
        "Oudegracht 118",
    ):
        assert words in page, words


def test_it_is_kept_out_of_caches_and_search_engines(client, order):
    response = client.get(f"/order/{order.token}/")
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()


def test_an_hour_later_it_does_not_say_thank_you_any_more(client, order):
    assert "Thank you for your order" in client.get(f"/order/{order.token}/").content.decode()
    Order.objects.update(placed_at=timezone.now() - timezone.timedelta(hours=2))
    page = client.get(f"/order/{order.token}/").content.decode()
    assert "Thank you" not in page
    assert f"Order {order.number}" in page


def test_what_is_paid_is_not_asked_for_again(client, order, mara):
    enter_payment(order, amount=order.total, by=mara)
    page = client.get(f"/order/{order.token}/").content.decode()
    assert "Amount due:" not in page
    assert "received" in page


def test_money_that_went_back_is_an_amount_refunded_and_not_one_below_zero(client, order, mara):
    enter_payment(order, amount=order.total, by=mara)
    refund(order, amount=Decimal("20.00"), by=mara)
    shopper = client.get(f"/order/{order.token}/").content.decode()
    client.force_login(mara)
    merchant = client.get(order.get_absolute_url()).content.decode()
    assert '<strong class="number">€20.00</strong>\nrefunded' in shopper
    assert '<strong class="number">€20.00</strong>' in merchant


def test_a_parcel_shows_with_its_tracking_link(client, order, mara):
    ship(order, quantities={order.lines.get(): 2}, carrier="dhl", tracking_number="JD014600006281230704", by=mara)
    assert "tracking-id=JD014600006281230704" in client.get(f"/order/{order.token}/").content.decode()


@pytest.mark.parametrize("token", ["x", "0" * 5000, "%FF", "..", "%E2%80%AE"])
def test_a_token_of_nobody_is_not_found(client, order, token):
    assert client.get(f"/order/{token}/").status_code == 404


def test_an_invoice_is_there_for_who_knows_the_address_and_for_nobody_else(client, order, otto):
    invoice = issue_invoice(order)
    assert invoice.number in client.get(f"/order/{order.token}/").content.decode()
    response = client.get(f"/order/{order.token}/documents/{invoice.number}/")
    assert (response.headers["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")
    other = OrderFactory(customer=otto)
    assert client.get(f"/order/{other.token}/documents/{invoice.number}/").status_code == 404


@pytest.mark.parametrize(("state", "answer"), [("open", 200), ("completed", 404), ("cancelled", 404)])
def test_an_order_whose_customer_was_erased_is_there_until_it_is_done(client, order, state, answer):
    invoice = issue_invoice(order)
    Order.objects.update(erased_at=timezone.now(), customer=None, state=state)
    assert client.get(f"/order/{order.token}/").status_code == answer
    assert client.get(f"/order/{order.token}/documents/{invoice.number}/").status_code == answer
