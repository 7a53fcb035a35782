"""Accounts switched off: the shopper's doors are gone, the staff's is not."""

import pytest
from django.test import Client

from shopadmin.models import Mail, StoreSettings
from tests.accounts.doors import browsers, is_signed_in, last_mail, sign_in, use_link, wait
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("off"), pytest.mark.any_database]
DOORS = ["sign-in", "sign-up", "sign-in/code", "sign-in/code/confirm", "password/reset"]


@pytest.fixture
def off(store):
    StoreSettings.objects.update(accounts_enabled=False)


@pytest.mark.parametrize("door", DOORS)
def test_shoppers_doors_are_not_there(client, ines, door):
    data = {"login": ines.email, "password": PASSWORD, "email": ines.email, "password1": PASSWORD}
    for response in (client.get(f"/account/{door}/"), client.post(f"/account/{door}/", data)):
        assert response.status_code == 404
        assert "No customer accounts" in response.content.decode()
    assert not Mail.objects.exists()
    assert not is_signed_in(client)


def test_staff_sign_in_and_shoppers_do_not(sam, ines):
    staff, shopper = browsers(2)
    for browser, customer in ((staff, sam), (shopper, ines)):
        wait()
        browser.post("/backoffice/sign-in/", {"login": customer.email, "password": PASSWORD})
    assert (is_signed_in(staff, sam), is_signed_in(shopper)) == (True, False)


def test_staff_set_a_new_password_by_mail(sam):
    wait()
    response = Client().post("/backoffice/sign-in/reset/", {"email": sam.email})
    assert response.url == "/backoffice/sign-in/reset/done/"
    assert last_mail(sam.email).name == "password_link"
    browser = Client()
    assert use_link(browser, sam.email).url == "/backoffice/"
    assert is_signed_in(browser, sam)


def test_a_link_mailed_before_lets_no_shopper_in(ines):
    StoreSettings.objects.update(accounts_enabled=True)
    ines.send_password_link()
    StoreSettings.objects.update(accounts_enabled=False)
    browser = Client()
    assert use_link(browser, ines.email).url == "/account/not-open/"
    assert not is_signed_in(browser)


def test_a_pending_code_lets_no_shopper_in(ines):
    StoreSettings.objects.update(accounts_enabled=True)
    browser = Client()
    sign_in(browser, ines.email, "wrong")
    StoreSettings.objects.update(accounts_enabled=False)
    assert browser.get("/account/confirm/").status_code == 302
