"""What strangers cannot do with the checkout: keep the processor busy, or order without end from one network."""

import json

import pytest
from django.contrib.auth import hashers
from django.test import Client

from accounts.models import Session
from customers.models import Customer
from orders.checkout import views as checkout_views
from orders.models import Order
from tests.factories import PASSWORD, DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import come_to_the_review, give_details, hidden_inputs, put_into_cart

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
TICK = {"create_account": "on", "password1": PASSWORD}


@pytest.fixture
def hashed(monkeypatch):
    """The passwords that were hashed meanwhile."""
    passwords = []

    def counting(password, *args, **kwargs):
        passwords.append(password)
        return hashers.make_password(password, *args, **kwargs)

    monkeypatch.setattr(checkout_views, "make_password", counting)
    return passwords


@pytest.fixture
def order_from():
    """Order as somebody else each time, from a network."""
    product, method = ProductFactory(), DeliveryMethodFactory()

    def order(number, ip="203.0.113.9", **fields):
        browser = Client(REMOTE_ADDR=ip)
        inputs = come_to_the_review(browser, product, method, email=f"person{number}@post.example", **fields)
        return browser, browser.post("/checkout/review/", inputs)

    return order


def test_a_password_is_hashed_once_and_when_the_order_is_placed(client, hashed, order_from):
    put_into_cart(client, ProductFactory())
    for _press in range(5):
        give_details(client, **TICK)
    assert hashed == []
    order_from(1, **TICK)
    assert hashed == [PASSWORD]
    assert Customer.objects.get().check_password(PASSWORD)


def test_no_password_lies_open_in_the_session(client):
    put_into_cart(client, ProductFactory())
    give_details(client, **TICK)
    session = json.dumps(Session.objects.get().get_decoded())
    assert "gus@post.example" in session
    assert PASSWORD not in session
    assert "Leave empty to keep the password you entered earlier." in client.get("/checkout/").content.decode()


def test_an_office_orders_at_once_and_hears_nothing_of_limits(order_from):
    answers = [order_from(number)[1].status_code for number in range(30)]
    assert answers == [302] * 30


def test_a_network_that_orders_on_and_on_is_asked_to_wait_and_keeps_its_cart(order_from, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"order": "3/10m/ip"}
    answers = [order_from(number) for number in range(5)]
    assert [answer.status_code for _browser, answer in answers] == [302] * 3 + [429] * 2
    browser, page = answers[-1]
    assert "Your cart and details are saved. Try again in a few minutes." in page.content.decode()
    assert (Order.objects.count(), order_from(9, ip="198.51.100.7")[1].status_code) == (3, 302)
    settings.ACCOUNT_RATE_LIMITS = False
    assert browser.post("/checkout/review/", hidden_inputs(page)).url.startswith("/order/")


def test_accounts_made_with_orders_are_limited_like_sign_ups(order_from, settings, hashed):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"signup": "2/m/ip"}
    answers = [order_from(number, **TICK)[1].status_code for number in range(4)]
    assert (answers, len(hashed)) == ([302, 302, 429, 429], 2)
    assert order_from(9)[1].status_code == 302


def test_who_is_signed_in_is_not_counted(as_ines, ines, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"order": "1/10m/ip"}
    product, method = ProductFactory(), DeliveryMethodFactory()
    for _order in range(2):
        inputs = come_to_the_review(as_ines, product, method, email=ines.email)
        assert as_ines.post("/checkout/review/", inputs).status_code == 302
