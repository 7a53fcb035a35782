"""The triggers that keep issued documents as they are: the database refuses every change, whoever asks for it.

Only `purging()` lets rows go, and only that a colleague who issued one is erased changes any: `by` is emptied then.
They are installed again after every `migrate`, since SQLite drops them without a word when Django remakes a table.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

from customers.history.triggers import STANDING
from orders.models import Document

TABLE = Document._meta.db_table
REFUSED = "issued documents never change"
EVENTS = ("insert", "update", "delete")
NAMES = {
    "postgresql": frozenset({f"{TABLE}_frozen", f"{TABLE}_frozen_truncate"}),
    "sqlite": frozenset(f"{TABLE}_frozen_{event}" for event in EVENTS),
}


def install_triggers(using: str = "default", **kwargs) -> None:
    """Make the triggers anew; called after every `migrate`."""
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        drop_triggers(using)
        _execute(connection, _postgresql() if connection.vendor == "postgresql" else _sqlite())


def drop_triggers(using: str = "default", **kwargs) -> None:
    """Take the triggers away, for `migrate`, which may remake the table."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        _execute(connection, (f"DROP TRIGGER IF EXISTS {name}" for name in NAMES["sqlite"]))
    elif TABLE in connection.introspection.table_names():
        _execute(connection, (f"DROP TRIGGER IF EXISTS {name} ON {TABLE}" for name in NAMES["postgresql"]))


def missing_triggers(using: str = "default") -> set[str]:
    """Names of the triggers that are not there, or switched off."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(STANDING[connection.vendor])
        return NAMES[connection.vendor] - {name for (name,) in cursor.fetchall()}


@contextmanager
def purging() -> Iterator[None]:
    """A part of a transaction that deletes documents which are past their retention."""
    connection = transaction.get_connection()
    with transaction.atomic():
        if connection.vendor == "postgresql":
            _execute(connection, ["SELECT set_config('shopadmin.purging', '1', true)"])
            yield
            _execute(connection, ["SELECT set_config('shopadmin.purging', '', true)"])
        else:
            # SQLite's schema changes with the transaction, and only one can write.
            _execute(connection, [f"DROP TRIGGER IF EXISTS {TABLE}_frozen_delete"])
            yield
            _execute(connection, [_sqlite_delete()])


def _execute(connection, statements) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _postgresql() -> Iterator[str]:
    yield f"""
        CREATE OR REPLACE FUNCTION {TABLE}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' AND current_setting('shopadmin.purging', true) = '1' THEN RETURN OLD; END IF;
            IF TG_OP = 'UPDATE' THEN
                OLD.by_id := NULL;
                IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF;
            END IF;
            RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
        END $$"""
    yield f"""
        CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {TABLE}_frozen()"""
    yield f"""
        CREATE TRIGGER {TABLE}_frozen_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_frozen()"""


def _sqlite() -> Iterator[str]:
    # REPLACE deletes the row that is in its way without asking the trigger of deletions.
    yield f"""
        CREATE TRIGGER {TABLE}_frozen_insert BEFORE INSERT ON {TABLE}
        WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR number = NEW.number OR key = NEW.key)
        BEGIN {_sqlite_refusal()} END"""
    columns = [field.column for field in Document._meta.concrete_fields if field.name != "by"]
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
    yield f"""
        CREATE TRIGGER {TABLE}_frozen_update BEFORE UPDATE ON {TABLE} WHEN NEW.by_id IS NOT NULL OR {changed}
        BEGIN {_sqlite_refusal()} END"""
    yield _sqlite_delete()


def _sqlite_delete() -> str:
    return f"CREATE TRIGGER {TABLE}_frozen_delete BEFORE DELETE ON {TABLE} BEGIN {_sqlite_refusal()} END"


def _sqlite_refusal() -> str:
    return f"SELECT RAISE(ABORT, '{REFUSED}');"
