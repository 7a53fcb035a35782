"""What shoppers find when they search the shop."""

import pytest
from django.db import connection

from orders.catalogue import home_view
from orders.models import Product
from orders.models.product import write_search_texts
from tests.factories import ProductFactory
from tests.shown_page import html_of, page_link, row_names, text_of, value_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def products(store):
    texts = {"de": {"name": "Stapelbecher", "description": "Aus Köln"}}
    ProductFactory(name="Stacking mug", sku="MUG-04", description="Stoneware from Gouda", translations=texts)
    ProductFactory(name="Müller vase", sku="VAS-1")
    ProductFactory(name="Secret mug", active=False)


def found(client, words):
    return row_names(client.get("/search/", {"q": words}))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("mug", ["Stacking mug"]),
        ("STACK mu", ["Stacking mug"]),
        ("gouda", ["Stacking mug"]),
        ("mug-04", ["Stacking mug"]),
        ("mug04", ["Stacking mug"]),
        ("stapelbecher", ["Stacking mug"]),
        ("koeln", ["Stacking mug"]),
        ("muller", ["Müller vase"]),
        ("Mueller", ["Müller vase"]),
        ("mug vase", []),
        ("secret", []),
        ("%", []),
        ("\x00", []),
        ("m" * 5_000, []),
    ],
)
def test_words_are_found_wherever_they_stand_and_however_they_are_spelt(client, products, words, names):
    assert found(client, words) == names


def test_what_is_found_is_shown_in_the_language_of_the_page(client, products):
    page = client.get("/search/", {"q": "mug"}, headers={"Accept-Language": "de"})
    assert row_names(page) == ["Stapelbecher"]


def test_who_finds_nothing_is_told_what_to_do(client, products):
    page = client.get("/search/", {"q": "<lamp>"})
    [empty] = html_of(page).xpath("//div[@class='empty']")
    assert text_of(empty.xpath("h2")[0]) == "No products found"
    assert empty.xpath(".//a/@href") == ["/"]
    assert value_of(page, "q") == "<lamp>"


def test_without_words_there_is_the_field_alone(client, products):
    page = client.get("/search/")
    assert (row_names(page), value_of(page, "q"), "No products found" in page.content.decode()) == ([], "", False)


def test_every_page_of_the_shop_leads_to_it(client, products):
    assert "/search/" in html_of(client.get("/cart/")).xpath("//header//a/@href")


def test_more_than_a_page_is_leafed_through(client, store, monkeypatch):
    monkeypatch.setattr(home_view, "ON_A_PAGE", 1)
    for name in ("Mug & bowl", "Mug & cup"):
        ProductFactory(name=name)
    first, second = client.get("/search/?q=mug+%26"), client.get("/search/?q=mug+%26&page=2")
    assert (row_names(first), row_names(second)) == (["Mug & cup"], ["Mug & bowl"])
    assert (page_link(first, "next"), page_link(second, "prev")) == ("?q=mug+%26&page=2", "?q=mug+%26&page=1")
    assert client.get("/search/?q=mug&page=3").status_code == 404


def test_a_product_is_found_by_its_new_name_alone(client, products):
    mug = Product.objects.get(sku="MUG-04")
    mug.name = "Beaker"
    mug.save(update_fields=["name"])
    assert (found(client, "beaker"), found(client, "stacking")) == (["Beaker"], [])


def test_products_from_before_are_composed_anew(client, products):
    Product.objects.update(search_text="")
    assert found(client, "mug") == []
    write_search_texts([*Product.objects.values_list("pk", flat=True)])
    assert found(client, "mug") == ["Stacking mug"]


def test_it_costs_the_same_however_many_are_found(client, products, django_assert_num_queries):
    for _more in range(2):
        with django_assert_num_queries(3):
            client.get("/search/?q=mug")
        ProductFactory(name="Another mug")


def test_postgresql_has_an_index_for_it(db):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname = 'orders_product_search'")
            assert cursor.fetchone() == (1,)
