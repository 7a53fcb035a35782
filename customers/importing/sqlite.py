"""How SQLite takes many rows: few at a time, since there is one writer, and a pause for the others in between."""

from collections.abc import Iterable

from django.db import connection, models

from customers.models import Customer

BATCH = 500
PAUSE = 0.01


def begin() -> None:
    """Make the table that remembers the addresses of the whole file, so that memory does not grow with it."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS temp.import_seen")
        cursor.execute("CREATE TEMP TABLE import_seen (email text PRIMARY KEY) WITHOUT ROWID")


def end() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS temp.import_seen")


def remember(emails: list[str]) -> set[str]:
    """Those of the addresses that were not in the file before."""
    marks = ", ".join(["%s"] * len(emails))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT email FROM temp.import_seen WHERE email IN ({marks})", emails)
        fresh = set(emails) - {email for (email,) in cursor.fetchall()}
        cursor.executemany("INSERT INTO temp.import_seen VALUES (%s)", [(email,) for email in fresh])
    return fresh


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
