"""/account/security/: passkeys of a shopper, other ways to sign in, and saying again who one is."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from accounts.signing_in.passkeys import MOST
from tests.accounts.doors import code_in, is_signed_in, last_mail, reauthenticate, sign_in, sign_in_by_code
from tests.accounts.soft_passkey import SoftPasskey, passkey_of
from tests.shown_page import html_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
PAGE, ADD = "/account/security/", "/account/security/passkeys/add/"
AGAIN, OPTIONS = "/account/reauthenticate/", "/account/sign-in/passkey/options/"


@pytest.fixture
def ines(ines):
    ines.language = "en"
    ines.save()
    return ines


@pytest.fixture
def elsewhere(ines):
    """Ines on another device."""
    client = Client()
    sign_in(client, ines.email)
    return client


def words(client, page=PAGE):
    return " ".join(text_of(html_of(client.get(page)).get_element_by_id("main")).split())


def test_strangers_are_sent_to_sign_in_and_staff_to_their_own_page(as_mara):
    for path in (PAGE, ADD):
        assert Client().get(path).url == f"/account/sign-in/?next={path}"
        assert as_mara.get(path).url == "/backoffice/security/"


def test_a_passkey_is_added_after_saying_who_one_is_and_ends_the_other_sessions(as_ines, ines, elsewhere):
    passkey = SoftPasskey()
    assert as_ines.get(ADD).url == f"{AGAIN}?next={ADD}"
    reauthenticate(as_ines)
    added = as_ines.post(ADD, {"name": "My phone", "credential": passkey.create(as_ines.get(ADD))})
    assert added.url == PAGE
    assert [is_signed_in(as_ines, ines), is_signed_in(elsewhere)] == [True, False]
    assert "A passkey was added" in last_mail(ines.email).text
    assert "My phone Added" in words(as_ines)
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"webauthn"}


def test_an_account_has_twenty_passkeys_at_most(as_ines, ines):
    for _one in range(MOST):
        passkey_of(ines)
    reauthenticate(as_ines)
    assert as_ines.get(ADD).url == as_ines.post(ADD, {"name": "One more", "credential": "{}"}).url == PAGE
    assert "You already have 20 passkeys" in words(as_ines)
    assert Authenticator.objects.count() == MOST


def test_a_passkey_is_called_something_else(as_ines, ines):
    passkey = passkey_of(ines)
    assert as_ines.post(f"{PAGE}passkeys/{passkey.pk}/", {"name": "Old & <phone>"}).url == PAGE
    assert "Old & <phone> Added" in words(as_ines)


def test_a_passkey_is_removed_and_told_of(as_ines, ines, elsewhere):
    remove = f"{PAGE}passkeys/{passkey_of(ines).pk}/remove/"
    assert as_ines.post(remove).url == f"{AGAIN}?next={remove}"
    reauthenticate(as_ines)
    assert "no longer be able to sign in with My phone" in words(as_ines, remove)
    assert as_ines.post(remove).url == PAGE
    assert (Authenticator.objects.count(), is_signed_in(elsewhere)) == (0, False)
    assert "A passkey was removed" in last_mail(ines.email).text


def test_otto_touches_none_of_them(client, ines, otto):
    client.force_login(otto)
    passkey = passkey_of(ines, name="Iness phone")
    reauthenticate(client)
    for path in (f"{PAGE}passkeys/{passkey.pk}/", f"{PAGE}passkeys/{passkey.pk}/remove/"):
        assert [client.get(path).status_code, client.post(path, {"name": "X"}).status_code] == [404, 404]
    assert Authenticator.objects.get().data["name"] == "Iness phone"
    assert "Iness phone" not in words(client)


def test_a_passkey_says_again_who_one_is(as_ines, ines):
    passkey = passkey_of(ines)
    shown = html_of(as_ines.get(f"{AGAIN}?next={ADD}"))
    action = shown.xpath("//form[@data-passkey]/@action")[0]
    assert as_ines.post(action, {"credential": passkey.get(as_ines.post(OPTIONS))}).url == ADD
    assert as_ines.get(ADD).status_code == 200


def test_anothers_passkey_does_not(as_ines, ines, otto):
    passkey_of(ines)
    theirs = passkey_of(otto)
    refused = as_ines.post(f"{AGAIN}passkey/?next={ADD}", {"credential": theirs.get(as_ines.post(OPTIONS))})
    assert refused.url == f"{AGAIN}?next={ADD}"
    assert as_ines.get(ADD).status_code == 302


def test_a_mailed_code_does_in_place_of_the_password(as_ines, ines):
    by_code = html_of(as_ines.get(f"{AGAIN}?next={ADD}")).xpath("//a[text()='Use an email code']/@href")[0]
    as_ines.post(by_code, {"action": "send"})
    assert as_ines.post(by_code, {"code": code_in(last_mail(ines.email))}).url == ADD
    assert as_ines.get(ADD).status_code == 200


def test_who_has_no_password_sets_one(client, ines):
    ines.set_unusable_password()
    ines.save()
    sign_in_by_code(client, ines.email)
    assert "No password Set" in words(client)


def test_staying_signed_in_is_turned_off_and_on(as_ines):
    assert "You stay signed in on this device" in words(as_ines)
    as_ines.post(f"{PAGE}stay/", {"stay": "no"})
    assert "You are signed out when you close the browser" in words(as_ines)
    assert as_ines.cookies["session"]["max-age"] == ""
    as_ines.post(f"{PAGE}stay/", {"stay": "yes"})
    assert as_ines.cookies["session"]["max-age"] == 60 * 24 * 60 * 60


def test_the_page_costs_few_queries_whatever_is_held(as_ines, ines, mara, django_assert_max_num_queries):
    for _number in range(3):
        passkey_of(ines)
        Client().force_login(ines)
        ines.history.create(actor_kind="merchant", actor=mara, field="phone", old="", new="1", seen=True)
    with django_assert_max_num_queries(8):
        as_ines.get(PAGE)


def test_a_mailed_code_is_good_for_ten_minutes(as_ines, ines, monkeypatch):
    by_code = f"{AGAIN}code/?next={ADD}"
    as_ines.post(by_code, {"action": "send"})
    late = timezone.now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr("accounts.signing_in.mailed_code.time.time", late.timestamp)
    assert as_ines.post(by_code, {"code": code_in(last_mail(ines.email))}).status_code == 200
