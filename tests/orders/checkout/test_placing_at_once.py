"""Orders at the same moment, on real connections: one customer an address, one order a key, no piece sold twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from customers.models import Customer
from orders.models import Order, Product
from shopadmin.models import Mail, StoreSettings
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import come_to_the_review, hidden_inputs, order_at, put_into_cart

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set DATABASE_URL=postgres://…")


@pytest.fixture
def mug():
    StoreSettings(name="Veld & Vorm", languages=["en", "nl"], notification_email="m@shop.example").save()
    return ProductFactory(name="Stacking mug", stock=1)


@pytest.fixture
def parcel(mug):
    return DeliveryMethodFactory()


def press_at_once(presses: list[tuple[Client, dict]]) -> list:
    """Each press in a thread with a connection of its own, all of them at the same moment."""
    barrier = Barrier(len(presses))

    def press(client: Client, inputs: dict):
        try:
            barrier.wait(timeout=30)
            return client.post("/checkout/review/", inputs)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as threads:
        return list(threads.map(lambda one: press(*one), presses))


def ready_to_order(product, method, **details) -> tuple[Client, dict]:
    client = Client()
    return client, come_to_the_review(client, product, method, **details)


@pytest.mark.parametrize("attempt", range(5))
def test_two_new_guests_with_one_address_are_one_customer(mug, parcel, attempt):
    Product.objects.update(stock=None)
    presses = [
        ready_to_order(mug, parcel, email=email) for email in ("New.Guest@post.example", "new.guest@POST.example")
    ]
    responses = press_at_once(presses)
    assert {response.status_code for response in responses} == {302}
    guest = Customer.objects.get()
    assert (guest.orders_count, guest.orders.count(), guest.email) == (2, 2, "new.guest@post.example")
    assert sorted(guest.order_numbers.split()) == ["10001", "10002"]


@pytest.mark.parametrize("attempt", range(5))
def test_three_presses_of_one_button_are_one_order(mug, parcel, attempt):
    client, inputs = ready_to_order(mug, parcel)
    windows = [Client() for _ in range(3)]
    for window in windows:
        window.cookies = client.cookies.copy()
    responses = press_at_once([(window, inputs) for window in windows])
    order = Order.objects.get()
    assert [response.url for response in responses] == [f"/order/{order.token}/"] * 3
    assert (Mail.objects.filter(name="order_placed").count(), Customer.objects.get().orders_count) == (1, 1)


def test_the_last_piece_is_sold_once_to_twenty_buyers_and_the_others_keep_their_carts(mug, parcel):
    bowl, presses = ProductFactory(name="Bowl"), []
    for number in range(20):
        client = Client()
        put_into_cart(client, bowl)
        presses.append((client, come_to_the_review(client, mug, parcel, email=f"buyer{number}@post.example")))
    responses = press_at_once(presses)
    order = Order.objects.get()
    assert (Product.objects.get(pk=mug.pk).stock, sorted(r.status_code for r in responses)) == (0, [200] * 19 + [302])
    losers = [(client, r) for (client, _), r in zip(presses, responses, strict=True) if r.status_code == 200]
    said = "Stacking mug is sold out and has been removed from your cart."
    assert {(said in r.content.decode(), str(client.session["cart"])) for client, r in losers} == {
        (True, str({str(bowl.pk): 1}))
    }
    client, response = losers[0]
    assert order_at(client.post("/checkout/review/", hidden_inputs(response))).lines.get().name == "Bowl"
    assert order.lines.count() == 2


def test_who_wanted_nothing_but_the_last_piece_is_told_in_the_cart(mug, parcel):
    presses = [ready_to_order(mug, parcel, email=f"buyer{number}@post.example") for number in range(2)]
    responses = press_at_once(presses)
    [(client, response)] = [(c, r) for (c, _), r in zip(presses, responses, strict=True) if r.url == "/cart/"]
    assert "Stacking mug is sold out" in client.get(response.url).content.decode()


def test_eight_orders_at_once_are_numbered_without_gaps(mug, parcel):
    Product.objects.update(stock=8)
    press_at_once([ready_to_order(mug, parcel, email=f"buyer{number}@post.example") for number in range(8)])
    assert sorted(Order.objects.values_list("number", flat=True)) == [str(10_001 + n) for n in range(8)]
    assert Product.objects.get().stock == 0
