"""A PostgreSQL database of one script, and a pooler before it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import psycopg

from tests.faults.processes import Missing, free_ports
from tests.pooler import PROGRAM, Pooler

SERVER = os.environ.get("TEST_DATABASE_URL") or os.environ.get("DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/"
ALL_BUT_MINE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""


class Addresses(NamedTuple):
    """Of one database: past the pooler, and through it."""

    direct: str
    pooled: str

    def ask(self, query: str, *params) -> list[tuple]:
        """Ask the database itself."""
        with psycopg.connect(self.direct, autocommit=True) as connection:
            cursor = connection.execute(query, params)
            return cursor.fetchall() if cursor.description else []

    def cut(self) -> None:
        """End all its connections, those of the pooler."""
        self.ask(ALL_BUT_MINE)


@contextmanager
def pooled_database(folder: Path, *, size: int = 8) -> Iterator[Addresses]:
    """An empty database, and so many connections to it for everybody."""
    if not PROGRAM:
        raise Missing("pgbouncer is not on this machine")
    server, name, [port] = SERVER.rpartition("/")[0], f"shopadmin_faults_{uuid4().hex[:8]}", free_ports(1)
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            with Pooler(folder, server=f"{server}/", port=port, size=size) as pooler:
                yield Addresses(f"{server}/{name}", pooler.address_of(name))
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
