"""The account is deleted in one window while something is done in another."""

import time
from threading import Event, Thread

import pytest
from django.db import connection
from django.test import Client

from customers.models import Customer
from customers.privacy.erasure import erasure_log
from customers.privacy.erasure.erasure import erase
from orders.checkout import views as checkout_views
from orders.models import Order
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import come_to_the_review

SAID = "Your order was not placed because your account has been deleted. You can order as a guest."
DETAILS = {"first_name": "Ines", "last_name": "Meulen", "initials": ""}


@pytest.fixture
def press(ines):
    """The press of the button that orders, of Ines who is signed in."""
    browser = Client()
    browser.force_login(ines)
    browser.cookies["language"] = "en"
    inputs = come_to_the_review(browser, ProductFactory(stock=5), DeliveryMethodFactory(), email=ines.email)
    return browser, lambda: browser.post("/checkout/review/", inputs)


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def while_being_erased(ines, do):
    """What `do` answers that began before an erasure was committed, and waited for it."""
    erased, answers = Event(), []

    def run():
        erased.wait(10)
        answers.append(do())
        connection.close()

    thread = Thread(target=run)
    thread.start()
    with erasure_log.erasing():
        erase(ines, by="shopper", notify=False, actor=ines)
        erased.set()
        until = time.monotonic() + 10
        while not somebody_waits() and time.monotonic() < until:
            time.sleep(0.01)
    thread.join()
    return answers[0]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("store")
def test_the_button_that_orders_says_that_nothing_was_ordered(ines, press):
    browser, order = press
    answer = while_being_erased(ines, order)
    assert (answer.status_code, answer.url) == (302, "/")
    assert SAID in browser.get("/").content.decode()
    assert (Order.objects.count(), Customer.objects.count()) == (0, 0)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("store")
def test_saving_ones_name_says_that_nothing_was_saved(ines):
    browser = Client()
    browser.force_login(ines)
    browser.cookies["language"] = "en"
    answer = while_being_erased(ines, lambda: browser.post("/account/edit/name/", DETAILS))
    assert (answer.status_code, answer.url) == (302, "/")
    assert "Your changes were not saved because your account has been deleted." in browser.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("store")
def test_an_order_that_was_quicker_is_confirmed(ines, press, monkeypatch):
    finish = checkout_views.finish

    def erase_first(*args):
        erase(Customer.objects.get(pk=ines.pk), by="shopper", notify=False)
        finish(*args)

    monkeypatch.setattr(checkout_views, "finish", erase_first)
    browser, order = press
    answer = order()
    placed = Order.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/order/{placed.token}/")
    assert browser.get(answer.url).status_code == 200
