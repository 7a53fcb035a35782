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
from tests.orders.shopping import come_to_the_review

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


def test_the_last_piece_is_sold_once_to_eight_buyers(mug, parcel):
    presses = [ready_to_order(mug, parcel, email=f"buyer{number}@post.example") for number in range(8)]
    responses = press_at_once(presses)
    order = Order.objects.get()
    assert sorted(response.url for response in responses) == sorted(["/cart/"] * 7 + [f"/order/{order.token}/"])
    assert Product.objects.get().stock == 0


def test_eight_orders_at_once_are_numbered_without_gaps(mug, parcel):
    Product.objects.update(stock=8)
    press_at_once([ready_to_order(mug, parcel, email=f"buyer{number}@post.example") for number in range(8)])
    assert sorted(Order.objects.values_list("number", flat=True)) == [str(10_001 + n) for n in range(8)]
    assert Product.objects.get().stock == 0
