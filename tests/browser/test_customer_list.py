"""The list of customers under the hands of a merchant: keys, back button, picking, saved views, phones."""

import re

import pytest
from playwright.sync_api import expect

from customers.models import Customer, Segment, Tag
from tests.factories import AddressFactory, CustomerFactory

pytestmark = [pytest.mark.browser, pytest.mark.any_database]
LIST = "/backoffice/customers/"


@pytest.fixture
def people(db):
    """Three Jansens and somebody else, the newest first."""
    CustomerFactory(first_name="Olga", last_name="Other", email="olga@post.example")
    return [
        CustomerFactory(first_name=name, last_name="Jansen", email=f"{name.lower()}@post.example")
        for name in ("Anna", "Bert", "Cleo")
    ]


def rows(page):
    return page.locator("#results tbody tr")


def test_search_rows_and_back_by_keyboard_alone(visit, mara, people):
    page = visit(mara, LIST)
    expect(rows(page)).to_have_count(4)
    for key in ("ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    expect(page.locator("#id_q")).to_be_focused()
    page.keyboard.type("jansen")
    expect(rows(page)).to_have_count(3)
    expect(page).to_have_url(re.compile(r"\?q=jansen$"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Bert Jansen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bert Jansen")
    page.go_back()
    expect(page.locator("#id_q")).to_have_value("jansen")
    expect(rows(page)).to_have_count(3)


def test_rows_are_picked_by_keyboard_and_counted(visit, mara, people):
    page = visit(mara, LIST)
    expect(page.locator("#bulk")).to_be_hidden()
    for key in ("ArrowDown", "x", "ArrowDown", "ArrowDown", "Space", "ArrowUp"):
        page.keyboard.press(key)
    expect(page.get_by_role("link", name="Bert Jansen")).to_be_focused()
    expect(page.locator("#bulk [role=status]")).to_have_text("2 selected")
    expect(page.get_by_role("checkbox", name="Cleo Jansen")).to_be_checked()
    page.get_by_role("button", name="Add tag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add tag")
    expect(page.locator("main")).to_contain_text("2 customers")


def test_with_shift_everybody_between_is_picked(visit, mara, people):
    page = visit(mara, LIST)
    page.get_by_role("checkbox", name="Cleo Jansen").check()
    page.get_by_role("checkbox", name="Anna Jansen").click(modifiers=["Shift"])
    expect(page.locator("#bulk [role=status]")).to_have_text("3 selected")
    page.get_by_role("checkbox", name="Bert Jansen").click(modifiers=["Shift"])
    expect(page.locator("#bulk [role=status]")).to_have_text("1 selected")


def test_somebody_is_picked_on_a_phone(visit, accessible, mara, people):
    page = visit(mara, LIST, width=390)
    page.get_by_role("checkbox", name="Bert Jansen").click()
    expect(page.locator("#bulk [role=status]")).to_have_text("1 selected")
    accessible(page)
    page.get_by_role("button", name="Add tag").click()
    expect(page.locator("main")).to_contain_text("1 customer")


def test_all_on_the_page_may_mean_all_that_match(visit, mara, people):
    page = visit(mara, f"{LIST}?q=jansen")
    page.get_by_role("checkbox", name="Anna Jansen").check()
    expect(page.get_by_label("All matching customers")).to_be_hidden()
    page.get_by_label("Select all on this page").check()
    page.get_by_label("All matching customers").check()
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("main")).to_contain_text("3")


def test_picking_works_after_the_rows_were_swapped(visit, mara, people):
    page = visit(mara, LIST)
    page.locator("#id_q").fill("cleo")
    expect(rows(page)).to_have_count(1)
    page.get_by_label("Select all on this page").check()
    expect(page.locator("#bulk [role=status]")).to_have_text("1 selected")
    expect(page.get_by_role("link", name="Export")).to_have_attribute("href", re.compile(r"\?q=cleo$"))


def test_a_view_is_saved_in_a_dialog_after_a_search(visit, mara, people):
    page = visit(mara, LIST)
    page.locator("#id_q").fill("jansen")
    page.get_by_role("button", name="Save view").click()
    page.get_by_label("View name").fill("All the Jansens")
    page.get_by_role("dialog").get_by_role("button", name="Save view").click()
    saved = page.get_by_role("navigation", name="Views").get_by_role("link", name="All the Jansens")
    expect(saved).to_have_attribute("aria-current", "page")
    assert Segment.objects.get().query == "q=jansen"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_range_is_set_and_taken_off(visit, mara, people, scripts):
    page = visit(mara, f"{LIST}?q=jansen", scripts=scripts)
    page.locator("summary", has_text="Filter").click()
    if not scripts:
        page.get_by_role("link", name="All filters").click()
    page.locator("summary", has_text="Number of orders").click()
    page.get_by_label("Minimum number of orders").fill("1")
    page.locator("form", has=page.get_by_label("Minimum number of orders")).get_by_role("button", name="Apply").click()
    expect(page.locator(".filter-on")).to_contain_text("Number of orders: at least 1")
    expect(rows(page)).to_have_count(0)
    page.get_by_role("link", name="Remove filter: Number of orders").click()
    expect(rows(page)).to_have_count(3)


def test_a_wrong_range_opens_where_it_is(visit, mara, people):
    page = visit(mara, f"{LIST}?orders_min=-1")
    expect(page.locator("#errors")).to_contain_text("Minimum number of orders")
    expect(page.get_by_label("Minimum number of orders")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_it_fits_every_screen_and_everybody(visit, accessible, mara, people, width, scheme):
    people[0].tags.add(Tag.objects.named("wholesale with a long name"))
    page = visit(mara, f"{LIST}?status=guest&created_from=2020-01-01", width=width, dark=scheme == "dark")
    page.locator("summary", has_text="Filter").click()
    expect(page.locator(".is-filters summary", has_text="Amount spent")).to_be_visible()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_a_word_without_an_end_fits_the_pages_of_its_customer(visit, mara, people, width):
    company = CustomerFactory(customer_type="business", company_name="Donaudampfschifffahrt" * 7)
    AddressFactory(customer=company)
    Customer.objects.filter(pk=company.pk).update(notes=company.company_name)
    for path in (LIST, company.get_absolute_url(), f"{company.get_absolute_url()}edit/"):
        page = visit(mara, path, width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_notes_and_tags_change_in_place(visit, accessible, mara, people):
    page = visit(mara, people[0].get_absolute_url())
    page.evaluate("document.body.dataset.here = 'still'")
    page.get_by_label("Note (backoffice only)").fill("Rang about the bowl.")
    page.get_by_role("button", name="Add note").click()
    expect(page.locator("#notes")).to_contain_text("Rang about the bowl.")
    page.get_by_role("link", name="Change tags").click()
    page.get_by_role("combobox", name="Tag").fill("studio")
    page.get_by_role("button", name="Add tag").click()
    expect(page.get_by_role("button", name="Remove studio")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Done").click()
    expect(page.locator("#tags a.tag")).to_have_text("studio")
    expect(page.locator("body")).to_have_attribute("data-here", "still")
