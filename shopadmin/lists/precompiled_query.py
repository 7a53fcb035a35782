"""Queries whose SQL is composed once a process, for pages on which composing it costs more than running it."""

import json
from collections.abc import Callable
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet


class PrecompiledQuery:
    """`PrecompiledQuery(make, a, b)` composes `make(a, b)`, a query of values, with placeholders for its arguments.

    A placeholder is a value that nothing else in the query has, of the type of the argument that takes its place.
    """

    def __init__(self, make: Callable[..., QuerySet], *placeholders: int | str | datetime) -> None:
        self.sql, self.parameters = make(*placeholders).query.sql_with_params()
        self.placeholders = [_adapted(value) for value in placeholders]

    def row(self, *values: int | str | datetime) -> list:
        """Run the query with other arguments; return its first row, with its JSON parsed, or nothing."""
        arguments = dict(zip(self.placeholders, map(_adapted, values), strict=True))
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [arguments.get(value, value) for value in self.parameters])
            row = cursor.fetchone()
        return [json.loads(value) if isinstance(value, str) else value for value in row or []]


def _adapted(value: int | str | datetime) -> int | str | datetime:
    """A value as the database's driver takes it."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
