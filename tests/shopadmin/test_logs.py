"""What the log must not hold."""

import io
import logging

import pytest
from django.db import IntegrityError, connection, transaction

from customers.models import Customer
from tests.test_every_url import every_url

KEY = "a-key-that-opens-something"


@pytest.fixture
def written(monkeypatch):
    """What is written to the log of the real handler."""
    [handler] = [one for one in logging.getLogger().handlers if one.filters]
    monkeypatch.setattr(handler, "stream", stream := io.StringIO())
    return stream


def addresses_with_keys():
    for route, pattern in every_url():
        if {"token", "key"} & set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex) & {"key"}:
            yield route


@pytest.mark.parametrize("path", [f"/order/{KEY}/", f"/order/{KEY}", f"/order/{KEY}/nowhere/", f"/unsubscribe/{KEY}/"])
def test_no_key_stands_in_the_path_of_what_was_not_found(client, store, written, path):
    client.get(path, follow=True)
    assert KEY not in written.getvalue()


def test_what_was_not_found_is_still_named(client, store, written):
    client.get(f"/order/{KEY}/")
    client.get("/nowhere/")
    assert "Not Found: /order/…/" in written.getvalue()
    assert "Not Found: /nowhere/" in written.getvalue()


def test_no_address_with_a_key_was_forgotten(written):
    routes = sorted(addresses_with_keys())
    assert len(routes) == 8
    for route in routes:
        path = "/" + route.replace("^", "").partition("<")[0].partition("(")[0] + KEY
        logging.getLogger("django.request").warning("Not Found: %s", path)
    assert KEY not in written.getvalue()
    assert written.getvalue().count("…") == 8


def test_no_value_of_a_row_stands_in_an_error_of_the_database(written):
    """As PostgreSQL words it; what is wrong and where in the code is still said."""
    detail = "DETAIL:  Failing row contains (7, ines@post.example,\n two lines).\nCONTEXT:  COPY ines@post.example"
    log = logging.getLogger("django.request")
    try:
        raise IntegrityError(f"a constraint is violated\n{detail}\n")
    except IntegrityError as error:
        log.exception("Internal Server Error: /checkout/")
        log.error("It failed: %s", error)
    text = written.getvalue()
    assert ("ines@post.example" in text, "two lines" in text) == (False, False)
    assert (text.count("DETAIL: …"), "It failed: a constraint is violated" in text, "test_logs.py" in text) == (2, 1, 1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite names no values")
def test_nor_in_one_that_happened(ines, otto, written):
    try:
        with transaction.atomic():
            Customer.objects.filter(pk=otto.pk).update(email=ines.email)
    except IntegrityError:
        logging.getLogger("django.request").exception("Internal Server Error: /account/")
    assert "UniqueViolation" in written.getvalue()
    assert ines.email not in written.getvalue()
