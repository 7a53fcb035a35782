"""What a merchant and a shopper do in a browser, in their own words; works with scripts and without."""

import re

from playwright.sync_api import Page, expect

from shopadmin.models import Mail
from tests.factories import PASSWORD

ADDRESS = {
    "country": "NL",
    "street": "Nieuwe Kerkhof",
    "house_number": "27",
    "postcode": "9712 PV",
    "city": "Groningen",
}


def fill(page: Page, **fields: str) -> None:
    """Fill in fields by their names; `billing_street` stands for `billing-street`."""
    for name, value in fields.items():
        control = page.locator(
            f"[name={re.sub('^(billing|shipping)_', lambda m: m[1] + '-', name)!r}]:not([type=hidden])"
        )
        if control.evaluate("control => control.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def fill_address(page: Page, kind: str = "billing", **changes: str) -> None:
    fill(page, **{f"{kind}_{name}": value for name, value in {**ADDRESS, **changes}.items()})


def sign_in(page: Page, person, path: str = "/account/sign-in/", password: str = PASSWORD) -> None:
    page.goto(path)
    unfold_password(page)
    fill(page, login=person.email, password=password)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()


def unfold_password(page: Page) -> None:
    """Where passkeys work, the page to sign in has the password folded away."""
    if page.locator("details.fold:not([open])").count():
        page.locator("details.fold summary").click()


def put_in_cart(page: Page, product) -> None:
    page.goto(product.get_absolute_url())
    page.locator("main form").get_by_role("button", name=re.compile("cart")).click()


def enter_details(page: Page, email: str, **fields: str) -> None:
    """The first step of the checkout, up to its button."""
    page.goto("/checkout/")
    fill(page, first_name="Bram", last_name="Hoekstra", email=email, **fields)
    fill_address(page)


def finish_order(page: Page) -> str:
    """From the button of the first step to the thank-you page; returns the order's number."""
    page.get_by_role("button", name="Continue to delivery and payment").click()
    page.locator("[name=delivery]").first.check()
    page.locator("[name=payment_method]").first.check()
    page.get_by_role("button", name=re.compile("review", re.I)).click()
    page.get_by_role("button", name="Order and pay").click()
    expect(page).to_have_url(re.compile(r"/order/[\w-]+/"))
    return re.search(r"\b[A-Z]{0,4}\d{5,}\b", page.locator("main").inner_text())[0]


def order_as_guest(page: Page, product, email: str) -> str:
    put_in_cart(page, product)
    enter_details(page, email)
    return finish_order(page)


def last_mail(to: str, name: str = "") -> Mail:
    mails = Mail.objects.filter(to=to)
    return (mails.filter(name=name) if name else mails).latest("id")


def link_in(mail: Mail) -> str:
    """The first link in a mail that leads to an account page."""
    return re.search(r"https?://[^/\s]+(/account/\S+)", mail.text)[1]


def code_in(mail: Mail) -> str:
    """The code that a mail asks to type in."""
    return re.search(r'class="code">([^<]+)<', mail.html)[1]


def set_password(page: Page, mail: Mail, password: str) -> None:
    """Follow the link of a password mail and set a password there."""
    page.goto(link_in(mail))
    fill(page, password1=password, password2=password)
    page.locator("main").get_by_role("button").last.click()
