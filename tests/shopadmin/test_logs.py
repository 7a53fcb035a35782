"""What the log must not hold."""

import io
import json
import logging

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction

from customers.models import Customer
from shopadmin.log_settings import log_settings
from shopadmin.logs import JsonLine
from tests.every_address import every_url

KEY = "a-key-that-opens-something"


@pytest.fixture
def written(monkeypatch):
    """What is written to the log of the real handler."""
    [handler] = [one for one in logging.getLogger().handlers if one.filters]
    monkeypatch.setattr(handler, "stream", stream := io.StringIO())
    monkeypatch.setattr(handler, "formatter", JsonLine())
    return stream


@pytest.fixture
def lines(written):
    """The same, line by line, without the time."""

    def lines() -> list[dict]:
        found = [json.loads(line) for line in written.getvalue().splitlines()]
        assert all(line.pop("time").endswith("+00:00") for line in found)
        return found

    return lines


@pytest.fixture
def broken(client, monkeypatch):
    """The sign-in page cannot be shown, and its error names a person; returns who asks."""

    def fail(*args, **kwargs):
        raise ValueError("no such person: ines@post.example")

    monkeypatch.setattr("django.template.response.TemplateResponse.rendered_content", property(fail))
    client.raise_request_exception = False
    return client


def addresses_with_keys():
    for route, pattern in every_url():
        if {"token", "key"} & set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex) & {"key"}:
            yield route


@pytest.mark.parametrize("path", [f"/order/{KEY}/", f"/order/{KEY}", f"/order/{KEY}/nowhere/", f"/unsubscribe/{KEY}/"])
def test_no_key_stands_in_the_path_of_what_was_not_found(client, store, written, path):
    client.get(path, follow=True)
    assert KEY not in written.getvalue()


def test_what_was_not_found_is_named_as_far_as_its_words_are_ours(client, store, lines):
    for path in (f"/order/{KEY}/", "/robots.txt/jürgen/", "/privacy/ines@post.example/"):
        client.get(path, headers={"X-Request-ID": "0123456789abcdef"})
    known = {"level": "WARNING", "logger": "django.request", "request": "0123456789abcdef", "method": "GET"}
    assert lines() == [
        known | {"message": "Not Found: /order/…/", "route": "/order/<str:token>/", "status": 404},
        known | {"message": "Not Found: /robots.txt/…/", "route": "/robots.txt/…/", "status": 404},
        known | {"message": "Not Found: /privacy/…/", "route": "/privacy/…/", "status": 404},
    ]


def test_an_error_is_one_line_with_its_trace_and_the_id_that_its_reader_was_given(broken, store, lines):
    response = broken.get("/account/sign-in/", {"email": "ines@post.example"})
    [line] = lines()
    assert (line["request"], line["status"], line["route"]) == (response["X-Request-ID"], 500, "/account/sign-in/")
    assert line["trace"].splitlines()[0] == "Traceback (most recent call last):"
    assert line["trace"].splitlines()[-1] == "ValueError: no such person: …@…"
    assert line["message"] == "Internal Server Error: /account/sign-in/"


@pytest.mark.parametrize("sent", ["", "short", "x" * 65, "ines@post.example", 'two" lines', "12345678\n9"])
def test_an_id_that_does_not_look_like_one_is_not_taken(client, store, sent):
    response = client.get("/robots.txt", headers={"X-Request-ID": sent})
    assert len(response["X-Request-ID"]) == 32
    assert response["X-Request-ID"] != sent


def test_what_is_logged_within_a_request_has_its_id(client, store, lines, monkeypatch):
    monkeypatch.setattr("shopadmin.health.cache_state", lambda: logging.getLogger("shop").warning("away") or "away")
    response = client.get("/readyz")
    logging.getLogger("shop").warning("afterwards")
    assert lines() == [
        {"level": "WARNING", "logger": "shop", "message": "away", "request": response["X-Request-ID"]},
        {"level": "WARNING", "logger": "shop", "message": "afterwards"},
    ]


def test_gunicorn_names_neither_paths_nor_visitors(lines):
    log = logging.getLogger("gunicorn.error")
    log.error("Error handling request %s %s", "GET", f"/order/{KEY}/?email=ines@post.example")
    log.warning("Invalid request from ip=203.0.113.9: Invalid HTTP request line: 'GET /order/x'")
    log.error("Error handling request (no URI read)")
    assert [line["message"] for line in lines()] == [
        "Error handling request …", "Invalid request from …", "Error handling request (no URI read)",
    ]  # fmt: skip


def test_another_format_is_refused_by_name(monkeypatch):
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(ImproperlyConfigured, match="LOG_FORMAT is json or text, not 'xml'"):
        log_settings()


def test_no_address_with_a_key_was_forgotten(written):
    routes = sorted(addresses_with_keys())
    assert len(routes) == 14
    for route in routes:
        path = "/" + route.replace("^", "").partition("<")[0].partition("(")[0] + KEY
        logging.getLogger("django.request").warning("Not Found: %s", path)
    assert KEY not in written.getvalue()
    assert written.getvalue().count("…") == 14


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
