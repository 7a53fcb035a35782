"""Giving up a query that takes too long: each database has a way of its own."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import OperationalError, connection, transaction

STEPS = 10_000  # of SQLite's virtual machine, between two looks at the clock


class TookTooLong(Exception):
    """The query was given up."""


@contextmanager
def time_limit(milliseconds: int) -> Iterator[None]:
    """Give up each query in here after so long; raises TookTooLong. A transaction that is open goes on."""
    limited = {"postgresql": _on_postgresql, "sqlite": _on_sqlite}[connection.vendor]
    try:
        with limited(milliseconds):
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == "57014" or str(error) == "interrupted":
            raise TookTooLong from error
        raise


@contextmanager
def _on_postgresql(milliseconds: int) -> Iterator[None]:
    is_ours = not connection.in_atomic_block

    def limited(execute, sql, params, many, context):
        # A query that is given up goes to PostgreSQL's log as it was sent. Values that are sent apart from it do not,
        # and they may be names.
        context["cursor"].cursor = _cursor_that_sends_values_apart()
        return execute(sql, params, many, context)

    with transaction.atomic():
        _set(f"{milliseconds}")
        with connection.execute_wrapper(limited):
            yield
        if not is_ours:
            _set("DEFAULT")


def _set(timeout: str) -> None:
    connection.connection.execute(f"SET LOCAL statement_timeout = {timeout}")


def _cursor_that_sends_values_apart() -> "ServerBindingCursor":  # noqa: F821
    # Reason: a shop on SQLite does not load psycopg.
    from django.db.backends.postgresql.base import ServerBindingCursor

    usual = connection.connection.cursor_factory
    connection.connection.cursor_factory = ServerBindingCursor
    try:
        return connection.create_cursor()
    finally:
        connection.connection.cursor_factory = usual


@contextmanager
def _on_sqlite(milliseconds: int) -> Iterator[None]:
    connection.ensure_connection()
    until = time.monotonic() + milliseconds / 1000
    connection.connection.set_progress_handler(lambda: time.monotonic() > until, STEPS)
    try:
        # Without an open transaction none is begun: it would be one that writes, and wait for others.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            yield
    finally:
        connection.connection.set_progress_handler(None, STEPS)
