"""A database that takes no changes: a standby, a file that can only be read, `default_transaction_read_only`."""

import io
import logging

import pytest
from django.db import connection
from django.test import Client

from shopadmin.checks import hosts_are_right
from tests.factories import PASSWORD, ProductFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("store")]


SWITCHES = {"sqlite": "PRAGMA query_only = {}", "postgresql": "SET default_transaction_read_only = {}"}


def switch(to: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SWITCHES[connection.vendor].format(to))


@pytest.fixture
def read_only(store):
    """Call it, and the database refuses every change."""
    yield lambda: switch("on")
    switch("off")


@pytest.fixture
def browser(client):
    client.raise_request_exception = False
    return client


def assert_says_so(response, words="Changes cannot be saved right now"):
    assert response.status_code == 503
    assert words in response.content.decode()
    assert response["Retry-After"] == "60"
    assert response["Content-Security-Policy"]


def test_readyz_is_not_ready_and_says_why(read_only, browser):
    read_only()
    response = browser.get("/readyz")
    assert (response.status_code, response.json()["database"]) == (503, "read-only: nothing can be saved")


def test_check_deploy_refuses_it_and_says_what_to_do(read_only):
    read_only()
    assert [found.id for found in hosts_are_right()] == ["shopadmin.E011"]


def test_signing_in_says_so_instead_of_too_many_tries(read_only, browser, ines):
    read_only()
    assert_says_so(browser.post("/account/sign-in/", {"login": ines.email, "password": PASSWORD}))


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Changes cannot be saved right now"), ("nl", "Wijzigingen kunnen nu niet worden opgeslagen"),
     ("de", "Änderungen können derzeit nicht gespeichert werden")],
)  # fmt: skip
def test_a_session_that_cannot_be_saved_is_said_in_the_readers_language(read_only, browser, language, words):
    product = ProductFactory()
    read_only()
    response = browser.post(f"/cart/add/{product.slug}/", {"quantity": 1}, HTTP_ACCEPT_LANGUAGE=language)
    assert_says_so(response, words)


def test_a_session_that_was_there_is_not_taken_for_deleted(read_only, browser):
    product = ProductFactory()
    browser.post(f"/cart/add/{product.slug}/", {"quantity": 1})
    read_only()
    assert_says_so(browser.post(f"/cart/add/{product.slug}/", {"quantity": 1}))


def test_merchants_are_told_too(read_only, mara):
    browser = Client(raise_request_exception=False)
    browser.force_login(mara)
    read_only()
    assert_says_so(browser.post("/backoffice/customers/add/", {"email": "new@post.example", "language": "en"}))


def test_pages_that_only_show_something_go_on(read_only, browser, ines):
    browser.force_login(ines)
    ines.sessions.update(seen_at="2026-01-01T00:00Z")
    read_only()
    assert [browser.get(path).status_code for path in ("/", "/account/orders/", "/cart/")] == [200] * 3


def test_the_log_has_a_line_of_it_and_no_traceback(read_only, browser, ines, monkeypatch):
    [handler] = [one for one in logging.getLogger().handlers if one.filters]
    monkeypatch.setattr(handler, "stream", written := io.StringIO())
    read_only()
    browser.post("/account/sign-in/", {"login": ines.email, "password": PASSWORD})
    assert "The database takes no changes (Service Unavailable: /account/sign-in/)" in written.getvalue()
    assert "Traceback" not in written.getvalue()
