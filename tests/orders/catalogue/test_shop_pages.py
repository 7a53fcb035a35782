"""The pages of the shop: home, a category, and one product."""

import gzip

import pytest

from orders.catalogue import home_view
from tests.factories import CategoryFactory, ProductFactory
from tests.shown_page import html_of, page_link, row_names

pytestmark = pytest.mark.django_db


@pytest.fixture
def categories(store):
    """Three products in two categories, and one that is not on sale."""
    table, room = CategoryFactory(slug="table", name="Table"), CategoryFactory(slug="room", name="Room")
    for name, category in (("Mug", table), ("Lamp", room), ("Bowl", table)):
        ProductFactory(name=name, slug=name.lower(), category=category)
    ProductFactory(name="Prototype", slug="prototype", active=False)


def test_everything_on_sale_is_there_newest_first(client, categories):
    assert row_names(client.get("/")) == ["Bowl", "Lamp", "Mug"]


def test_a_category_shows_its_own_things(client, categories):
    page = client.get("/categories/table/")
    assert row_names(page) == ["Bowl", "Mug"]
    assert '<a href="/categories/table/" aria-current="page">Table</a>' in page.content.decode()


def test_a_category_skips_no_level_of_headings(client, categories):
    assert '<h2><a class="cover" href="/products/mug/">' in client.get("/categories/table/").content.decode()
    assert '<h3><a class="cover" href="/products/mug/">' in client.get("/").content.decode()


def test_categories_are_named_in_the_language_of_the_page(client, store):
    CategoryFactory(slug="table", name="Table", translations={"de": "Tisch"})
    assert ">Tisch<" in client.get("/", headers={"Accept-Language": "de"}).content.decode()


def test_more_than_a_page_is_leafed_through(client, categories, monkeypatch):
    monkeypatch.setattr(home_view, "ON_A_PAGE", 2)
    first, second = client.get("/"), client.get("/?page=2")
    assert (row_names(first), row_names(second)) == (["Bowl", "Lamp"], ["Mug"])
    assert [page_link(first, rel) for rel in ("prev", "next")] == ["", "?page=2"]
    assert [page_link(second, rel) for rel in ("prev", "next")] == ["?page=1", ""]


def test_the_old_address_of_a_category_leads_to_its_page(client, categories):
    found = [client.get(f"/?category=table{page}") for page in ("", "&page=2")]
    assert [(r.status_code, r["Location"]) for r in found] == [
        (301, "/categories/table/"), (301, "/categories/table/?page=2"),
    ]  # fmt: skip


def test_a_category_is_leafed_through_at_its_own_address(client, categories, monkeypatch):
    monkeypatch.setattr(home_view, "ON_A_PAGE", 1)
    first, second = client.get("/categories/table/"), client.get("/categories/table/?page=2")
    assert (row_names(first), row_names(second)) == (["Bowl"], ["Mug"])
    assert (page_link(first, "next"), page_link(second, "prev")) == ("?page=2", "?page=1")


@pytest.mark.parametrize("path", ["nothing/", "table/?page=0", "table/?page=2", "table/?page=x", "%00/"])
def test_what_is_no_page_of_a_category_is_not_found(client, categories, path):
    assert client.get(f"/categories/{path}").status_code in {400, 404}


@pytest.mark.parametrize("query", ["category=nothing", "page=0", "page=2", "page=x", "page=99999999999", "page=²"])
def test_what_is_no_category_is_not_found(client, categories, query):
    assert client.get(f"/?{query}").status_code == 404


def test_an_empty_shop_says_so(client, store):
    assert "No products yet" in client.get("/").content.decode()


def test_a_product_shows_its_price_with_vat_and_what_is_left(client, store):
    lamp = ProductFactory(name="Lamp", stock=2, description="Brass & linen")
    page = client.get(lamp.get_absolute_url()).content.decode()
    for words in ("€16.50", "incl. VAT, plus delivery", "Only 2 left", "Brass &amp; linen", lamp.sku, "Add to cart"):
        assert words in page, words


def test_pages_that_show_everybody_the_same_come_compressed(client, store):
    lamp = ProductFactory()
    for path in ("/", lamp.category.get_absolute_url(), lamp.get_absolute_url()):
        page = client.get(path, headers={"Accept-Encoding": "gzip, br"})
        assert (page["Content-Encoding"], "Accept-Encoding" in page["Vary"]) == ("gzip", True)
        assert lamp.name in gzip.decompress(page.content).decode()


@pytest.mark.parametrize("path", ["/backoffice/customers/", "/account/", "/search/?q=a", "/account/sign-in/"])
def test_what_could_be_guessed_by_its_length_does_not(as_mara, path):
    assert "Content-Encoding" not in as_mara.get(path, headers={"Accept-Encoding": "gzip"})


def test_what_is_sold_out_cannot_be_put_into_the_cart(client, store):
    lamp = ProductFactory(stock=0)
    page = client.get(lamp.get_absolute_url()).content.decode()
    assert "Sold out" in page
    assert "Add to cart" not in page


def test_what_is_not_on_sale_is_not_found(client, categories):
    assert client.get("/products/prototype/").status_code == 404


def test_looking_around_makes_no_session(client, categories):
    client.get("/")
    client.get("/products/mug/")
    assert not client.cookies.get("session")


def test_a_page_costs_the_same_queries_however_many_products_there_are(client, categories, django_assert_num_queries):
    with django_assert_num_queries(3):
        client.get("/")


def description(response) -> list[str]:
    return html_of(response).xpath("//head/meta[@name='description']/@content")


def test_search_engines_are_told_what_a_page_is_about(client, categories, store):
    assert description(client.get("/")) == ["Veld & Vorm"]
    assert description(client.get("/categories/table/")) == ["Table at Veld & Vorm"]
    for fields, words in (({}, "Bare"), ({"description": "Brass"}, "Brass"), ({"summary": "A lamp"}, "A lamp")):
        lamp = ProductFactory(name="Bare", **fields)
        assert description(client.get(lamp.get_absolute_url())) == [words]
