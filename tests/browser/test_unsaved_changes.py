"""What was typed is not lost by leaving, and Ctrl S saves it."""

import pytest
from playwright.sync_api import expect

from orders.models import Product
from shopadmin.models import StoreSettings
from tests.factories import ProductFactory

pytestmark = [pytest.mark.browser, pytest.mark.any_database]
SETTINGS = "/backoffice/settings/orders/"


PREFIX = "Order number prefix"


def is_asked_at(page, link: str) -> bool:
    """Whether the browser asks before it follows a link; the answer is to stay."""
    page.once("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog") as asked:
        page.get_by_role("link", name=link).first.click(no_wait_after=True)
    return asked.value.type == "beforeunload"


def leaves_at_once(page, link: str) -> None:
    """Follow a link; a question nobody answers would keep the page where it is."""
    page.get_by_role("link", name=link).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(link)


def test_leaving_asks_while_something_is_unsaved(visit, mara):
    page = visit(mara, SETTINGS)
    prefix = page.get_by_label(PREFIX)
    before = prefix.input_value()
    prefix.fill("XX")
    assert is_asked_at(page, "Taxes")
    expect(prefix).to_have_value("XX")
    prefix.fill(before)
    leaves_at_once(page, "Taxes")


def test_ctrl_s_saves_what_was_typed_and_nothing_is_asked(visit, mara):
    page = visit(mara, SETTINGS)
    page.get_by_label(PREFIX).fill("XX")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Settings saved")).to_be_visible()
    assert StoreSettings.objects.get().order_prefix == "XX"
    leaves_at_once(page, "Taxes")


def test_what_came_back_with_errors_is_unsaved_still(visit, mara):
    page = visit(mara, SETTINGS)
    page.get_by_label(PREFIX).fill("V-1")
    page.keyboard.press("Control+s")
    expect(page.locator("#errors")).to_be_visible()
    assert is_asked_at(page, "Taxes")


def test_a_search_asks_before_it_takes_typed_stock_away(visit, mara):
    product = ProductFactory(name="Vase", stock=5)
    page, asked = visit(mara, "/backoffice/products/"), []
    page.on("dialog", lambda dialog: asked.append(dialog.message) or dialog.dismiss())
    page.locator("tbody input[type=number], tbody input[inputmode]").first.fill("7")
    page.locator("#id_q").fill("lamp")
    expect(page.get_by_role("link", name="Vase")).to_be_visible()
    page.wait_for_timeout(400)
    assert asked == ["The stock you entered is not saved. Continue without saving?"]
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Stock of 1 product saved")).to_be_visible()
    assert Product.objects.get(pk=product.pk).stock == 7


def test_shoppers_are_asked_too(visit, ines):
    page = visit(ines, "/account/edit/name/")
    page.get_by_label("First name").fill("Inez")
    assert is_asked_at(page, "Cancel")
    page.keyboard.press("Control+s")
    expect(page.locator("main")).to_contain_text("Inez")
