"""Where the shop takes no orders from guests, the checkout begins at the door."""

import pytest

from orders.models import Order
from tests.accounts.doors import sign_in
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import come_to_the_review, put_into_cart
from tests.shown_page import html_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
DOOR = "/account/sign-in/?next=/checkout/"


@pytest.fixture
def mug(store):
    return ProductFactory(name="Mug")


@pytest.fixture
def parcel(store):
    return DeliveryMethodFactory()


def close_to_guests(store):
    store.guest_checkout = False
    store.save()


def test_a_guest_is_led_to_the_door_and_finds_the_cart_behind_it(client, store, mug, ines):
    close_to_guests(store)
    put_into_cart(client, mug)
    assert client.get("/checkout/").url == DOOR
    door = html_of(client.get(DOOR))
    assert "To order, sign in or create an account. Your cart is saved." in text_of(door)
    assert "order as a guest" not in text_of(door.find(".//main"))
    assert sign_in(client, ines.email, next="/checkout/").url == "/checkout/"
    assert "Mug" in client.get("/checkout/").content.decode()


def test_no_step_takes_what_a_guest_typed_before(client, store, mug, parcel):
    inputs = come_to_the_review(client, mug, parcel)
    close_to_guests(store)
    assert [client.get(f"/checkout/{step}").url for step in ("", "delivery/", "review/")] == [DOOR] * 3
    assert client.post("/checkout/review/", inputs).url == DOOR
    assert not Order.objects.exists()


def test_an_order_placed_before_is_confirmed_when_asked_again(client, store, mug, parcel):
    inputs = come_to_the_review(client, mug, parcel)
    placed = client.post("/checkout/review/", inputs).url
    close_to_guests(store)
    assert client.post("/checkout/review/", inputs).url == placed
