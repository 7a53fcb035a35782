"""What the log must not hold."""

import io
import logging

import pytest

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
    assert len(routes) == 5
    for route in routes:
        path = "/" + route.replace("^", "").partition("<")[0].partition("(")[0] + KEY
        logging.getLogger("django.request").warning("Not Found: %s", path)
    assert KEY not in written.getvalue()
    assert written.getvalue().count("…") == 5
