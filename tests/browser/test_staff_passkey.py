"""A passkey of staff in a real browser, whose device is Chromium's virtual authenticator."""

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.doors import code_in, last_mail, wait
from tests.accounts.second_factor import app_of, secret_of, shown_by
from tests.browser.walking import fill
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.any_database]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def fresh_limits(live_server):
    wait()


def give_device(page: Page):
    """Let the browser have a device with a finger on it; returns what lifts that finger."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    def finger(is_right: bool) -> None:
        devtools.send("WebAuthn.setUserVerified", device | {"isUserVerified": is_right})

    return finger


def set_up(page: Page, person, accessible) -> None:
    """Add the first passkey, as staff without one are led to."""
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Email me a code").click()
    page.get_by_label("Code").fill(code_in(last_mail(person.email)))
    page.get_by_role("button", name="Continue").click()
    accessible(page)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("button", name="Create recovery codes").click()
    accessible(page)
    page.get_by_role("link", name="Continue").click()


def test_staff_add_a_passkey_and_sign_in_with_it(visit, accessible, mara, settings):
    settings.REQUIRE_STAFF_MFA = True
    page = visit(mara, "/backoffice/customers/")
    finger = give_device(page)
    set_up(page, mara, accessible)
    page.wait_for_url("**/backoffice/customers/")
    page.get_by_role("button", name="Sign out").click()
    accessible(page)
    by_passkey = page.get_by_role("button", name="Sign in with a passkey")
    finger(False)
    by_passkey.click()
    expect(page.get_by_role("alert")).to_have_text("The passkey did not work. Try again or use another method.")
    finger(True)
    by_passkey.click()
    page.wait_for_url("**/backoffice/")
    page.goto("/backoffice/security/")
    accessible(page)


def test_staff_sign_in_with_the_code_of_their_app(visit, accessible, mara, settings):
    settings.REQUIRE_STAFF_MFA = True
    secret = secret_of(app_of(mara))
    page = visit(None, "/backoffice/")
    fill(page, login=mara.email, password=PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/second-step/")
    accessible(page)
    page.goto("/backoffice/customers/")
    page.wait_for_url("**/backoffice/sign-in/?next=/backoffice/customers/")  # the password alone opens nothing
    page.goto("/backoffice/sign-in/second-step/")
    page.get_by_label("Code").fill(shown_by(secret))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("http://*/backoffice/")
