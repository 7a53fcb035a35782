"""The second step of the checkout: how it is delivered and paid."""

import pytest

from orders.checkout import payment_methods
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import ELSEWHERE, choose_delivery, give_details, hidden_inputs, order_at, put_into_cart
from tests.shown_page import errors, html_of, text_of, value_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def parcel(store):
    return DeliveryMethodFactory(free_from="50.00")


@pytest.fixture
def pickup(store):
    return DeliveryMethodFactory(name="Pick up in the shop", price=0, is_pickup=True, countries=["NL"])


@pytest.fixture
def shopper(client, parcel, pickup):
    """A browser with a mug of 16.50 in its cart and the details given."""
    put_into_cart(client, ProductFactory())
    give_details(client)
    return client


def delivery_methods(page) -> list[str]:
    return [text_of(choice.label) for choice in html_of(page).xpath("//input[@name='delivery']")]


def ways_to_pay(page) -> list[str]:
    return html_of(page).xpath("//input[@name='payment_method']/@value")


def test_who_skips_the_details_is_led_back_to_them(client, parcel):
    put_into_cart(client, ProductFactory())
    assert client.get("/checkout/delivery/").url == "/checkout/"
    assert client.get("/checkout/review/").url == "/checkout/"


def test_it_shows_prices_and_from_when_delivery_is_free(shopper):
    page = shopper.get("/checkout/delivery/").content.decode()
    assert 'Parcel <span class="soft">€4.95, free from €50.00</span>' in page
    assert 'Pick up in the shop <span class="soft">Free</span>' in page


def test_delivery_is_free_from_its_amount_on(shopper):
    put_into_cart(shopper, ProductFactory(price="50.00"))
    assert 'Parcel <span class="soft">Free</span>' in shopper.get("/checkout/delivery/").content.decode()


def test_free_delivery_is_called_free_up_to_the_placed_order(shopper, pickup):
    choose_delivery(shopper, pickup)
    review = shopper.get("/checkout/review/")
    order = order_at(shopper.post("/checkout/review/", hidden_inputs(review)))
    for page in (review, shopper.get(f"/order/{order.token}/")):
        assert "<dt>Pick up in the shop</dt>\n<dd>Free</dd>" in page.content.decode()


def test_only_what_goes_to_the_country_is_offered(shopper):
    DeliveryMethodFactory(name="Air mail", countries=["US"])
    DeliveryMethodFactory(name="Pigeon", active=False)
    page = shopper.get("/checkout/delivery/")
    assert delivery_methods(page) == [
        "Parcel €4.95, free from €50.00",
        "Pick up in the shop Free",
    ]


def test_the_country_is_that_of_the_shipping_address(shopper, parcel):
    french = ELSEWHERE | {"shipping-country": "FR", "shipping-postcode": "75001", "shipping-city": "Paris"}
    give_details(shopper, **french)
    page = shopper.get("/checkout/delivery/")
    assert delivery_methods(page) == ["Pick up in the shop Free"]
    assert choose_delivery(shopper, parcel).status_code == 200


def test_a_country_that_nothing_goes_to_is_said(shopper, pickup):
    pickup.delete()
    give_details(shopper, billing__country="AD", billing__postcode="AD500")
    assert "We do not deliver to this country yet: Andorra." in shopper.get("/checkout/delivery/").content.decode()


def test_a_choice_leads_on_to_the_review(shopper, parcel):
    assert choose_delivery(shopper, parcel).url == "/checkout/review/"
    page = shopper.get("/checkout/delivery/")
    assert value_of(page, "delivery") == str(parcel.pk)


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({}, ["delivery", "payment_method"]),
        ({"delivery": "99999999999999999999", "payment_method": "invoice"}, ["delivery"]),
        ({"delivery": "x" * 5000, "payment_method": "gold"}, ["delivery", "payment_method"]),
    ],
)
def test_choices_that_are_none_are_refused(shopper, data, wrong):
    page = shopper.post("/checkout/delivery/", data)
    assert list(errors(page)) == wrong
    assert "<title>Error:" in page.content.decode()


def test_pay_on_pick_up_goes_with_pick_up_alone(shopper, parcel, pickup):
    page = choose_delivery(shopper, parcel, "on_pickup")
    assert errors(page) == {
        "payment_method": "You can only pay on pick-up if you choose pick-up as your delivery method"
    }
    assert choose_delivery(shopper, pickup, "on_pickup").url == "/checkout/review/"


def test_the_settings_choose_the_ways_to_pay(shopper, store):
    assert ways_to_pay(shopper.get("/checkout/delivery/")) == ["bank_transfer", "invoice", "on_pickup"]
    store.payment_methods = ["invoice"]
    store.save()
    assert ways_to_pay(shopper.get("/checkout/delivery/")) == ["invoice"]


def test_a_way_to_pay_of_another_time_is_shown_by_its_code():
    assert (payment_methods.label_of("invoice"), payment_methods.label_of("cheque")) == ("Invoice", "cheque")
