"""Signing up with a passkey: the code first, then the passkey, and the same answer to everybody."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import SignIn
from accounts.signing_in.passkeys import NOT_WORKED
from customers.models import Customer
from shopadmin.models import Mail
from tests.accounts.doors import OTHER_PASSWORD, confirm, is_signed_in, last_mail, sign_in_by_code, sign_up
from tests.accounts.soft_passkey import SoftPasskey
from tests.shown_page import errors

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
NINA, PAGE, DOOR = "nina@post.example", "/account/sign-up/passkey/", "/account/sign-in/"


def begin(client, email=NINA, **fields):
    return sign_up(client, email, "", way="passkey", **fields)


def add(client, passkey):
    return client.post(PAGE, {"name": "", "credential": passkey.create(client.get(PAGE))})


def use(client, passkey):
    return client.post(f"{DOOR}passkey/", {"credential": passkey.get(client.post(f"{DOOR}passkey/options/"))})


def test_the_code_leads_to_the_passkey_and_that_into_the_account(client):
    passkey = SoftPasskey()
    assert begin(client, next="/checkout/").url == "/account/confirm/"
    assert confirm(client, NINA).url == PAGE
    assert not is_signed_in(client)
    assert add(client, passkey).url == "/checkout/"
    nina = Customer.objects.get(email=NINA)
    assert (is_signed_in(client, nina), nina.has_usable_password()) == (True, False)
    assert SignIn.objects.get().method == "passkey"
    assert "A passkey was added" in last_mail(NINA).text
    assert use(Client(), passkey).url == "/account/orders/"


def test_every_address_gets_the_same_answer_and_one_mail(ines, gus):
    answers = []
    for email in (NINA, ines.email, gus.email):
        client = Client()
        response = begin(client, email)
        answers.append((response.status_code, response.url, Mail.objects.filter(to=email).count()))
    assert answers == [(302, "/account/confirm/", 1)] * 3


FORM = {"first_name": "Nina", "last_name": "Nieuw"}


@pytest.mark.parametrize("ways", [["password", "password"], ["password", "passkey"], ["passkey", "password"]])
@pytest.mark.parametrize("who", ["ines", "gus", "nina"])
def test_pressed_twice_it_mails_once_and_goes_on_as_the_last_button_says(client, ines, gus, who, ways):
    email = {"ines": ines.email, "gus": gus.email, "nina": NINA}[who]
    for way in ways:
        chosen = {"password1": OTHER_PASSWORD} if way == "password" else {"way": "passkey"}
        assert client.post("/account/sign-up/", {"email": email, **FORM, **chosen}).url == "/account/confirm/"
    assert Mail.objects.filter(to=email).count() == 1
    if who == "nina":
        assert confirm(client, NINA).url == (PAGE if ways[-1] == "passkey" else "/account/orders/")
        assert Customer.objects.get(email=NINA).has_usable_password() == (ways[-1] == "password")


@pytest.mark.parametrize("who", ["ines", "gus", "nina"])
def test_nothing_is_planted_before_the_mailbox_is_proved(client, ines, gus, who):
    begin(client, {"ines": ines.email, "gus": gus.email, "nina": NINA}[who])
    assert client.get(PAGE).url == DOOR
    assert client.post(PAGE, {"credential": "{}"}).url == DOOR
    assert not Authenticator.objects.exists()


def test_who_leaves_the_page_comes_in_by_a_mailed_code(client):
    begin(client)
    confirm(client, NINA)
    client.get(PAGE)
    later = Client()
    sign_in_by_code(later, NINA)
    assert is_signed_in(later, Customer.objects.get(email=NINA))


def test_what_is_no_passkey_is_refused_in_words(client):
    begin(client)
    confirm(client, NINA)
    assert str(NOT_WORKED) in client.post(PAGE, {"credential": '{"id": "x"}'}).content.decode()
    assert not is_signed_in(client)


def test_who_is_erased_meanwhile_is_led_back_to_the_door(client):
    begin(client)
    confirm(client, NINA)
    Customer.objects.get(email=NINA).delete()
    assert client.get(PAGE).url == DOOR


def test_who_has_to_wait_is_told_so_after_the_passkey(client, store):
    store.approval = "everybody"
    store.save()
    begin(client)
    confirm(client, NINA)
    assert add(client, SoftPasskey()).url == "/account/not-open/"
    assert not is_signed_in(client)


def test_without_a_passkey_a_password_is_asked_for(client):
    assert list(errors(sign_up(client, NINA, ""))) == ["password1"]
