"""The last button: one order, however often it is pressed; all of it or nothing."""

import pytest
from django.db import IntegrityError

from customers.models import Customer
from orders.models import Order, Product
from shopadmin.models import Mail
from tests.factories import DeliveryMethodFactory, OrderFactory, ProductFactory
from tests.orders.shopping import ELSEWHERE, come_to_the_review, order_at, order_now, put_into_cart

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug(store):
    return ProductFactory(name="Stacking mug", stock=5)


@pytest.fixture
def parcel(store):
    return DeliveryMethodFactory()


def test_a_guest_orders_and_sees_the_confirmation(client, mug, parcel):
    inputs = come_to_the_review(client, mug, parcel, quantity=2)
    response = client.post("/checkout/review/", inputs, follow=True)
    assert "Thank you for your order" in response.content.decode()
    order = Order.objects.get()
    assert response.redirect_chain == [(f"/order/{order.token}/", 302)]
    assert (order.number, str(order.total), order.channel) == ("10001", "37.95", "guest")
    assert (str(order.total_net), str(order.total_vat)) == ("31.36", "6.59")
    assert [str(line) for line in order.lines.all()] == ["2 × Stacking mug"]
    assert Product.objects.get().stock == 3


def test_the_order_keeps_its_own_copy_of_person_and_addresses(client, mug, parcel):
    order = order_now(client, mug, parcel, phone="06 12345678", order_note="Ring twice", **ELSEWHERE)
    assert (order.get_full_name(), order.email, order.phone) == ("Gus Gast", "gus@post.example", "+31 6 12345678")
    assert (order.order_note, order.language, order.delivery_name) == ("Ring twice", "en", "Parcel")
    assert [(a.kind, a.city, str(a.country)) for a in order.addresses.order_by("kind")] == [
        ("billing", "Utrecht", "NL"),
        ("shipping", "Leipzig", "DE"),
    ]


def test_the_order_keeps_whether_there_was_a_right_of_withdrawal(client, mug, parcel):
    Product.objects.update(withdrawal_excepted=True)
    order = order_now(client, mug, parcel)
    Product.objects.update(withdrawal_excepted=False)
    assert order.lines.get().withdrawal_excepted


def test_pressing_again_ends_on_the_same_confirmation(client, mug, parcel):
    inputs = come_to_the_review(client, mug, parcel)
    first, again = (client.post("/checkout/review/", inputs) for _ in range(2))
    assert first.url == again.url == f"/order/{Order.objects.get().token}/"


def test_a_retry_without_the_session_ends_on_the_same_confirmation(client, mug, parcel):
    inputs = come_to_the_review(client, mug, parcel)
    order = order_at(client.post("/checkout/review/", inputs))
    client.cookies.clear()
    assert order_at(client.post("/checkout/review/", inputs)) == order
    assert Order.objects.count() == 1


def test_the_back_button_after_ordering_more_leads_to_the_old_order_and_keeps_the_new_cart(client, mug, parcel):
    inputs = come_to_the_review(client, mug, parcel)
    order = order_at(client.post("/checkout/review/", inputs))
    put_into_cart(client, mug, 2)
    assert order_at(client.post("/checkout/review/", inputs)) == order
    client.get(f"/order/{order.token}/")
    assert client.session["cart"] == {str(mug.pk): 2}


def test_a_session_that_was_not_saved_in_time_does_not_order_twice(client, mug, parcel):
    inputs = come_to_the_review(client, mug, parcel)
    kept = dict(client.session)
    order = order_at(client.post("/checkout/review/", inputs))
    session = client.session
    session.update(kept)
    session.save()
    assert client.get("/checkout/review/").url == f"/order/{order.token}/"
    client.get(f"/order/{order.token}/")
    assert client.get("/checkout/review/").url == "/cart/"


def test_two_windows_of_one_checkout_are_one_order(client, mug, parcel):
    first = come_to_the_review(client, mug, parcel)
    second = come_to_the_review(client, mug, parcel)
    assert first["key"] == second["key"]


@pytest.mark.parametrize("key", ["", "no key", "00000000-0000-0000-0000-000000000000", "9" * 5000])
def test_a_key_that_is_not_ours_shows_the_form_anew(client, mug, parcel, key):
    inputs = come_to_the_review(client, mug, parcel)
    response = client.post("/checkout/review/", inputs | {"key": key})
    assert response.status_code == 200
    assert f'value="{inputs["key"]}"' in response.content.decode()
    assert not Order.objects.exists()


