"""Passkeys of a shopper in a real browser, whose device is Chromium's virtual authenticator; and their sessions."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.email_verification.mailbox_proven import is_proven
from customers.models import Customer
from shopadmin.mail.delivery import deliver_next
from tests.accounts.doors import CODE, code_in, last_mail, wait
from tests.browser.test_staff_passkey import give_device
from tests.browser.walking import unfold_password
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.any_database]
NINA = "nina@post.example"


@pytest.fixture(autouse=True)
def fresh_limits(live_server):
    wait()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def sign_in(page: Page, person) -> Page:
    unfold_password(page)
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")  # which presses no other button than that of the password
    page.wait_for_url("**/account/orders/")
    return page


def sign_up(page: Page) -> None:
    """Up to the page that adds the passkey."""
    for label, text in {"First name": "Nina", "Last name": "Nieuw", "Email": NINA}.items():
        page.get_by_label(label).fill(text)
    press(page, "Use a passkey instead of a password")
    page.get_by_label("Code").fill(code_in(last_mail(NINA)))
    press(page, "Confirm")
    page.wait_for_url("**/sign-up/passkey/")


def test_a_shopper_signs_up_with_a_passkey_and_signs_in_with_it(visit, accessible):
    page = visit(None, "/account/sign-up/")
    finger = give_device(page)
    sign_up(page)
    accessible(page)
    press(page, "Create passkey")
    page.wait_for_url("**/account/orders/")
    assert is_proven(Customer.objects.get(email=NINA))
    press(page, "Sign out")
    page.goto("/account/sign-in/?next=/account/security/")
    accessible(page)
    finger(False)
    press(page, "Sign in with a passkey")
    expect(page.get_by_role("alert")).to_have_text("The passkey did not work. Try again or use another method.")
    finger(True)
    press(page, "Sign in with a passkey")
    page.wait_for_url("http://*/account/security/")  # not as the next page of the sign-in's address
    accessible(page)


def test_a_shopper_signs_in_with_a_code_that_a_mail_server_took(visit, ines, mail_server):
    page = visit(None, "/account/sign-in/")
    expect(page.get_by_label("Password")).to_be_hidden()
    page.get_by_label("Email").fill(ines.email)
    press(page, "Email me a code")
    page.wait_for_url("**/confirm/")
    mail_server.controller.start()
    deliver_next()
    [mail] = mail_server.taken
    page.get_by_label("Code").fill(CODE.search(mail.get_body(["plain"]).get_content())[0])
    press(page, "Sign in")
    page.wait_for_url("**/account/orders/")


def test_another_session_that_is_ended_is_out_at_once(visit, ines):
    here, there = (sign_in(visit(None, "/account/sign-in/"), ines) for _browser in range(2))
    here.goto("/account/security/")
    here.get_by_role("button", name=re.compile("^Sign out ?:")).click()
    here.get_by_label("Password").fill(PASSWORD)
    press(here, "Continue")
    here.locator("main .is-main").click()
    here.wait_for_url("**/account/security/")
    there.reload()
    assert there.url.endswith("/account/sign-in/?next=/account/orders/")


def test_a_new_password_ends_the_others(visit, ines):
    here, there = (sign_in(visit(None, "/account/sign-in/"), ines) for _browser in range(2))
    here.goto("/account/password/")
    here.get_by_label("Current password").fill(PASSWORD)
    here.get_by_label("New password", exact=True).fill("quite another sentence")
    here.get_by_label("Confirm new password").fill("quite another sentence")
    press(here, "Save")
    here.wait_for_url("**/account/security/")
    there.reload()
    assert there.url.endswith("/account/sign-in/?next=/account/orders/")
