"""Whether an address has an account cannot be learned at any door: status, words and where it leads are the same."""

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from tests.accounts.doors import ask_for_code, ask_for_link, sign_in, sign_up, wait
from tests.factories import CustomerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
LONG_ONE = "some sentence or other"


@pytest.fixture
def addresses(ines, gus, otto):
    """One of each kind: registered, guest, nobody's, not proved, waiting, blocked."""
    sign_up(Client(), "unproved@post.example")
    CustomerFactory(email="waiting@post.example", registered=True, access="awaiting")
    CustomerFactory(email="blocked@post.example", registered=True, access="blocked")
    named = ["unproved@post.example", "waiting@post.example", "blocked@post.example", "nobody@post.example"]
    return [ines.email, gus.email, *named]


def sign_in_wrongly(client, email):
    return sign_in(client, email, "a wrong one, and long")


def confirm_wrongly(client, email):
    sign_up(client, email, LONG_ONE)
    return client.post("/account/confirm/", {"code": "BBBB-BBBB"})


def confirm_wrongly_thrice(client, email):
    sign_up(client, email, LONG_ONE)
    for _try in range(2):
        client.post("/account/confirm/", {"code": "BBBB-BBBB"})
    return client.post("/account/confirm/", {"code": "BBBB-BBBB"})


def resend(client, email):
    sign_up(client, email, LONG_ONE)
    wait()
    return client.post("/account/confirm/", {"action": "resend"})


def type_wrong_code(client, email):
    ask_for_code(client, email)
    return client.post("/account/sign-in/code/confirm/", {"code": "BBBB-BBBB"})


def sign_up_twice_at_once(client, email):
    sign_up(client, email, LONG_ONE)
    fields = {"first_name": "N", "last_name": "N", "email": email, "password1": LONG_ONE}
    return client.post("/account/sign-up/", fields)


def sign_up_with_passkey(client, email):
    return sign_up(client, email, "", way="passkey")


DOORS = [
    sign_in_wrongly, sign_up, sign_up_with_passkey, sign_up_twice_at_once, confirm_wrongly, confirm_wrongly_thrice,
    resend, ask_for_code, type_wrong_code, ask_for_link,
]  # fmt: skip


def seen(client, response, email):
    """What a stranger sees, without what differs for everybody."""
    words = ""
    if response.status_code == 302:
        words = client.get(response.url).content.decode()
    words = re.sub(r'value="[^"]{64}"', "", response.content.decode() + words)
    return (
        response.status_code,
        response.get("Location"),
        words.replace(email.replace("@", "@<wbr>"), "").replace(email, ""),
    )


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_every_address_gets_the_same_answer(door, addresses):
    answers = []
    for email in addresses:
        client = Client()
        answers.append(seen(client, door(client, email), email))
    assert answers[1:] == answers[:1] * (len(addresses) - 1)


def test_each_sign_up_costs_exactly_one_hash(addresses, monkeypatch):
    hashed = []

    def counted(password, *args, **kwargs):
        hashed.append(password is not None)
        return make_password(password, *args, **kwargs)

    for module in (
        "accounts.sign_up.views",
        "accounts.email_verification.mailbox_proven",
        "django.contrib.auth.base_user",
    ):
        monkeypatch.setattr(f"{module}.make_password", counted)
    for email in addresses:
        sign_up(Client(), email, LONG_ONE)
    assert sum(hashed) == len(addresses)
