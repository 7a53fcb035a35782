"""DATABASE_URL: what stands in it counts."""

import sqlite3
from contextlib import closing

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.utils import ConnectionHandler

from shopadmin.connection_urls import PRAGMAS, database


def connection_to(url: str) -> DatabaseWrapper:
    return ConnectionHandler({"default": database(url)})["default"]


def parameters_of(query: str) -> dict:
    """What psycopg is given for a database with these options."""
    return connection_to(f"postgres://shop:secret@db/shop?{query}").get_connection_params()


def test_postgresql_keeps_the_options_of_its_address():
    found = parameters_of("sslmode=verify-full&sslrootcert=/etc/ssl/ca.pem")
    assert (found["sslmode"], found["sslrootcert"]) == ("verify-full", "/etc/ssl/ca.pem")
    assert ("options" in found, found["connect_timeout"]) == (False, 5)


def test_postgresql_options_of_the_address_are_passed_on():
    found = parameters_of("connect_timeout=2&options=-c%20jit%3Don")
    assert (found["options"], found["connect_timeout"]) == ("-c jit=on", 2)


@pytest.mark.parametrize("url", ["postgres://db/shop", "sqlite:///shop.sqlite3"])
def test_how_long_a_connection_is_kept_can_be_said(url):
    assert database(url)["CONN_MAX_AGE"] == 60
    assert database(f"{url}?conn_max_age=0")["CONN_MAX_AGE"] == 0


def test_sqlite_keeps_the_options_of_its_address():
    url = "sqlite:////srv/shop.sqlite3?timeout=3&init_command=PRAGMA%20mmap_size%3D1000"
    assert database(url)["OPTIONS"] == {
        "timeout": 3, "transaction_mode": "IMMEDIATE", "init_command": f"{PRAGMAS} PRAGMA mmap_size=1000",
    }  # fmt: skip


def test_sqlite_opens_a_file_to_read_only_when_told_to(tmp_path):
    file = tmp_path / "a shop?.sqlite3"
    with sqlite3.connect(file) as made:
        made.execute("PRAGMA journal_mode=WAL")
    wrapper = connection_to(f"sqlite:///{str(file).replace('?', '%3F')}?mode=ro")
    opened = wrapper.get_new_connection(wrapper.get_connection_params())
    with closing(opened), pytest.raises(sqlite3.OperationalError, match="readonly"):
        opened.execute("CREATE TABLE refused (id int)")


def test_an_option_that_sqlite_does_not_have_is_refused_in_words():
    with pytest.raises(ImproperlyConfigured, match="SQLite has no option sslmode"):
        database("sqlite:///shop.sqlite3?sslmode=require")
