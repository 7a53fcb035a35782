"""The third step of the checkout: everything once more, above the button that orders."""

import pytest

from orders.models import DeliveryMethod
from orders.signals import account_wanted
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import ELSEWHERE, choose_delivery, come_to_the_review, give_details, order_at, put_into_cart

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def mug(store):
    return ProductFactory(name="Stacking mug")


@pytest.fixture
def parcel(store):
    return DeliveryMethodFactory()


@pytest.fixture
def wanted():
    """What was sent with `account_wanted`."""
    sent = []

    def receive(sender, **kwargs):
        sent.append(kwargs)

    receivers, account_wanted.receivers = account_wanted.receivers, []
    account_wanted.connect(receive)
    yield sent
    account_wanted.receivers = receivers


def test_all_that_is_agreed_to_stands_above_the_button(client, mug, parcel):
    put_into_cart(client, ProductFactory(name="Cookbook", price="10.90", tax_class="reduced"))
    come_to_the_review(client, mug, parcel, quantity=2, order_note="Ring twice", **ELSEWHERE)
    above, button, _below = client.get("/checkout/review/").content.decode().partition("Order and pay")
    assert button
    lines = ["Stacking mug", "2 × €16.50", "€33.00", "Cookbook", "Parcel", "€4.95", "Total incl. VAT", "€48.85"]
    vat = ["Includes 21% VAT", "€6.59", "Includes 9% VAT", "€0.90"]
    rest = ["Oudegracht 118", "04107 Leipzig", "Bank transfer in advance", "Ring twice"]
    for words in [*lines, *vat, *rest, 'href="/terms/"', 'href="/privacy/"', 'href="/withdrawal/information/"']:
        assert words in above, words


def test_looking_at_the_review_orders_nothing(client, mug, parcel):
    come_to_the_review(client, mug, parcel)
    assert "Stacking mug" in client.get("/checkout/review/").content.decode()
    assert client.session["cart"] == {str(mug.pk): 1}


def test_a_delivery_that_is_not_offered_any_more_is_chosen_anew(client, mug, parcel):
    inputs = come_to_the_review(client, mug, parcel)
    DeliveryMethod.objects.update(active=False)
    assert client.get("/checkout/review/").url == "/checkout/delivery/"
    assert client.post("/checkout/review/", inputs).url == "/checkout/delivery/"


def test_a_move_abroad_asks_for_the_delivery_again(client, mug, parcel):
    come_to_the_review(client, mug, parcel)
    give_details(client, billing__country="FR", billing__postcode="75001")
    assert client.get("/checkout/review/").url == "/checkout/delivery/"


def test_without_a_cart_it_says_that_the_cart_is_empty(client, store):
    assert client.get("/checkout/review/").url == "/cart/"
    assert client.post("/checkout/review/", {"key": "x"}).url == "/cart/"


def test_an_account_is_asked_for_with_the_hash_of_its_password(client, mug, parcel, wanted):
    tick = {"create_account": "on", "password1": "a sentence that nobody guesses"}
    inputs = come_to_the_review(client, mug, parcel, **tick)
    order = order_at(client.post("/checkout/review/", inputs))
    client.post("/checkout/review/", inputs)
    [asked] = wanted
    assert (asked["order"], asked["customer"], asked["is_new_customer"]) == (order, order.customer, True)
    asked["customer"].password = asked["password"]
    assert asked["customer"].check_password("a sentence that nobody guesses")


def test_an_account_without_a_password_is_asked_for_without_one(client, mug, parcel, wanted, gus):
    client.post("/checkout/review/", come_to_the_review(client, mug, parcel, create_account="on"))
    assert [(asked["password"], asked["is_new_customer"], asked["customer"]) for asked in wanted] == [("", False, gus)]


def test_no_account_is_asked_for_without_the_tick_or_while_accounts_are_off(client, mug, parcel, wanted, store):
    client.post("/checkout/review/", come_to_the_review(client, mug, parcel))
    inputs = come_to_the_review(client, mug, parcel, create_account="on")
    store.accounts_enabled = False
    store.save()
    client.post("/checkout/review/", inputs)
    assert wanted == []


def test_cart_and_checkout_are_forgotten_with_the_order(client, mug, parcel):
    client.post("/checkout/review/", come_to_the_review(client, mug, parcel))
    assert client.session["cart"] == {}
    assert "checkout" not in client.session


def test_the_details_of_the_last_step_are_those_of_the_session(client, mug, parcel):
    inputs = come_to_the_review(client, mug, parcel)
    give_details(client, first_name="Gustav")
    choose_delivery(client, parcel)
    assert order_at(client.post("/checkout/review/", inputs)).first_name == "Gustav"
