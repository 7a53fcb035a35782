"""Search everywhere and the shortcuts under the hands of a merchant."""

import pytest
from playwright.sync_api import expect

from tests.factories import CustomerFactory, OrderFactory

pytestmark = [pytest.mark.browser, pytest.mark.any_database]
HOME = "/backoffice/orders/"


def test_something_is_found_and_opened_by_keyboard_alone(visit, mara, gus):
    OrderFactory(customer=gus, number="W10484", last_name="Gast")
    page = visit(mara, HOME)
    page.keyboard.press("/")
    field, options = page.locator("#find"), page.locator("#finder [role=option]")
    expect(field).to_be_focused()
    page.keyboard.type("gast")
    expect(page.locator("#finder [role=status]")).to_have_text("2 results")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", options.last.get_attribute("id"))
    expect(options.first).to_have_attribute("aria-selected", "false")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Order W10484")


def test_whoever_is_quicker_than_the_answer_gets_its_first_result(visit, mara, gus):
    page = visit(mara, HOME)
    page.keyboard.press("Control+k")
    page.keyboard.type("gast")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gus Gast")


def test_the_focus_returns_to_where_it_was(visit, mara):
    page = visit(mara, HOME)
    link = page.get_by_role("link", name="Dashboard")
    link.focus()
    for key, dialog in (("/", "#finder"), ("?", "#shortcuts"), ("Control+k", "#finder")):
        page.keyboard.press(key)
        expect(page.locator(dialog)).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(dialog)).to_be_hidden()
        expect(link).to_be_focused()


def test_single_keys_are_silent_in_fields_and_once_switched_off(visit, mara):
    page = visit(mara, HOME)
    page.locator("#id_q").focus()
    page.keyboard.type("a/b?")
    expect(page.locator("#id_q")).to_have_value("a/b?")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.get_by_role("link", name="Dashboard").focus()
    page.keyboard.press("?")
    with page.expect_response("**/single-keys/"):
        page.get_by_role("switch").uncheck()
    expect(page.locator("form[data-single-keys=off]")).to_be_visible()
    for key in ("Escape", "/", "?"):
        page.keyboard.press(key)
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.locator("#find")).to_be_focused()


@pytest.mark.parametrize(("width", "dark"), [(1280, True), (320, False)])
def test_the_dialogs_are_open_to_everybody_and_fit(visit, accessible, mara, width, dark):
    CustomerFactory(first_name="Donaudampfschifffahrtsgesellschaft" * 2, last_name="Gast", company_name="x" * 150)
    page = visit(mara, HOME, width=width, dark=dark)
    page.keyboard.press("Control+k")
    page.keyboard.type("ga")
    expect(page.locator("#finder [role=option]").first).to_be_visible()
    accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator("#finder")).to_be_hidden()
    expect(page.locator("#find")).not_to_be_focused()  # in a field "?" is a letter
    page.keyboard.press("?")
    expect(page.get_by_role("switch")).to_be_visible()
    accessible(page)
    for path in ("/backoffice/search/?q=ga", "/backoffice/shortcuts/"):
        page.goto(path)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
