"""Whether an address has an account cannot be learned at any door: status, words and where it leads are the same."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from customers.merging.merge import merge
from orders.models import DeliveryMethod
from shopadmin.models import Mail
from tests.accounts.doors import ask_for_code, ask_for_link, sign_in, sign_up, wait
from tests.factories import CustomerFactory, DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import come_to_the_review
from tests.shown_page import value_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
LONG_ONE = "some sentence or other"


@pytest.fixture
def addresses(ines, gus, otto):
    """One of each kind: registered, guest, merged away, not proved, waiting, blocked, nobody's."""
    sign_up(Client(), "unproved@post.example")
    CustomerFactory(email="waiting@post.example", registered=True, access="awaiting")
    CustomerFactory(email="blocked@post.example", registered=True, access="blocked")
    merge(ines, merged := CustomerFactory(email="merged@post.example", registered=True), choices={}, by=None)
    named = ["unproved@post.example", "waiting@post.example", "blocked@post.example", "nobody@post.example"]
    return [ines.email, gus.email, merged.email, *named]


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


def order_as_guest(client, email):
    return order_at_door(client, email)


def order_with_account(client, email):
    return order_at_door(client, email, create_account="on", password1=LONG_ONE)


def order_at_door(client, email, **details):
    wait()
    offered = {"email": email, "marketing_consent": "on", **details}
    return client.post("/checkout/review/", come_to_the_review(client, ProductFactory(), delivery(), **offered))


def delivery():
    return DeliveryMethod.objects.first() or DeliveryMethodFactory()


def ask_for_copy(client, email):
    wait()
    return client.post("/privacy/copy/", {"email": email})


def withdraw(client, email):
    """State a withdrawal for an order that is not there, as for one that is another's."""
    wait()
    statement = {"name": "Nina", "order_number": "99999", "email": email}
    page = client.post("/withdrawal/", statement)
    return client.post("/withdrawal/confirmation/", {"statement": value_of(page, "statement")})


@pytest.fixture
def hashed(monkeypatch) -> list:
    """What was hashed, to be kept or compared."""
    made, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: made.append(args) or encode(*args))
    return made


@pytest.mark.parametrize("asker", ["a stranger", "another shopper"])
@pytest.mark.parametrize(
    "door", [*DOORS, ask_for_copy, withdraw, order_as_guest, order_with_account], ids=lambda door: door.__name__
)
def test_every_address_costs_as_many_hashes_and_emails(door, asker, addresses, otto, hashed):
    costs = {}
    for email in addresses:
        client = Client()
        if asker == "another shopper":
            client.force_login(otto)
        emails = Mail.objects.count()
        hashed.clear()
        status = door(client, email).status_code
        costs[email] = (status, len(hashed), Mail.objects.count() - emails)
    assert set(costs.values()) == {costs["nobody@post.example"]}, costs
