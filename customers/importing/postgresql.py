"""How PostgreSQL takes many rows: COPY, straight into the tables for what is new, by a temporary one for the rest."""

from collections.abc import Callable, Iterable
from operator import attrgetter

from django.db import connection, models

from customers.models import Customer, ImportSeen

BATCH = 2_000  # rows: 10 MB less than 5,000 take, in the same time
PAUSE = 0.0
# Fields whose values are in Python what the database takes.
PLAIN = {
    models.BigAutoField, models.BooleanField, models.CharField, models.DateTimeField, models.DecimalField,
    models.ForeignKey, models.PositiveIntegerField, models.TextField, models.UUIDField,
}  # fmt: skip


def remember(job: models.Model, prints: list[int]) -> set[int]:
    """Those of the numbers that were not in the file before."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {ImportSeen._meta.db_table} (kind, job, print) SELECT %s, %s, unnest(%s::bigint[])"
            " ON CONFLICT DO NOTHING RETURNING print",
            [job._meta.model_name, job.pk, prints],
        )
        return {number for (number,) in cursor.fetchall()}


def ids_of(emails: list[str]) -> list[int]:
    """The ids of the customers who have these addresses."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {Customer._meta.db_table} WHERE email = ANY(%s)", [emails])
        return [number for (number,) in cursor.fetchall()]


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """So many ids that nobody else gets."""
    with connection.cursor() as cursor:
        sequence = "pg_get_serial_sequence(%s, 'id')"
        cursor.execute(f"SELECT nextval({sequence}) FROM generate_series(1, %s)", [model._meta.db_table, count])
        return [number for (number,) in cursor.fetchall()]


def insert(model: type[models.Model], names: list[str], rows: Iterable[tuple]) -> None:
    """Add rows."""
    columns = ", ".join(model._meta.get_field(name).column for name in names)
    _copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN", rows)


def add(objects: list[models.Model]) -> None:
    """Add new objects of one kind, and give them their ids."""
    if not objects:
        return
    model = type(objects[0])
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.GeneratedField)]
    for one, number in zip(objects, new_ids(model, len(objects)), strict=True):
        one.pk = number
    readers = [_reader(field) for field in fields]
    insert(model, [field.name for field in fields], ([read(one) for read in readers] for one in objects))


def _reader(field: models.Field) -> Callable:
    """What gives the value of a field as `COPY` takes it; asking each field to prepare it takes ten times as long."""
    read = attrgetter(field.attname)
    if type(field) in PLAIN:
        return read
    return lambda one: field.get_db_prep_save(read(one), connection)


def update(model: type[models.Model], names: list[str], rows: list[tuple]) -> None:
    """Write new values into rows; the first of each is its id."""
    table, columns = model._meta.db_table, [model._meta.get_field(name).column for name in names]
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE import_stage ON COMMIT DROP AS SELECT id, {', '.join(columns)} FROM {table} LIMIT 0"
        )
        _copy(f"COPY import_stage (id, {', '.join(columns)}) FROM STDIN", rows)
        values = ", ".join(f"{column} = s.{column}" for column in columns)
        cursor.execute(f"UPDATE {table} t SET {values} FROM import_stage s WHERE t.id = s.id")
        cursor.execute("DROP TABLE import_stage")


def _copy(statement: str, rows: Iterable[tuple]) -> None:
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
