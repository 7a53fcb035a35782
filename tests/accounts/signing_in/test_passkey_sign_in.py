"""Signing in as a shopper with a passkey: it leads on, it is written down, and every false one is refused in words."""

import pytest
from django.test import Client

from accounts.models import SignIn
from accounts.signing_in.passkeys import NOT_WORKED
from shopadmin.models import StoreSettings
from tests.accounts.doors import code_in, is_signed_in, last_mail
from tests.accounts.soft_passkey import passkey_of
from tests.factories import ProductFactory
from tests.orders.shopping import put_into_cart
from tests.shown_page import html_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
DOOR = "/account/sign-in/"


@pytest.fixture
def passkey(ines):
    return passkey_of(ines)


def use(client, passkey, **typed):
    options = client.post(f"{DOOR}passkey/options/")
    return client.post(f"{DOOR}passkey/", {"credential": passkey.get(options), **typed})


def test_it_signs_in_and_is_written_down_as_such(client, ines, passkey):
    assert use(client, passkey).url == "/account/orders/"
    assert is_signed_in(client, ines)
    assert SignIn.objects.get(customer=ines).method == "passkey"


def test_the_page_keeps_where_one_was_going(client, passkey):
    page = html_of(client.get(f"{DOOR}?next=/checkout/"))
    assert page.xpath("//form[@data-passkey]//input[@name='next']/@value") == ["/checkout/"]
    assert use(client, passkey, next="/checkout/").url == "/checkout/"


def test_the_cart_comes_along(client, passkey):
    put_into_cart(client, ProductFactory(name="Tea towel"), 2)
    use(client, passkey, next="/checkout/")
    assert "Tea towel" in client.get("/cart/").content.decode()


def test_it_leads_to_no_other_site(client, passkey):
    assert use(client, passkey, next="https://evil.example/").url == "/account/orders/"


def test_without_scripts_no_button_shows(client):
    page = html_of(client.get(DOOR))
    assert [form.get("hidden") is not None for form in page.xpath("//form[@data-passkey]")] == [True]


def test_what_did_not_work_is_said_beside_the_other_ways(client, passkey, ines):
    ines.delete()
    assert use(client, passkey, next="/checkout/").url == f"{DOOR}?next=%2Fcheckout%2F"
    page = client.get(f"{DOOR}?next=/checkout/").content.decode()
    assert (str(NOT_WORKED) in page, 'name="by" value="code"' in page) == (True, True)


@pytest.mark.parametrize("access", ["blocked", "refused", "awaiting"])
def test_who_may_not_come_in_is_told_so_and_stays_out(client, ines, passkey, access):
    type(ines).objects.filter(pk=ines.pk).update(access=access)
    assert use(client, passkey).url == "/account/not-open/"
    assert (is_signed_in(client), SignIn.objects.exists()) == (False, False)


def test_a_shop_without_accounts_has_no_such_door(client, passkey):
    StoreSettings.objects.update(accounts_enabled=False)
    assert client.post(f"{DOOR}passkey/options/").status_code == 404
    assert client.post(f"{DOOR}passkey/", {"credential": "{}"}).status_code == 404


def test_after_a_new_address_it_leads_to_the_code_that_goes_there(client, ines, passkey, mara):
    ines.change_email("ines@new.example", by=mara)
    assert use(client, passkey).url == "/account/confirm/"
    assert not is_signed_in(client)
    client.post("/account/confirm/", {"code": code_in(last_mail("ines@new.example"))})
    assert is_signed_in(client, ines)


def test_it_is_asked_of_each_browser_by_itself(passkey):
    options = Client().post(f"{DOOR}passkey/options/")
    other = Client()
    other.post(f"{DOOR}passkey/options/")
    assert other.post(f"{DOOR}passkey/", {"credential": passkey.get(options)}).url == DOOR
