"""The cart."""

import pytest

from orders.models import Product
from tests.factories import ProductFactory
from tests.orders.shopping import put_into_cart

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def mug(store):
    return ProductFactory(name="Stacking mug")


def quantities(client) -> dict:
    return client.session.get("cart", {})


def change(client, product, **data):
    return client.post(f"/cart/change/{product.slug}/", data, follow=True)


def test_an_empty_cart_says_so(client, store):
    assert "Your cart is empty" in client.get("/cart/").content.decode()


def test_adding_twice_adds_up_and_the_head_counts(client, mug):
    put_into_cart(client, mug, 2)
    assert put_into_cart(client, mug, 1).url == "/cart/"
    page = client.get("/cart/").content.decode()
    assert quantities(client) == {str(mug.pk): 3}
    assert '<span class="count">3</span>' in page
    assert "€49.50" in page


def test_quantities_change_by_number_and_by_step(client, mug):
    put_into_cart(client, mug)
    change(client, mug, quantity=5)
    change(client, mug, quantity=5, step=1)
    assert quantities(client) == {str(mug.pk): 6}
    change(client, mug, quantity=6, step=-1)
    assert quantities(client) == {str(mug.pk): 5}


def test_none_takes_it_out(client, mug):
    put_into_cart(client, mug)
    assert "Your cart is empty" in change(client, mug, quantity=1, step=-1).content.decode()
    assert quantities(client) == {}


@pytest.mark.parametrize("quantity", ["-1", "100", "1.5", "many", "", "9" * 5000, "1e3", "NaN"])
def test_a_quantity_that_is_none_changes_nothing_and_is_said(client, mug, quantity):
    put_into_cart(client, mug)
    page = change(client, mug, quantity=quantity)
    assert quantities(client) == {str(mug.pk): 1}
    said = ("Enter a quantity", "Enter the quantity as a number")
    assert any(words in page.content.decode() for words in said)


@pytest.mark.parametrize("quantity", ["-1", "100", "many"])
def test_a_quantity_that_is_none_adds_nothing(client, mug, quantity):
    assert put_into_cart(client, mug, quantity).url == mug.get_absolute_url()
    assert quantities(client) == {}


def test_no_more_than_there_are_can_be_had(client, store):
    lamp = ProductFactory(stock=2)
    put_into_cart(client, lamp, 5)
    assert quantities(client) == {str(lamp.pk): 2}
    assert "Not enough in stock. We have adjusted the quantity." in change(client, lamp, quantity=3).content.decode()
    assert quantities(client) == {str(lamp.pk): 2}


def test_no_more_than_99_can_be_had(client, mug):
    put_into_cart(client, mug, 60)
    put_into_cart(client, mug, 60)
    assert quantities(client) == {str(mug.pk): 99}


def test_what_has_run_out_meanwhile_is_said_once(client, mug):
    put_into_cart(client, mug, 3)
    Product.objects.update(stock=0)
    assert "Stacking mug is sold out and has been removed from your cart." in client.get("/cart/").content.decode()
    assert "sold out" not in client.get("/cart/").content.decode()


def test_a_product_that_is_gone_altogether_breaks_nothing(client, mug):
    put_into_cart(client, mug)
    mug.delete()
    assert "Your cart is empty" in client.get("/cart/").content.decode()
    assert client.get("/checkout/review/").url == "/cart/"


def test_looking_changes_nothing(client, mug):
    for action in ("add", "change"):
        assert client.get(f"/cart/{action}/{mug.slug}/").status_code == 405
    assert quantities(client) == {}


def test_what_is_not_on_sale_cannot_be_added(client, mug):
    assert client.post("/cart/add/nothing/").status_code == 404
    Product.objects.update(active=False)
    assert put_into_cart(client, mug).status_code == 404


def test_the_cart_costs_the_same_queries_for_one_line_and_for_three(client, mug, django_assert_num_queries):
    put_into_cart(client, mug)
    with django_assert_num_queries(4):
        client.get("/cart/")
    for _ in range(2):
        put_into_cart(client, ProductFactory())
    with django_assert_num_queries(4):
        client.get("/cart/")
