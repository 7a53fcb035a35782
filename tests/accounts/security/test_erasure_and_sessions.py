"""An erasure finds what strangers' browsers hold of a person by an index, however many of them there are."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Session, SessionAddress
from accounts.signing_in.sessions import SessionStore
from customers.history import acting
from customers.models import Customer
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure
from tests.factories import CustomerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
look_into_sessions = import_module(
    "accounts.migrations.0004_fingerprints_with_the_erasure_key"
).look_into_sessions_again


def browser_with(**data):
    """The key of a session of nobody that holds this."""
    store = SessionStore()
    store.update(data)
    store.save()
    return store.session_key


def erase(customer):
    erasure.erase(customer, by=ActorKind.MERCHANT, notify=False)


def left():
    return set(Session.objects.values_list("session_key", flat=True))


def test_carts_checkouts_and_sign_ups_with_the_address_go(ines, otto):
    theirs = {"details": {"email": f" {ines.email.upper()}"}}
    for data in ({"checkout": theirs}, {"account_login": {"email": ines.email}}, {"a": f"Mail {ines.email}."}):
        browser_with(**data, cart={"1": 2})
    others = {browser_with(checkout={"details": {"email": otto.email}}), browser_with(cart={"1": 2})}
    erase(ines)
    assert left() == others
    assert SessionAddress.objects.count() == 1


def test_one_that_was_read_written_again_and_given_a_new_key_goes(ines):
    store = SessionStore(browser_with(checkout={"details": {"email": ines.email}}))
    store["cart"] = {"1": 2}
    store.save()
    store.cycle_key()
    store.save()
    erase(ines)
    assert left() == set()


def test_one_with_an_earlier_address_goes_unless_it_is_somebody_elses_now(ines, otto):
    for email in ("before@post.example", "handed-on@post.example", ines.email):
        with acting.shopper(ines):
            ines.change_email(email, by=ines)
    otto.change_email("handed-on@post.example", by=None)
    browser_with(a="before@post.example")
    kept = browser_with(a="handed-on@post.example")
    erase(ines)
    assert left() == {kept}


def test_however_many_there_are_none_is_decoded_and_no_query_is_added(ines, gus, monkeypatch):
    monkeypatch.setattr(SessionBase, "decode", lambda self, data: pytest.fail("a session was decoded"))
    counts = []
    for customer in (ines, gus):
        browser_with(checkout={"details": {"email": customer.email}})
        with CaptureQueriesContext(connection) as queries:
            erase(Customer.objects.get(pk=customer.pk))
        about = [query["sql"] for query in queries if "accounts_session" in query["sql"]]
        counts.append(len(about))
        for _number in range(300):
            browser_with(cart={"1": 2}, mail="somebody@post.example")
    assert counts[0] == counts[1] < 6


@pytest.mark.parametrize("email", ["o'brien+shop@post.example", "jörg@müller.example"])
def test_unusual_addresses_are_found_too(email):
    customer = CustomerFactory(email=email)
    browser_with(checkout={"details": {"email": email}})
    erase(customer)
    assert left() == set()


def test_the_address_cannot_be_read_from_what_is_kept(ines):
    browser_with(a=ines.email)
    [row] = SessionAddress.objects.values()
    assert "ines" not in repr(row)


def test_who_signs_in_has_a_session_of_their_own_instead(client, ines):
    client.force_login(ines)
    session = client.session
    session["checkout"] = {"details": {"email": ines.email}}
    session.save()
    assert not SessionAddress.objects.exists()


def test_sessions_from_before_are_looked_into_once(ines):
    browser_with(a=ines.email)
    SessionAddress.objects.all().delete()
    look_into_sessions(apps, None)
    erase(ines)
    assert left() == set()
