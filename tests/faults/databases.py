"""A PostgreSQL database of one script, and a pooler before it."""

import os
from collections.abc import Callable, Iterator
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
def backup(database: Addresses) -> Iterator[Callable[[], None]]:
    """A copy of the database as it is now; what is handed out puts a copy of that in its place, again and again."""
    server, _slash, name = database.direct.rpartition("/")
    kept, next_one = f"{name}_kept", f"{name}_next"

    @contextmanager
    def paused() -> Iterator[None]:
        """Everybody waits at the pooler, which has no connections then."""
        at = f"{database.pooled.rpartition('/')[0]}/pgbouncer"
        with psycopg.connect(at, autocommit=True) as pooler:
            pooler.execute(f"PAUSE {name}")
            yield
            pooler.execute(f"RESUME {name}")

    def restore() -> None:
        admin.execute(f"CREATE DATABASE {next_one} TEMPLATE {kept}")
        with paused():
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
            admin.execute(f"ALTER DATABASE {next_one} RENAME TO {name}")

    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        with paused():
            database.cut()
            admin.execute(f"CREATE DATABASE {kept} TEMPLATE {name}")
        try:
            yield restore
        finally:
            admin.execute(f"DROP DATABASE {kept} WITH (FORCE)")


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
