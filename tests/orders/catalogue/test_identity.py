"""How the shop introduces itself on its pages: by its merchant's words, in the visitor's language."""

import pytest

from tests.factories import ProductFactory
from tests.orders.catalogue.picture_files import give_picture
from tests.shown_page import html_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def introduced(store):
    """A shop with words of its own, some of them in German too."""
    store.tagline = {"": "Things & more", "de": "Dinge & mehr"}
    store.introduction = {"": "Made <b>here</b>."}
    store.opening_hours = {"": "Every day\n10:00–17:30", "de": "Täglich"}
    store.save()
    return store


def words(page, path):
    return [text_of(found) for found in page.xpath(path)]


@pytest.mark.parametrize(
    ("language", "heading", "hours"),
    [("en", "Things & more", "Every day10:00–17:30"), ("de", "Dinge & mehr", "Täglich"),
     ("nl", "Things & more", "Every day10:00–17:30")],
)  # fmt: skip
def test_the_home_page_speaks_the_language_of_the_visitor(client, introduced, language, heading, hours):
    page = html_of(client.get("/", headers={"Accept-Language": language}))
    assert (words(page, "//h1"), page.get("lang")) == ([heading], language)
    assert words(page, "//section[@class='hero']//p") == ["Made <b>here</b>."]
    assert words(page, "//footer//section[2]/p") == [hours]
    assert words(page, "//footer//section[1]/p") == [heading]


def test_search_engines_are_told_what_the_merchant_wrote(client, introduced):
    page = html_of(client.get("/"))
    assert page.xpath("//head/meta[@name='description']/@content") == ["Made <b>here</b>."]


def test_the_picture_is_that_of_the_newest_product_that_has_one(client, introduced):
    hero = "//section[@class='hero']//img/@src"
    assert html_of(client.get("/")).xpath(hero) == []
    mug = ProductFactory()
    give_picture(mug)
    ProductFactory()
    mug.refresh_from_db()
    assert html_of(client.get("/")).xpath(hero) == [mug.shown_picture.url]


def test_a_shop_that_says_nothing_has_its_name_for_a_heading(client, store):
    page = html_of(client.get("/"))
    assert (words(page, "//h1"), words(page, "//section[@class='hero']//p")) == (["Veld & Vorm"], [])
    assert words(page, "//footer//h2") == ["Veld & Vorm", "Help", "Legal texts"]


def test_opening_hours_stand_below_the_address(client, introduced):
    introduced.street, introduced.city = "Oudegracht 1", "Utrecht"
    introduced.save()
    page = html_of(client.get("/"))
    assert words(page, "//footer//h2") == ["Veld & Vorm", "Visit us", "Help", "Legal texts"]
    assert words(page, "//footer//section[2]/p") == ["Every day10:00–17:30"]
