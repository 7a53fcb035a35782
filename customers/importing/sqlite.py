"""How SQLite takes many rows: few at a time, since there is one writer, and a pause for the others in between."""

import json
from collections.abc import Iterable

from django.db import connection, models

from customers.models import Customer, ImportSeen

BATCH = 500
PAUSE = 0.01


def remember(job: models.Model, prints: list[int]) -> set[int]:
    """Those of the numbers that were not in the file before."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {ImportSeen._meta.db_table} (kind, job, print) SELECT %s, %s, value FROM json_each(%s)"
            " WHERE true ON CONFLICT DO NOTHING RETURNING print",
            [job._meta.model_name, job.pk, json.dumps(prints)],
        )
        return {number for (number,) in cursor.fetchall()}


def ids_of(emails: list[str]) -> list[int]:
    """The ids of the customers who have these addresses."""
    marks = ", ".join(["%s"] * len(emails))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {Customer._meta.db_table} WHERE email IN ({marks})", emails)
        return [number for (number,) in cursor.fetchall()]


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """So many ids that nobody else gets: the transaction is the only writer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        last = (cursor.fetchone() or [0])[0]
    return list(range(last + 1, last + count + 1))


def insert(model: type[models.Model], names: list[str], rows: Iterable[tuple]) -> None:
    """Add rows."""
    fields = [model._meta.get_field(name) for name in names]
    columns, marks = ", ".join(field.column for field in fields), ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", _adapted(fields, rows))


def add(objects: list[models.Model]) -> None:
    """Add new objects of one kind, and give them their ids."""
    if objects:
        type(objects[0]).objects.bulk_create(objects)


def update(model: type[models.Model], names: list[str], rows: list[tuple]) -> None:
    """Write new values into rows; the first of each is its id."""
    fields = [model._meta.get_field(name) for name in names]
    values = ", ".join(f"{field.column} = %s" for field in fields)
    by_id = [(*row[1:], row[0]) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {model._meta.db_table} SET {values} WHERE id = %s", _adapted([*fields, model._meta.pk], by_id)
        )


def _adapted(fields: list[models.Field], rows: Iterable[tuple]) -> list[tuple]:
    """Dates and moments as SQLite keeps them."""
    adapt = {
        "DateField": connection.ops.adapt_datefield_value,
        "DateTimeField": connection.ops.adapt_datetimefield_value,
    }
    dated = {place: adapt[field.get_internal_type()] for place, field in enumerate(fields) if _is_dated(field)}
    return [tuple(dated[at](value) if at in dated else value for at, value in enumerate(row)) for row in rows]


def _is_dated(field: models.Field) -> bool:
    return field.get_internal_type() in {"DateField", "DateTimeField"}
