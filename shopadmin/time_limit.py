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
        with transaction.atomic() if connection.in_atomic_block else nullcontext(), limited(milliseconds):
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == "57014" or str(error) == "interrupted":
            raise TookTooLong from error
        raise


@contextmanager
def _on_postgresql(milliseconds: int) -> Iterator[None]:
    # In one message with the query: a transaction of its own for the setting would cost as much as most queries.
    def limited(execute, sql, params, many, context):
        sql = f"SET LOCAL statement_timeout = {milliseconds}; {sql}; SET LOCAL statement_timeout = DEFAULT"
        result = execute(sql, params, many, context)
        context["cursor"].nextset()
        return result

    with connection.execute_wrapper(limited):
        yield


@contextmanager
def _on_sqlite(milliseconds: int) -> Iterator[None]:
    connection.ensure_connection()
    until = time.monotonic() + milliseconds / 1000
    connection.connection.set_progress_handler(lambda: time.monotonic() > until, STEPS)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, STEPS)
