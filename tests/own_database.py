"""A database for one test alone, with the schema of all others."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from django.db import connection

from shopadmin import connection_settings
from tests.cutting import cut


@pytest.fixture
def own_database(transactional_db, tmp_path) -> Iterator[None]:
    """A copy of the test database for this test alone, in its place: processes may replace all of it."""
    connection.close()
    known, tests_own = connection.settings_dict, connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        known["NAME"] = str(tmp_path / "shopadmin.sqlite3")
        with closing(sqlite3.connect(tests_own)) as source, closing(sqlite3.connect(known["NAME"])) as target:
            source.backup(target)
    else:
        copy = f"{tests_own}_own"
        cut()  # a thread of a test before may have left its connection, and what is copied must have none
        _on_server(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        _on_server(f'CREATE DATABASE "{copy}" TEMPLATE "{tests_own}"')
        known["NAME"] = copy
        connection_settings.write_settings()  # which are not copied
        connection.close()
    yield
    connection.close()
    if connection.vendor == "postgresql":
        _on_server(f'DROP DATABASE "{known["NAME"]}" WITH (FORCE)')
    known["NAME"] = tests_own


def _on_server(statement: str) -> None:
    known = connection.settings_dict
    server = {"host": known["HOST"] or None, "port": known["PORT"] or None, "user": known["USER"] or None}
    with psycopg.connect(**server, password=known["PASSWORD"] or None, dbname="postgres", autocommit=True) as server:
        server.execute(statement)
