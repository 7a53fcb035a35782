"""Cancelling by the shopper, from the account and from a guest's order, while nothing has been done about it."""

import pytest
from django.utils import timezone

from orders.documents.issue import issue_invoice
from orders.handling.payments import enter_payment
from orders.handling.shipping import ship
from orders.models import Order, Product
from shopadmin.models import Mail, StoreSettings
from tests.factories import OrderFactory, ProductFactory
from tests.shown_page import texts, timeline_texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(ines, store) -> Order:
    StoreSettings.objects.update(vat_number="NL004495445B01")
    order = OrderFactory(customer=ines, number="W10479", language="de")
    order.lines.update(product=ProductFactory(stock=0))
    return order


def url_of(order: Order) -> str:
    return f"/order/{order.token}/cancellation/"


def test_the_account_leads_there_and_back(as_ines, order):
    assert f'href="{url_of(order)}"' in as_ines.get("/account/orders/W10479/").content.decode()
    assert as_ines.get(url_of(order)).status_code == 200
    assert Order.objects.get().is_open
    assert as_ines.post(url_of(order)).url == "/account/orders/W10479/"
    assert Order.objects.get().state == "cancelled"


def test_a_guest_cancels_by_what_nobody_guesses(client, order):
    assert f'href="{url_of(order)}"' in client.get(f"/order/{order.token}/").content.decode()
    page = client.post(url_of(order), follow=True)
    assert page.redirect_chain == [(f"/order/{order.token}/", 302)]
    assert "Your order has been cancelled" in page.content.decode()


def test_stock_comes_back_and_both_are_told_in_their_languages(client, order):
    client.post(url_of(order))
    assert Product.objects.get().stock == 2
    shopper, merchant = Mail.objects.order_by("id")
    assert (shopper.to, shopper.language) == ("ines@vandermeulen.example", "de")
    assert "Sie haben Ihre Bestellung W10479" in shopper.text
    assert (merchant.to, "The customer cancelled order W10479" in merchant.text) == ("merchant@shop.example", True)


def test_the_shop_sees_who_cancelled(client, as_mara, order):
    client.post(url_of(order))
    assert "The customer cancelled the order" in " ".join(timeline_texts(as_mara.get("/backoffice/orders/W10479/")))


def test_a_second_press_changes_nothing(client, order):
    assert [client.post(url_of(order)).status_code for _press in range(2)] == [302, 302]
    assert (Product.objects.get().stock, Mail.objects.filter(name="order_cancelled").count()) == (2, 1)


DONE = {
    "paid in part": lambda order: enter_payment(order, amount=1),
    "invoiced": issue_invoice,
    "shipped in part": lambda order: ship(order, quantities={order.lines.get(): 1}, carrier="postnl"),
    "withdrawn from": lambda order: Order.objects.update(withdrawal_at=timezone.now(), withdrawal_waits=True),
}


@pytest.mark.parametrize("what", DONE)
def test_once_something_was_done_it_is_for_the_shop_to_cancel(client, order, what):
    DONE[what](order)
    page = client.post(url_of(order))
    assert "can no longer be cancelled" in page.content.decode()
    assert Order.objects.get().state == "open"
    assert url_of(order) not in client.get(f"/order/{order.token}/").content.decode()


def test_otto_finds_no_order_but_by_its_address(client, otto, order):
    client.force_login(otto)
    assert client.post("/order/W10479/cancellation/").status_code == 404
    assert texts(client.get(url_of(order)), "is-danger") == ["Bestelling annuleren"]
    assert Order.objects.get().is_open


def test_an_order_that_is_closed_and_erased_is_nobodys(client, order):
    Order.objects.update(customer=None, erased_at=timezone.now(), state="completed", search_text="")
    assert client.post(url_of(order)).status_code == 404
