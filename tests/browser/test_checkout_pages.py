"""The shop from shelf to thank-you in Chromium: without errors, and open to everybody."""

import pytest

from tests.factories import DeliveryMethodFactory, ProductFactory

pytestmark = [pytest.mark.browser, pytest.mark.any_database]
TYPED = {
    "first_name": "Gus",
    "last_name": "Gast",
    "email": "gus@post.example",
    "billing-street": "Oudegracht",
    "billing-house_number": "118",
    "billing-postcode": "3511 AW",
    "billing-city": "Utrecht",
}


@pytest.fixture
def shelf(store):
    DeliveryMethodFactory()
    return ProductFactory(name="Teapot", slug="teapot", stock=3)


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_up_to_the_thank_you_is_accessible(visit, accessible, shelf, width):
    page = visit(None, "/products/teapot/", width=width)
    accessible(page)
    for button in ("Add to cart", "Go to checkout", "Continue to delivery and payment"):
        with page.expect_navigation():
            page.get_by_text(button, exact=True).click()
        accessible(page)
    for name, value in TYPED.items():
        page.locator(f"[name={name}]").fill(value)
    for button in ("Continue to delivery and payment", "Continue to review"):
        with page.expect_navigation():
            page.get_by_text(button, exact=True).click()
        accessible(page)
    page.get_by_text("Bank transfer in advance").click()
    for button in ("Continue to review", "Order and pay"):
        with page.expect_navigation():
            page.get_by_text(button, exact=True).click()
        accessible(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Thank you for your order"


def test_company_shipping_and_password_fields_show_when_they_are_wanted(visit, shelf):
    page = visit(None, "/products/teapot/")
    page.get_by_text("Add to cart").click()
    page.goto("/checkout/")
    fields = [page.locator(f"[name={name}]") for name in ("company_name", "shipping-street", "password1")]
    assert [field.is_visible() for field in fields] == [False, False, False]
    for label in ("Company", "Ship to a different address", "Create an account with this order"):
        page.get_by_text(label, exact=True).click()
    assert [field.is_visible() for field in fields] == [True, True, True]


def test_a_double_click_on_the_last_button_is_one_order(visit, shelf):
    page = visit(None, "/products/teapot/")
    for button in ("Add to cart", "Go to checkout"):
        page.get_by_text(button, exact=True).click()
    for name, value in TYPED.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_text("Continue to delivery and payment").click()
    page.get_by_text("Invoice", exact=False).first.click()
    page.get_by_text("Continue to review", exact=True).click()
    page.get_by_text("Order and pay", exact=True).dblclick()
    page.wait_for_url("**/order/*/")
    page.go_back()
    page.wait_for_load_state()
    shelf.refresh_from_db()
    assert shelf.stock == 2
