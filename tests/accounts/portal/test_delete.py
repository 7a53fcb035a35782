"""A shopper deletes the account: after showing who they are, and after seeing what goes and what stays."""

import pytest
from django.test import Client

from accounts.models import Session
from customers.models import Customer, Erasure, Tag
from orders.models import Order
from shopadmin.models import Mail
from tests.factories import PASSWORD, OrderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PAGE = "/account/delete/"


@pytest.fixture(autouse=True)
def in_english(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def exists(customer):
    return Customer.objects.filter(pk=customer.pk).exists()


def test_strangers_are_sent_to_sign_in(client, store):
    assert client.get(PAGE).url == "/account/sign-in/?next=/account/delete/"


def test_the_page_says_what_goes_and_what_stays_until_when(as_ines, ines):
    done = OrderFactory(customer=ines, number="10001", state="completed")
    OrderFactory(customer=ines, number="10002")
    html = as_ines.get(PAGE).content.decode()
    assert f"until 31 December {done.placed_at.year + 7}" in html
    for words in [
        "Order 10001",
        "Order 10002",
        "unchanged until the order is completed",
        "Billing and shipping address",
    ]:
        assert words in html


def test_the_page_speaks_to_the_shopper_and_counts_no_notes(as_ines, ines, mara):
    ines.dated_notes.create(text="Pays late", author=mara)
    ines.customer_tags.create(tag=Tag.objects.create(name="Difficult"))
    html = as_ines.get(PAGE).content.decode()
    assert "any other information we hold about you" in html
    for words in ("the person", "dated note", "1 tag", "Pays late", "Difficult"):
        assert words not in html, words


def test_without_the_password_nothing_goes(as_ines, ines):
    for typed in ({}, {"password": "a guess"}):
        response = as_ines.post(PAGE, typed)
        assert "<title>Error: " in response.content.decode()
    assert exists(ines)


def test_with_the_password_the_account_is_gone_and_every_session_ends(as_ines, ines):
    elsewhere = Client()
    elsewhere.force_login(ines)
    assert as_ines.post(PAGE, {"password": PASSWORD}).url == "/account/delete/done/"
    assert not exists(ines)
    for browser in (as_ines, elsewhere):
        assert browser.get("/account/orders/").url.startswith("/account/sign-in/")
    assert "Your account has been deleted" in as_ines.get("/account/delete/done/").content.decode()


def test_signing_in_fails_afterwards(as_ines, ines):
    email = ines.email
    as_ines.post(PAGE, {"password": PASSWORD})
    response = as_ines.post("/account/sign-in/", {"login": email, "password": PASSWORD})
    assert "The email address or password is incorrect" in response.content.decode()


def test_shopper_and_merchant_are_told(as_ines, ines):
    email, number = ines.email, ines.pk
    OrderFactory(customer=ines, state="completed")
    as_ines.post(PAGE, {"password": PASSWORD})
    mails = {mail.name: mail for mail in Mail.objects.all()}
    assert set(mails) == {"account_deleted", "account_deleted_by_shopper"}
    assert (mails["account_deleted"].to, mails["account_deleted"].language) == (email, "nl")
    told = mails["account_deleted_by_shopper"]
    assert (told.to, told.notice, str(number) in told.text) == ("merchant@shop.example", True, True)


def test_the_orders_stay_with_the_shop(as_ines, ines, mara):
    OrderFactory(customer=ines, number="10001", state="completed")
    as_ines.post(PAGE, {"password": PASSWORD})
    order = Order.objects.get(number="10001")
    assert (order.customer, order.email, order.is_open) == (None, "", False)
    assert Erasure.objects.get().by == "shopper"
    as_ines.force_login(mara)
    assert "van der Meulen" not in as_ines.get("/backoffice/customers/").content.decode()


@pytest.fixture
def without_password(client, ines, store):
    """A browser in which Ines is signed in, who has no password."""
    ines.set_unusable_password()
    ines.save()
    client.force_login(ines)
    return client


def type_code(client):
    """Have a code mailed, and type it."""
    page = "/account/reauthenticate/code/?next=/account/delete/"
    client.post(page, {"action": "send"})
    return client.post(page, {"code": client.session["who_is_it_code"]["code"]})


def test_who_has_no_password_shows_who_it_is_by_a_code(without_password, ines):
    assert "/account/reauthenticate/code/?next=/account/delete/" in without_password.get(PAGE).content.decode()
    without_password.post(PAGE)
    assert exists(ines)
    assert type_code(without_password).url == PAGE
    assert without_password.post(PAGE).url == "/account/delete/done/"
    assert not exists(ines)


def test_the_code_counts_for_five_minutes(without_password, ines):
    type_code(without_password)
    session = without_password.session
    session["account_authentication_methods"][-1]["at"] -= 301
    session.save()
    without_password.post(PAGE)
    assert exists(ines)


def test_staff_cannot_delete_themselves(as_mara, mara):
    assert "Ask an owner" in as_mara.get(PAGE).content.decode()
    as_mara.post(PAGE, {"password": PASSWORD})
    assert exists(mara)


def test_looking_deletes_nothing(as_ines, ines):
    as_ines.get(PAGE)
    as_ines.head(PAGE)
    assert exists(ines)


def test_a_checkout_left_half_done_elsewhere_is_forgotten(client, ines, otto, store):
    for email in (ines.email, otto.email):
        session = Client().session
        session["checkout"] = {"details": {"email": email}}
        session.save()
    client.force_login(ines)
    client.post(PAGE, {"password": PASSWORD})
    left = [session.get_decoded() for session in Session.objects.all()]
    assert [data["checkout"]["details"]["email"] for data in left if "checkout" in data] == [otto.email]
