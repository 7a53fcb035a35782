"""The backoffice on phones, on screens enlarged four times, and by keyboard alone."""

import pytest
from playwright.sync_api import expect

from customers.models import Customer
from shopadmin.models import StoreSettings
from shopadmin.store.sections import sections
from tests.factories import CustomerFactory, OrderFactory, ProductFactory

pytestmark = [pytest.mark.browser, pytest.mark.any_database]
LONG = "annegret.freifrau.von.hohenstein@gemeinnuetzige-stiftung-schloss.example"
BAR = "[...document.querySelectorAll('.menu > ul > li:not(.sub)')].map(item => item.getBoundingClientRect())"
STUCK = """() => [...document.querySelectorAll("main > *, main > header > *, .menu")]
    .filter(part => ["sticky", "fixed"].includes(getComputedStyle(part).position) && part.checkVisibility())
    .map(part => part.offsetHeight)"""


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture
def stifter(db):
    """Somebody without a name, whose address is a long one."""
    return CustomerFactory(first_name="", last_name="", email=LONG)


@pytest.mark.parametrize("width", [320, 390, 640])
def test_long_words_and_many_choices_fit_every_width(visit, mara, stifter, width):
    order = OrderFactory(customer=stifter, withdrawal_at="2026-11-20T10:00Z")
    order.withdrawals.create(name="Annegret", order_number=order.number, email=LONG)
    page = visit(mara, "/backoffice/settings/country/", width=width)
    assert fits(page)
    url, other = stifter.get_absolute_url(), CustomerFactory().pk
    for path in (f"{url}delete/", f"{url}merge/?with={other}", "/backoffice/orders/withdrawals/?state=all"):
        page.goto(path)
        assert (path, fits(page)) == (path, True)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_delivery_method_of_one_endless_word_fits_on_its_orders(visit, mara, width):
    order = OrderFactory(delivery_name="Terminzustellung" * 5, delivery_gross=5, total=50)
    page = visit(mara, order.get_absolute_url(), width=width)
    for path in (order.get_absolute_url(), f"/order/{order.token}/"):
        page.goto(path)
        lines = page.locator(".totals dt").all()
        assert (path, fits(page), all(line.evaluate("it => it.scrollWidth <= it.clientWidth") for line in lines)) == (
            path, True, True,
        )  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "de"])
def test_the_longer_words_of_other_languages_fit_the_smallest_screen(visit, mara, language):
    Customer.objects.filter(pk=mara.pk).update(language=language)
    StoreSettings.objects.update(languages=["en", language])
    category = ProductFactory().category
    page = visit(mara, "/backoffice/", width=320)
    pages = ["/backoffice/products/", f"/backoffice/products/categories/{category.pk}/delete/", "/account/sessions/"]
    pages += [section.url for section in sections]
    too_wide = []
    for path in pages:
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == language
        too_wide += [] if fits(page) else [path]
    assert too_wide == []


@pytest.mark.parametrize("width", [600, 1280, 1920])
def test_the_head_stands_above_the_page(visit, mara, stifter, width):
    page = visit(mara, "/backoffice/nothing/", width=width)
    for path in (
        "/backoffice/nothing/",
        "/backoffice/settings/",
        "/backoffice/settings/legal/",
        "/backoffice/mails/",
        stifter.get_absolute_url(),
    ):
        page.goto(path)
        head, body = (page.locator(part).bounding_box() for part in (".page-head .title", ".page__body"))
        assert (path, head["y"] + head["height"] <= body["y"], head["height"] < 160) == (path, True, True)


def test_a_long_address_as_a_title_leaves_room_for_the_page(visit, mara, stifter):
    title = visit(mara, stifter.get_absolute_url(), width=390).get_by_role("heading", level=1)
    assert title.evaluate("title => title.offsetHeight / parseFloat(getComputedStyle(title).lineHeight)") < 5


def test_the_words_of_the_menu_stay_apart_on_the_smallest_screen(visit, mara):
    mara.language = "de"
    mara.save()
    page = visit(mara, "/backoffice/", width=320)
    assert page.evaluate(f"{BAR}.every((box, at, all) => !at || all[at - 1].right <= box.left)")
    texts = page.locator(".menu > ul > li:not(.sub) > *")
    assert all(texts.evaluate_all("links => links.map(link => link.scrollWidth <= link.clientWidth)"))


def test_on_an_enlarged_screen_most_of_it_is_the_page(visit, mara, stifter):
    page = visit(mara, f"{stifter.get_absolute_url()}edit/", width=320)
    page.set_viewport_size({"width": 320, "height": 256})
    page.mouse.wheel(0, 600)
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_in_viewport()
    assert 0 < sum(page.evaluate(STUCK)) <= 256 / 4


def test_one_key_skips_the_menu_and_saving_comes_after_the_fields(visit, mara, stifter):
    page = visit(mara, f"{stifter.get_absolute_url()}edit/")
    for key in ("Tab", "Enter", "Tab"):
        page.keyboard.press(key)
    expect(page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").first).to_be_focused()
    page.locator("[name=notes]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_focused()
