"""Many rows into a table, quickly: COPY on PostgreSQL with the indexes made afterwards, executemany on SQLite."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import GeneratedField

BATCH = 5_000
OF_NO_CONSTRAINT = """
    SELECT schemaname, indexname, indexdef FROM pg_indexes
    JOIN pg_class ON pg_class.relname = indexname AND pg_class.relkind = 'i'
    WHERE tablename = ANY(%s) AND schemaname = current_schema()
    AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = pg_class.oid)"""


def write(model: type[models.Model], names: tuple[str, ...], rows: Iterable[tuple]) -> None:
    """Write rows that name some of the columns; the others get the defaults of their fields."""
    rest = [field for field in model._meta.concrete_fields if _is_left(model, field, names)]
    values = tuple(field.get_db_prep_save(field.get_default(), connection) for field in rest)
    columns = ", ".join(f'"{name}"' for name in [*names, *(field.column for field in rest)])
    full = ((*row, *values) for row in rows)
    (_copy if connection.vendor == "postgresql" else _insert)(model._meta.db_table, columns, full)


def _is_left(model: type[models.Model], field: models.Field, names: tuple[str, ...]) -> bool:
    return field.column not in names and field is not model._meta.pk and not isinstance(field, GeneratedField)


def _copy(table: str, columns: str, rows: Iterator[tuple]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _insert(table: str, columns: str, rows: Iterator[tuple]) -> None:
    marks = ", ".join(["%s"] * (columns.count(",") + 1))
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", batch)


@contextmanager
def bulk(*tables: type[models.Model]) -> Iterator[None]:
    """While it lasts, PostgreSQL neither checks references, nor writes history, nor keeps indexes; then it does.

    SQLite keeps its triggers for the search (they are quick), and loses those of the history until `migrate`.
    """
    names = [model._meta.db_table for model in tables]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with _without_indexes(cursor, names):
                yield
            cursor.execute("; ".join(connection.ops.sequence_reset_sql(no_style(), tables)))
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%%_history_%%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
            yield


@contextmanager
def _without_indexes(cursor, tables: list[str]) -> Iterator[None]:
    cursor.execute("SET session_replication_role = replica")
    cursor.execute("SET statement_timeout = 0")
    cursor.execute("SET maintenance_work_mem = '512MB'")
    cursor.execute(OF_NO_CONSTRAINT, [tables])
    indexes = cursor.fetchall()
    for schema, name, _definition in indexes:
        cursor.execute(f'DROP INDEX "{schema}"."{name}"')
    yield
    for _schema, _name, definition in indexes:
        cursor.execute(definition)
    cursor.execute("SET session_replication_role = DEFAULT")
