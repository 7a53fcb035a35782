"""The rows below a row, read with it in one query.

Both databases make a JSON list of a subquery's rows, each with a function of its own; here is the difference.
"""

import json
from datetime import UTC, datetime
from decimal import Decimal

from django.db import models
from django.db.models import F, JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject


class Rows(Subquery):
    """The rows of a query as one JSON list, in the order of the query."""

    output_field = JSONField()
    template = "(SELECT json_group_array(json(listed.row)) FROM (%(subquery)s) listed)"

    def __init__(self, queryset: QuerySet, **columns: object) -> None:
        super().__init__(queryset.values(row=JSONObject(**columns)))

    def as_postgresql(self, compiler, connection, **extra_context):
        """The same in PostgreSQL's words."""
        template = "(SELECT COALESCE(jsonb_agg(listed.row), '[]') FROM (%(subquery)s) listed)"
        return self.as_sql(compiler, connection, template=template, **extra_context)


def columns_of(model: type[models.Model], without: frozenset[str] = frozenset()) -> dict[str, F]:
    """All columns of a model but those that nobody needs."""
    names = [field.attname for field in model._meta.concrete_fields]
    return {name: F(name) for name in names if name not in without}


def instance(model: type[models.Model], columns: dict) -> models.Model:
    """A row as the model reads it; what was left out is read when it is asked for, what is no column is kept beside."""
    fields = [field for field in model._meta.concrete_fields if field.attname in columns]
    values = [_typed(field, columns.pop(field.attname)) for field in fields]
    made = model.from_db(None, [field.attname for field in fields], values)
    made.__dict__.update(columns)
    return made


def keep(parent: models.Model, relation: str, rows: list[models.Model]) -> None:
    """Put the rows where `prefetch_related` would: `parent.relation.all()` asks for nothing more."""
    kept = getattr(parent, relation).all()
    kept._result_cache = rows
    parent.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = kept


def moment(text: str) -> datetime:
    """A moment out of a JSON list; SQLite keeps them in UTC without saying so."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def amount(value: float | str) -> Decimal:
    """Money out of a JSON list, to the cent."""
    return round(Decimal(str(value)), 2)


def facts(value: dict | str) -> dict:
    """A JSON column out of a JSON list; SQLite hands it over as text."""
    return json.loads(value) if isinstance(value, str) else value


def _typed(field: models.Field, value: object) -> object:
    typed = field.to_python(value)
    if isinstance(field, models.DecimalField):
        return round(typed, field.decimal_places)
    # SQLite keeps moments in UTC without saying so.
    return typed.replace(tzinfo=UTC) if isinstance(typed, datetime) and typed.tzinfo is None else typed
