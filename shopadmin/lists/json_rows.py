"""The rows below a row, read with it in one query.

Both databases make a JSON list of a subquery's rows, each with a function of its own; here is the difference.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from django.db import models
from django.db.models import F, JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject


class JSONRows(Subquery):
    """The rows of a query as one JSON list, in the query's order."""

    output_field = JSONField()
    template = "(SELECT json_group_array(json(listed.row)) FROM (%(subquery)s) listed)"

    def __init__(self, queryset: QuerySet, **columns: F | Subquery) -> None:
        super().__init__(queryset.values(row=JSONObject(**columns)))

    def as_postgresql(self, compiler, connection, **extra_context):
        """Use PostgreSQL's function."""
        template = "(SELECT COALESCE(jsonb_agg(listed.row), '[]') FROM (%(subquery)s) listed)"
        return self.as_sql(compiler, connection, template=template, **extra_context)


def columns_of(model: type[models.Model], without: frozenset[str] = frozenset()) -> dict[str, F]:
    """All columns of a model except some."""
    names = [field.attname for field in model._meta.concrete_fields]
    return {name: F(name) for name in names if name not in without}


def model_instance(model: type[models.Model], columns: dict) -> models.Model:
    """Make an instance of a row; columns left out are deferred, and what is no column becomes an attribute."""
    fields = [field for field in model._meta.concrete_fields if field.attname in columns]
    values = [_typed(field, columns.pop(field.attname)) for field in fields]
    instance = model.from_db(None, [field.attname for field in fields], values)
    instance.__dict__.update(columns)
    return instance


def store_prefetched(parent: models.Model, relation: str, rows: Sequence[models.Model]) -> None:
    """Put rows where `prefetch_related` puts them: `parent.relation.all()` needs no query then."""
    queryset = getattr(parent, relation).all()
    queryset._result_cache = rows
    parent.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = queryset


def parsed_datetime(text: str) -> datetime:
    """Parse a moment in a JSON list; SQLite's are in UTC without saying so."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def parsed_amount(value: float | str) -> Decimal:
    """Parse an amount of money in a JSON list, to the cent."""
    return round(Decimal(str(value)), 2)


def parsed_object(value: dict | str) -> dict:
    """Parse a JSON column in a JSON list; SQLite returns it as text."""
    return json.loads(value) if isinstance(value, str) else value


def _typed(field: models.Field, value):
    typed = parsed_object(value) if isinstance(field, JSONField) else field.to_python(value)
    if isinstance(field, models.DecimalField) and typed is not None:
        return round(typed, field.decimal_places)
    return typed.replace(tzinfo=UTC) if isinstance(typed, datetime) and typed.tzinfo is None else typed
