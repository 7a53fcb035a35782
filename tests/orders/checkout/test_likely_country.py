"""The country that the checkout begins with, before the shopper has chosen one."""

import pytest

from customers.models import Address
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import give_details, put_into_cart
from tests.shown_page import value_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def country_shown(client, language="en", kind="billing"):
    return value_of(client.get("/checkout/", headers={"Accept-Language": language}), f"{kind}-country")


@pytest.fixture
def cart(client, store):
    put_into_cart(client, ProductFactory())
    return client


@pytest.mark.parametrize(
    ("home", "language", "countries", "shown"),
    [
        ("NL", "de", [], "DE"),
        ("NL", "de", ["NL", "DE"], "DE"),
        ("NL", "de", ["NL", "BE"], "NL"),
        ("NL", "en", [], "NL"),
        ("BE", "nl", ["BE", "NL"], "BE"),
        ("BE", "de", ["BE", "DE"], "BE"),
        ("DE", "nl", ["DE", "NL"], "NL"),
        ("NL", "nl", ["DE"], "DE"),
    ],
)
def test_it_goes_by_language_and_by_where_is_delivered(cart, store, home, language, countries, shown):
    store.country = home
    store.save()
    DeliveryMethodFactory(countries=countries)
    DeliveryMethodFactory(is_pickup=True)
    assert [country_shown(cart, language, kind) for kind in ("billing", "shipping")] == [shown, shown]


def test_what_is_switched_off_delivers_nowhere(cart):
    DeliveryMethodFactory(countries=["NL", "BE"])
    DeliveryMethodFactory(countries=["DE"], active=False)
    assert country_shown(cart, "de") == "NL"


def test_what_the_shopper_typed_stays(cart):
    DeliveryMethodFactory(countries=[])
    give_details(cart)
    assert country_shown(cart, "de") == "NL"


def test_the_address_on_record_stays(client, ines, store):
    Address.objects.update_or_create(customer=ines, kind="billing", defaults={"country": "AT", "city": "Wien"})
    DeliveryMethodFactory(countries=["DE"])
    client.force_login(ines)
    put_into_cart(client, ProductFactory())
    assert country_shown(client, "de") == "AT"


def test_the_estimate_is_of_the_country_that_is_shown(cart):
    DeliveryMethodFactory(countries=["NL"], price="4.50")
    DeliveryMethodFactory(countries=["DE"], price="7.77")
    assert "7.77" in cart.get("/checkout/", headers={"Accept-Language": "de"}).content.decode().replace(",", ".")
