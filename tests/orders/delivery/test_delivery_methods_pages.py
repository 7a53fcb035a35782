"""Delivery methods in the settings: who may enter, what is shown, added, changed, sorted and switched off."""

from decimal import Decimal

import pytest

from orders.models import DeliveryMethod
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import give_details, put_into_cart
from tests.shown_page import errors, filled, html_of, text_of, value_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
URL = "/backoffice/settings/delivery/"
ENTRIES = {"name": "PostNL-pakket", "price": "6,95", "tax_class": "standard", "countries": ["NL", "BE"]}


@pytest.fixture
def parcel(store):
    return DeliveryMethodFactory(name="Parcel", position=0, tax_class="reduced")


@pytest.fixture
def freight(parcel):
    return DeliveryMethodFactory(name="Freight", position=1)


def names(client):
    return [text_of(link) for link in html_of(client.get(URL)).xpath("//tbody//th/a")]


def add(client, **changes):
    return client.post(f"{URL}add/", filled(client.get(f"{URL}add/"), "method-form", **ENTRIES | changes))


def change(client, method, **changes):
    url = f"{URL}{method.pk}/"
    return client.post(url, filled(client.get(url), "method-form", **changes))


@pytest.mark.parametrize("person", ["sam", "rosa"])
def test_only_the_owner_may_enter(client, person, request, parcel):
    client.force_login(request.getfixturevalue(person))
    assert {client.get(f"{URL}{path}").status_code for path in ("", "add/", f"{parcel.pk}/")} == {403}
    assert client.post(f"{URL}{parcel.pk}/offer/", {"active": ""}).status_code == 403
    parcel.refresh_from_db()
    assert parcel.active


def test_a_shop_without_any_is_told_that_nobody_can_check_out(as_mara, store):
    page = as_mara.get(URL).content.decode()
    assert "Until there is one, nobody can check out" in page
    assert html_of(as_mara.get("/backoffice/settings/")).xpath(f"//main//a[@href='{URL}'][contains(., 'Incomplete')]")


def test_one_that_is_added_is_offered_last_in_every_language(as_mara, client, parcel):
    response = add(as_mara, delivery_time="1 to 2 days", name_de="PostNL-Paket", free_from="75")
    assert (response.status_code, response["Location"]) == (302, URL)
    method = DeliveryMethod.objects.get(name="PostNL-pakket")
    assert (method.price, method.free_from, method.countries) == (Decimal("6.95"), Decimal("75.00"), ["NL", "BE"])
    assert (method.translations, method.delivery_time) == ({"de": {"name": "PostNL-Paket"}}, "1 to 2 days")
    assert names(as_mara) == ["Parcel", "PostNL-pakket"]


def test_it_is_offered_with_its_time_at_checkout(as_mara, client, store):
    add(as_mara, delivery_time="1 to 2 days")
    put_into_cart(client, ProductFactory())
    give_details(client)
    page = client.get("/checkout/delivery/")
    assert html_of(page).xpath("string(//label[contains(., 'PostNL-pakket')]/span)") == "€6.95. 1 to 2 days"


@pytest.mark.parametrize(
    ("entry", "value", "message"),
    [
        ("name", "", "This field is required."),
        ("price", "cheap", "Enter an amount, such as 12.50"),
        ("price", "-1", "Ensure this value is greater than or equal to 0."),
        ("countries", ["ZZ"], "Select a valid choice. ZZ is not one of the available choices."),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_everything_typed_is_kept(as_mara, store, entry, value, message):
    response = add(as_mara, **{"delivery_time": "Kept", entry: value})
    assert (response.status_code, errors(response)) == (200, {entry: message})
    assert value_of(response, "delivery_time") == "Kept"
    assert not DeliveryMethod.objects.exists()


def test_a_change_leaves_the_other_methods_alone(as_mara, parcel, freight):
    before = DeliveryMethod.objects.values().get(pk=freight.pk)
    assert change(as_mara, parcel, name="Pakket", is_pickup="on").status_code == 302
    parcel.refresh_from_db()
    assert (parcel.name, parcel.is_pickup, parcel.tax_class) == ("Pakket", True, "reduced")
    assert DeliveryMethod.objects.values().get(pk=freight.pk) == before


def test_the_order_of_the_checkout_is_theirs_to_choose(as_mara, parcel, freight):
    as_mara.post(f"{URL}{freight.pk}/position/", {"step": "-1"})
    assert names(as_mara) == ["Freight", "Parcel"]
    as_mara.post(f"{URL}{freight.pk}/position/", {"step": "-1"})
    as_mara.post(f"{URL}{freight.pk}/position/", {"step": "9"})
    assert names(as_mara) == ["Freight", "Parcel"]


def test_one_that_is_switched_off_is_not_offered_and_can_come_back(as_mara, parcel):
    as_mara.post(f"{URL}{parcel.pk}/offer/", {"active": ""})
    parcel.refresh_from_db()
    assert (parcel.active, parcel.goes_to("NL")) == (False, False)
    assert "Nobody can check out" in as_mara.get(URL).content.decode()
    as_mara.post(f"{URL}{parcel.pk}/offer/", {"active": "on"})
    assert "Nobody can check out" not in as_mara.get(URL).content.decode()


def test_the_list_costs_the_same_whatever_its_length(as_mara, parcel, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as first:
        as_mara.get(URL)
    DeliveryMethodFactory.create_batch(2)
    with django_assert_max_num_queries(len(first)):
        as_mara.get(URL)
