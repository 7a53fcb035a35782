import pytest
from playwright.sync_api import Page, expect

from orders.models import Product
from tests.factories import CategoryFactory, ProductFactory
from tests.orders.catalogue.picture_files import RUST, give_picture, picture

pytestmark = [pytest.mark.browser, pytest.mark.any_database]
WIDTH = 320  # the wider ones and all other pages: `make axe`


@pytest.fixture
def mug(store) -> Product:
    return ProductFactory(name="Mug", stock=4, low_stock_at=5)


def choose(page: Page, *files: tuple[str, bytes]) -> None:
    chosen = [{"name": name, "mimeType": "image/png", "buffer": content} for name, content in files]
    page.get_by_label("Add pictures").set_input_files(chosen)
    if not page.with_scripts:
        page.get_by_role("button", name="Upload").click()


def test_the_pages_of_the_catalogue_are_open_to_everybody(visit, accessible, mara, mug):
    give_picture(mug)
    CategoryFactory(slug="room", name="Room")
    for path in (
        "",
        "add/",
        f"{mug.pk}/",
        f"{mug.pk}/pictures/",
        "categories/",
        f"categories/{mug.category_id}/delete/",
    ):
        page = visit(mara, f"/backoffice/products/{path}", width=WIDTH)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    for path in (mug.get_absolute_url(), mug.category.get_absolute_url()):
        accessible(visit(None, path, width=WIDTH))


@pytest.mark.parametrize("scripts", [True, False])
def test_pictures_are_added_described_sorted_and_removed(visit, mara, mug, scripts):
    page = visit(mara, f"/backoffice/products/{mug.pk}/", scripts=scripts)
    choose(page, ("mug.png", picture()), ("plate.png", picture(colour=RUST)))
    page.get_by_label("Picture 2, description", exact=True).fill("A rusty plate")
    page.get_by_role("button", name="Move picture 2 up").click()
    expect(page.get_by_label("Picture 1, description", exact=True)).to_have_value("A rusty plate")
    page.get_by_role("button", name="Remove picture 2").click()
    expect(page.locator(".pictures li")).to_have_count(1)
    assert [str(row) for row in mug.pictures.all()] == ["A rusty plate"]


def test_what_was_typed_into_the_product_stays_while_pictures_are_sent(visit, mara, mug):
    page = visit(mara, f"/backoffice/products/{mug.pk}/")
    page.get_by_label("Short description").first.fill("Stacks")
    choose(page, ("mug.png", picture()))
    expect(page.locator(".pictures li")).to_have_count(1)
    choose(page, ("notes.txt", b"no picture"))
    expect(page.locator("#pictures .message")).to_have_text("notes.txt: This is not a JPEG, PNG or WebP picture.")
    assert page.get_by_label("Short description").first.input_value() == "Stacks"
    assert page.title().startswith("Mug")


@pytest.mark.parametrize("scripts", [True, False])
def test_stock_is_typed_into_the_list(visit, mara, mug, scripts):
    page = visit(mara, "/backoffice/products/?status=low", scripts=scripts)
    page.get_by_label("In stock, Mug").fill("12")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Stock of 1 product saved")
    mug.refresh_from_db()
    assert mug.stock == 12
