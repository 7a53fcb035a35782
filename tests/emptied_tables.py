"""Tables emptied after a test of real transactions, as quickly as each database can."""

from collections.abc import Iterable, Iterator

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.utils import CursorWrapper

from orders.documents import frozen
from shopadmin.staff_log import triggers

# What `migrate` writes into them stays as it is.
KEPT = {ContentType._meta.db_table, Permission._meta.db_table}
# Where a table held as many, all of them get new files: dead rows would be read, and counted as its size.
MANY = 1000


def empty_tables(operations: BaseDatabaseOperations, statements: Iterable[str]) -> None:
    """Take the place of `execute_sql_flush`: the triggers of documents and staff log, which let nothing go, are asked
    for nothing.
    """
    connection = operations.connection
    tables = sorted({*connection.introspection.django_table_names(only_existing=True, include_views=False)} - KEPT)
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql" and may_leave_triggers_out(cursor):
            statements = deletions(cursor, tables)
        else:
            frozen.TRIGGERS.drop(connection.alias)
            triggers.TRIGGERS.drop(connection.alias)
            statements = operations.sql_flush(no_style(), tables)
        for statement in statements:
            cursor.execute(statement)


def may_leave_triggers_out(cursor: CursorWrapper) -> bool:
    """Whether this is a superuser, as in CI."""
    cursor.execute("SELECT current_setting('is_superuser')::boolean")
    return cursor.fetchone()[0]


def deletions(cursor: CursorWrapper, tables: list[str]) -> Iterator[str]:
    """Empty those that hold a row: to give eighty tables new files takes a hundred times as long."""
    everything = ", ".join(tables)
    yield "SET LOCAL session_replication_role = replica"
    yield f"LOCK TABLE {everything}"  # and so wait for whoever is still at work in them, as TRUNCATE would
    counts = [f"SELECT '{table}', COUNT(*) FROM (SELECT FROM {table} LIMIT {MANY}) AS found" for table in tables]
    cursor.execute(" UNION ALL ".join(counts))
    rows = dict(cursor.fetchall())
    if max(rows.values()) == MANY:
        yield f"TRUNCATE {everything}"
    else:
        yield from (f"DELETE FROM {table}" for table, count in rows.items() if count)
