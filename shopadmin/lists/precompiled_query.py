"""Queries whose SQL is composed once a process, for pages on which composing it costs more than running it."""

import json
from collections.abc import Callable

from django.db import connection
from django.db.models import QuerySet


class Prepared:
    """`Prepared(make, a, b)` composes `make(a, b)`, a query of values, with stand-ins; `row(x, y)` runs it with others.

    A stand-in is a value that nothing else in the query has, of the type of what will take its place.
    """

    def __init__(self, make: Callable[..., QuerySet], *stand_ins: object) -> None:
        self.sql, self.parameters = make(*stand_ins).query.sql_with_params()
        self.places = [_written(value) for value in stand_ins]

    def row(self, *values: object) -> list:
        """The first row of the answer, its JSON read; nothing where there is none."""
        written = dict(zip(self.places, map(_written, values), strict=True))
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [written.get(value, value) for value in self.parameters])
            found = cursor.fetchone()
        return [json.loads(value) if isinstance(value, str) else value for value in found or []]


def _written(value: object) -> object:
    """As the database's driver is handed it."""
    return connection.ops.adapt_datetimefield_value(value) if hasattr(value, "tzinfo") else value
