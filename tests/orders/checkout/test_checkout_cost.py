"""What an order costs the database, from the product to the thank-you page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders.checkout import place as checkout_place
from orders.models import Order
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import choose_delivery, come_to_the_review, give_details, hidden_inputs, put_into_cart

# In placing it, and in all; SQLite has no settings of a transaction, and notes who acts in a table.
PLACING, IN_ALL = (16, 60) if connection.vendor == "postgresql" else (21, 65)


@pytest.fixture
def mug(store):
    return ProductFactory(stock=5)


@pytest.fixture
def parcel(store):
    return DeliveryMethodFactory()


@pytest.mark.django_db(transaction=True)
def test_placing_a_guest_order_takes_few_statements(client, mug, parcel, monkeypatch):
    counted, place = [], checkout_place.place

    def counting(*args, **kwargs):
        with CaptureQueriesContext(connection) as queries:
            placed = place(*args, **kwargs)
        counted.append([query["sql"] for query in queries])
        return placed

    monkeypatch.setattr("orders.checkout.views.place", counting)
    client.post("/checkout/review/", come_to_the_review(client, mug, parcel))
    assert Order.objects.count() == 1
    assert len(counted[0]) <= PLACING, "\n".join(counted[0])


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_takes_four_forms_ten_requests_and_few_statements(client, mug, parcel):
    with CaptureQueriesContext(connection) as queries:
        client.get(mug.get_absolute_url())
        put_into_cart(client, mug)
        client.get("/cart/")
        client.get("/checkout/")
        give_details(client)
        client.get("/checkout/delivery/")
        choose_delivery(client, parcel)
        inputs = hidden_inputs(client.get("/checkout/review/"))
        thanks = client.post("/checkout/review/", inputs)
        assert client.get(thanks.url).status_code == 200
    assert len(queries) <= IN_ALL, "\n".join(query["sql"] for query in queries)