def test_a_price_that_changed_is_shown_before_anything_is_ordered(client, mug, parcel):
    inputs = come_to_the_review(client, mug, parcel)
    Product.objects.update(price="20.00")
    response = client.post("/checkout/review/", inputs)
    assert "Your order has not been placed yet" in response.content.decode()
    assert "€20.00" in response.content.decode()
    assert not Order.objects.exists()
    assert Product.objects.get().stock == 5


def test_a_dearer_delivery_is_shown_before_anything_is_ordered(client, mug, parcel):
    inputs = come_to_the_review(client, mug, parcel)
    parcel.price = "9.95"
    parcel.save()
    response = client.post("/checkout/review/", inputs)
    assert "Your order has not been placed yet" in response.content.decode()
    assert not Order.objects.exists()


def test_stock_that_ran_short_is_shown_before_anything_is_ordered(client, mug, parcel):
    inputs = come_to_the_review(client, mug, parcel, quantity=4)
    Product.objects.update(stock=1)
    page = client.post("/checkout/review/", inputs).content.decode()
    assert "Stacking mug: only 1 left. We have updated your cart." in page
    assert "1 × €16.50" in page
    assert not Order.objects.exists()


def test_what_was_sold_out_meanwhile_leads_back_to_the_cart(client, mug, parcel):
    inputs = come_to_the_review(client, mug, parcel)
    Product.objects.update(stock=0)
    page = client.post("/checkout/review/", inputs, follow=True).content.decode()
    assert "Stacking mug is sold out and has been removed from your cart." in page
    assert "Your cart is empty" in page


def test_orders_are_numbered_on_with_the_letters_of_the_shop(client, mug, parcel, store):
    store.order_prefix = "VV"
    store.save()
    assert [order_now(client, mug, parcel).number for _ in range(2)] == ["VV10001", "VV10002"]


def test_a_number_that_came_in_from_elsewhere_is_never_drawn(client, mug, parcel, store):
    store.order_prefix = "VV"
    store.save()
    for number in ("vv10002", "VV10003", "100000617"):
        OrderFactory(number=number)
    assert [order_now(client, mug, parcel).number for _ in range(3)] == ["VV10001", "VV10004", "VV10005"]


def test_a_long_row_of_numbers_that_came_in_is_stepped_over(client, mug, parcel, monkeypatch):
    monkeypatch.setattr("orders.documents.numbering.AHEAD", 2)
    for number in range(10_001, 10_007):
        OrderFactory(number=str(number))
    assert order_now(client, mug, parcel).number == "10007"


def test_no_two_orders_have_one_number_in_another_case(store):
    OrderFactory(number="sw10001")
    with pytest.raises(IntegrityError):
        OrderFactory(number="SW10001")


def test_the_customer_is_counted(client, mug, parcel):
    order_now(client, mug, parcel, quantity=2)
    order = order_now(client, mug, parcel)
    gus = Customer.objects.get(email="gus@post.example")
    assert (gus.orders_count, str(gus.spent), gus.last_order_at) == (2, "59.40", order.placed_at)
    assert Customer.objects.matching("10002 utrecht gast").get() == gus


def test_an_address_cannot_be_flooded_with_orders(client, mug, parcel, monkeypatch):
    monkeypatch.setattr("orders.checkout.place.MOST_AN_HOUR", 1)
    order_now(client, mug, parcel)
    response = client.post("/checkout/review/", come_to_the_review(client, mug, parcel, email="GUS@post.example"))
    assert response.status_code == 429
    assert Order.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_order_that_fails_leaves_nothing_behind(client, mug, parcel, monkeypatch):
    inputs = come_to_the_review(client, mug, parcel)
    client.raise_request_exception = False
    monkeypatch.setattr("orders.mails.compose_for_merchant", lambda *args, **kwargs: 1 / 0)
    assert client.post("/checkout/review/", inputs).status_code == 500
    monkeypatch.undo()
    assert [model.objects.count() for model in (Order, Customer, Mail)] == [0, 0, 0]
    assert Product.objects.get().stock == 5
    assert client.post("/checkout/review/", inputs).url == f"/order/{Order.objects.get().token}/"
