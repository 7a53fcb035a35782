"""What is said once after signing in or out is in the language of the page that it stands on."""

import pytest
from django.test import Client

from tests.accounts.doors import OTHER_PASSWORD, ask_for_code, ask_for_link, code_in, last_mail, path_in, sign_in
from tests.factories import OrderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def browser():
    """One that asks for German; Ines and Gus have Dutch on their records."""
    return Client(headers={"accept-language": "de"})


def test_signed_out_is_said_in_the_browsers_language(browser, ines):
    sign_in(browser, ines.email)
    page = browser.post("/account/sign-out/", follow=True).content.decode()
    assert '<html lang="de"' in page
    assert "Sie wurden abgemeldet." in page


def test_a_new_password_is_confirmed_in_the_language_of_the_account(browser, ines):
    ask_for_link(browser, ines.email)
    form = browser.get(path_in(last_mail(ines.email), "/password/reset/key/"), follow=True).request["PATH_INFO"]
    page = browser.post(form, {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}, follow=True).content.decode()
    assert '<html lang="nl"' in page
    assert "Je wachtwoord is gewijzigd." in page


def test_a_guests_orders_are_announced_in_the_language_of_the_account(browser, gus):
    OrderFactory(customer=gus, channel="guest")
    ask_for_code(browser, gus.email)
    code = code_in(last_mail(gus.email))
    page = browser.post("/account/sign-in/code/confirm/", {"code": code}, follow=True).content.decode()
    assert '<html lang="nl"' in page
    assert "De bestellingen die je als gast" in page
