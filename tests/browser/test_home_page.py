import pytest

from tests.factories import ProductFactory

pytestmark = [pytest.mark.browser, pytest.mark.any_database]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_home_page_opens_without_errors_and_is_accessible(visit, accessible, store, width):
    ProductFactory(name="Teapot with cane handle")
    page = visit(None, "/", width=width)
    assert page.get_by_role("link", name="Teapot with cane handle").is_visible()
    accessible(page)


def test_the_tools_stand_beside_the_name_on_the_smallest_screen(visit, store):
    page = visit(None, "/", width=320)
    name, tools = (page.locator(part).bounding_box() for part in (".shop-name", ".shop-head .tools"))
    assert name["x"] + name["width"] <= tools["x"]
    assert abs(name["y"] + name["height"] / 2 - tools["y"] - tools["height"] / 2) < 2


@pytest.mark.parametrize("width", [320, 1280])
def test_a_product_with_endless_words_keeps_the_page_as_wide_as_the_screen(visit, store, width):
    endless = "Kaffeetasse" * 10
    mug = ProductFactory(name=endless, summary=endless, description=endless * 2, sku="M" * 40)
    page = visit(None, "/", width=width)
    for path in ("/", mug.category.get_absolute_url(), mug.get_absolute_url()):
        page.goto(path)
        assert (path, page.evaluate("document.documentElement.scrollWidth <= innerWidth")) == (path, True)
