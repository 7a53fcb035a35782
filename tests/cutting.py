"""Connections to PostgreSQL that are cut at a place that one chooses, as when a server or a pooler goes down."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import OperationalError, connection
from psycopg.errors import AdminShutdown

from tests.shopadmin.worker.worker_process import address_of_the_database

OTHERS = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""


def cut() -> None:
    """End every connection to the database of the test."""
    with psycopg.connect(address_of_the_database(), autocommit=True) as other:
        other.execute(OTHERS)


class Statements:
    """Counts the statements of this thread; before those with these numbers, its connection is cut."""

    def __init__(self, *at: int) -> None:
        self.at, self.count = at, 0

    def __call__(self, execute, *statement):
        self._next()
        return execute(*statement)

    def _next(self) -> None:
        self.count += 1
        if self.count in self.at:
            cut()

    @contextmanager
    def watched(self) -> Iterator["Statements"]:
        """While it lasts."""
        with connection.execute_wrapper(self):
            yield self


class Between(Statements):
    """The same; the connection is cut after these statements."""

    def __call__(self, execute, *statement):
        result = execute(*statement)
        self._next()
        return result


class Commits(Statements):
    """The same of commits; the connection is cut after these, so that nobody is told that it was done."""

    @contextmanager
    def watched(self) -> Iterator["Commits"]:
        """While it lasts."""
        commit = connection._commit

        def commit_and_say_nothing() -> None:
            commit()
            self._next()
            if self.count in self.at:
                raise OperationalError("cut") from AdminShutdown()

        connection._commit = commit_and_say_nothing
        try:
            yield self
        finally:
            connection._commit = commit
