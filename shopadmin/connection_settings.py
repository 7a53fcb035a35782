"""What each connection to PostgreSQL begins with, kept with the database itself: a pooler would pass none of it on.

Written after each `migrate`, where somebody has not set it otherwise. Connections that are open by then, a pooler's
among them, keep what they began with.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

SETTINGS = {
    # Short queries, many at once: to compile them or to share one among processes takes longer than to answer it.
    "random_page_cost": "1.1",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    # Nobody waits longer for a page, and nothing that hangs holds up the others for ever.
    "statement_timeout": "60s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}
# In the sense of pg_settings: what is said for this database or person, or in DATABASE_URL.
CHOSEN = ("database", "user", "database user", "client")
MISSING = "SELECT name FROM pg_settings WHERE name = ANY(%s) AND NOT source = ANY(%s) ORDER BY name"
# Its owner may change a database for everybody; anybody else may do so for themselves.
PLACE = """
    SELECT format(CASE WHEN pg_has_role(datdba, 'USAGE') THEN 'DATABASE %I' ELSE 'ROLE CURRENT_USER IN DATABASE %I' END,
                  datname)
    FROM pg_database WHERE datname = current_database()"""


def missing_settings(using: str = "default") -> list[str]:
    """Names of the settings that this connection began without; none on SQLite, whose connections set their own."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(MISSING, [[*SETTINGS], [*CHOSEN]])
        return [name for (name,) in cursor.fetchall()]


def write_settings(using: str = "default", **kwargs) -> None:
    """Write down the settings that are missing; called after every `migrate`."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("RESET statement_timeout")
        missing = missing_settings(using)
        cursor.execute(PLACE)
        place = cursor.fetchone()[0]
        for name in missing:
            cursor.execute(f"ALTER {place} SET {name} = %s", [SETTINGS[name]])
    if missing and not connection.in_atomic_block:
        connection.close()  # the next one begins with them


def let_migrations_take_long(using: str = "default", **kwargs) -> None:
    """Let each statement of a `migrate` take as long as it needs, such as an index over a million rows.

    A pooler would hand that on to others, so behind one they are given up as everybody's.
    """
    connection = connections[using]
    if connection.vendor == "postgresql" and is_direct(using):
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")


def is_direct(using: str = "default") -> bool:
    """Whether the server itself answers: a pooler gives its callers numbers of its own for their connections."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0] == connection.connection.info.backend_pid


@contextmanager
def as_long_as_it_takes(using: str = "default") -> Iterator[None]:
    """On PostgreSQL a transaction whose statements are not given up, such as an export that is read slowly."""
    if connections[using].vendor != "postgresql":
        yield
        return
    with transaction.atomic(using):
        with connections[using].cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        yield
