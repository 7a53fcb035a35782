import pytest

from tests.factories import ProductFactory

pytestmark = [pytest.mark.browser, pytest.mark.any_database]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_home_page_opens_without_errors_and_is_accessible(visit, accessible, store, width):
    ProductFactory(name="Teapot with cane handle")
    page = visit(None, "/", width=width)
    assert page.get_by_role("link", name="Teapot with cane handle").is_visible()
    accessible(page)
