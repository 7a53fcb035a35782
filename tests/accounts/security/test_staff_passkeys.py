"""Passkeys of staff: added, signed in with, and every false one refused in words."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import SignIn
from accounts.signing_in.passkeys import NOT_WORKED
from customers.models import Customer
from tests.accounts.doors import is_signed_in, last_mail, wait
from tests.accounts.second_factor import app_of, with_factor
from tests.accounts.soft_passkey import SoftPasskey
from tests.factories import PASSWORD
from tests.shown_page import html_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
DOOR, ADD = "/backoffice/sign-in/", "/backoffice/security/passkeys/add/"
STEP, CONFIRM = f"{DOOR}second-step/", "/backoffice/confirm/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_STAFF_MFA = True


def signed_in(person):
    client = Client()
    client.force_login(person)
    app_of(person)
    return with_factor(client)


def add(client, passkey, name="My phone"):
    return client.post(ADD, {"name": name, "credential": passkey.create(client.get(ADD))})


def passkey_of(person, **kind):
    passkey = SoftPasskey(**kind)
    add(signed_in(person), passkey)
    return passkey


def is_refused(page):
    """Whether the summary of what is wrong says that the passkey did not work, and nothing else."""
    return text_of(html_of(page).get_element_by_id("errors").find(".//ul")) == f"Passkey: {NOT_WORKED}"


def use(client, passkey, **typed):
    options = client.post(f"{DOOR}passkey/options/")
    return client.post(f"{DOOR}passkey/", {"credential": passkey.get(options), **typed})


def test_one_is_added_and_told_of(mara):
    client = signed_in(mara)
    assert add(client, SoftPasskey()).url == "/backoffice/security/recovery-codes/"
    assert "My phone" in client.get("/backoffice/security/").content.decode()
    assert "A passkey was added" in last_mail(mara.email).text


def test_it_signs_in_alone_and_leads_to_where_one_was_going(mara):
    passkey, client = passkey_of(mara), Client()
    assert use(client, passkey, next="/backoffice/customers/").url == "/backoffice/customers/"
    assert client.get("/backoffice/customers/").status_code == 200
    assert SignIn.objects.latest("pk").method == "passkey"


def test_it_leads_to_no_other_site(mara):
    assert use(Client(), passkey_of(mara), next="https://evil.example/").url == "/backoffice/"


def test_it_is_the_second_step_after_a_password(mara):
    passkey, client = passkey_of(mara), Client()
    wait()
    client.post(DOOR, {"login": mara.email, "password": PASSWORD})
    assert client.post(STEP, {"credential": passkey.get(client.get(STEP))}).url == "/backoffice/"
    assert client.post(f"{CONFIRM}?next={ADD}", {"credential": passkey.get(client.get(CONFIRM))}).url == ADD


def test_another_s_is_no_second_step(mara, sam):
    theirs, client = passkey_of(sam), Client()
    passkey_of(mara)
    wait()
    client.post(DOOR, {"login": mara.email, "password": PASSWORD})
    theirs.user_handle = ""
    assert is_refused(client.post(STEP, {"credential": theirs.get(client.get(STEP))}))
    assert not is_signed_in(client)


def test_a_shopper_s_opens_no_backoffice(mara):
    passkey = passkey_of(mara)
    Customer.objects.filter(pk=mara.pk).update(is_staff=False, role="")
    client = Client()
    assert use(client, passkey).url == DOOR
    assert (is_signed_in(client), str(NOT_WORKED) in client.get(DOOR).content.decode()) == (False, True)


def test_one_that_was_removed_opens_nothing(mara):
    passkey = passkey_of(mara)
    Authenticator.objects.filter(type="webauthn").delete()
    assert use(Client(), passkey).url == DOOR


def test_the_same_answer_opens_nothing_twice(mara):
    passkey, client = passkey_of(mara), Client()
    answer = passkey.get(client.post(f"{DOOR}passkey/options/"))
    for leads_to in ("/backoffice/", DOOR):
        assert client.post(f"{DOOR}passkey/", {"credential": answer}).url == leads_to
        client = Client()


@pytest.mark.parametrize(
    "kind", [{"origin": "https://evil.localhost"}, {"domain": "evil.example"}, {"verifies": False}], ids=str
)
def test_one_of_another_site_or_without_a_finger_is_not_taken(mara, kind):
    client, passkey = signed_in(mara), SoftPasskey()
    assert is_refused(add(client, SoftPasskey(**kind)))
    add(client, passkey)
    for name, value in vars(SoftPasskey(**kind)).items():
        if name in ("origin", "domain", "flags"):
            setattr(passkey, name, value)
    assert use(Client(), passkey).url == DOOR


RESPONSE = {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "attestationObject": "oA"}
JUNK = [
    "", "x", "null", "1", "[]", '"x"', "{}", "[" * 19_000, "9" * 5_000, '{"id": "x"}', '{"id": 1, "response": 2}',
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": RESPONSE}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": RESPONSE | {"userHandle": "é"}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "x", "response": {**RESPONSE, "clientDataJSON": "W10"}}),
    json.dumps({"response": None}), "x" * 30_000,
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(JUNK)))
def test_whatever_is_sent_is_answered_in_words(mara, number, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    passkey_of(mara)
    staff, stranger, sent = with_factor_again(mara), Client(), {"credential": JUNK[number]}
    stranger.post(DOOR, {"login": mara.email, "password": PASSWORD})
    for client, page in ((staff, ADD), (staff, CONFIRM), (stranger, STEP)):
        client.get(page)
        assert is_refused(client.post(page, sent)), page
    other = Client()
    other.post(f"{DOOR}passkey/options/")
    assert other.post(f"{DOOR}passkey/", sent).url == DOOR


def with_factor_again(person):
    client = Client()
    client.force_login(person)
    return with_factor(client)


def test_options_are_the_same_for_everybody_and_limited(mara):
    passkey_of(mara)
    client = Client()
    asked = [client.post(f"{DOOR}passkey/options/") for _try in range(61)]
    assert (asked[0].json()["publicKey"].get("allowCredentials", []), asked[0].json()["publicKey"]["rpId"]) == (
        [],
        "localhost",
    )
    assert asked[60].status_code == 429
