"""Giving up a query on PostgreSQL that takes too long."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

QUERY_CANCELED = "57014"


class TimeLimitExceeded(Exception):
    """The query was given up."""


@contextmanager
def time_limit(milliseconds: int) -> Iterator[None]:
    """Give up each query in here after so long; raises TimeLimitExceeded. A transaction that is open goes on."""
    is_outermost = not connection.in_atomic_block
    try:
        with transaction.atomic():
            _set(f"{milliseconds}")
            with connection.execute_wrapper(_with_values_apart):
                yield
            if not is_outermost:
                _set("DEFAULT")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == QUERY_CANCELED:
            raise TimeLimitExceeded from error
        raise


def _with_values_apart(execute, sql, params, many, context):
    # A query that is given up goes to PostgreSQL's log as it was sent. Values that are sent apart from it do not,
    # and they may be names.
    context["cursor"].cursor = _cursor_that_sends_values_apart()
    return execute(sql, params, many, context)


def _set(timeout: str) -> None:
    with connection.wrap_database_errors:
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
