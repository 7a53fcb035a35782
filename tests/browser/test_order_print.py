import pytest

from tests.factories import OrderFactory

pytestmark = [pytest.mark.browser, pytest.mark.any_database]


def test_a_printed_order_is_a_sheet_of_its_own(visit, mara):
    page = visit(mara, OrderFactory().get_absolute_url())
    page.set_viewport_size({"width": 673, "height": 1000})
    page.emulate_media(media="print")
    person, items = page.locator(".aside").bounding_box(), page.get_by_role("table").first.bounding_box()
    assert person["y"] + person["height"] <= items["y"]
    assert items["width"] > 600
    for part in (".menu", ".actions", ".timeline", "main .button"):
        assert not any(thing.is_visible() for thing in page.locator(part).all())
