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
