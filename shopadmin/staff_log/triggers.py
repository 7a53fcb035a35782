"""The triggers that keep the staff log as it was written: the database adds rows and lets go of old ones, no more.

Rows go after FLOOR at the earliest, whatever the settings say: an owner who has something to hide must not wipe them.
The time of a row is the database's, so that none is dated back to be let go. Whoever owns the database can drop
triggers; each row is a line of the processes' log, too. They are installed again after every `migrate`, since SQLite
drops them without a word when Django remakes a table.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db import connections

from shopadmin.database_state import STANDING
from shopadmin.models import StaffLogEntry

FLOOR = timedelta(days=90)
TABLE = StaffLogEntry._meta.db_table
REFUSED = "the staff log never changes"
EVENTS = ("insert", "update", "delete")
NAMES = {
    "postgresql": frozenset({f"{TABLE}_kept", f"{TABLE}_kept_truncate"}),
    "sqlite": frozenset(f"{TABLE}_kept_{event}" for event in EVENTS),
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


def _execute(connection, statements) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _postgresql() -> Iterator[str]:
    yield f"""
        CREATE OR REPLACE FUNCTION {TABLE}_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN NEW.at := clock_timestamp(); RETURN NEW; END IF;
            IF TG_OP = 'DELETE' THEN
                IF OLD.at < clock_timestamp() - interval '{FLOOR.days} days' THEN RETURN OLD; END IF;
            END IF;
            RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
        END $$"""
    yield f"""
        CREATE TRIGGER {TABLE}_kept BEFORE INSERT OR UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {TABLE}_kept()"""
    yield f"""
        CREATE TRIGGER {TABLE}_kept_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_kept()"""


def _sqlite() -> Iterator[str]:
    refusal = f"SELECT RAISE(ABORT, '{REFUSED}');"
    # REPLACE deletes the row that is in its way without asking the trigger of deletions.
    yield f"""
        CREATE TRIGGER {TABLE}_kept_insert BEFORE INSERT ON {TABLE}
        WHEN NEW.at < datetime('now', '-1 minute') OR EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)
        BEGIN {refusal} END"""
    yield f"CREATE TRIGGER {TABLE}_kept_update BEFORE UPDATE ON {TABLE} BEGIN {refusal} END"
    yield f"""
        CREATE TRIGGER {TABLE}_kept_delete BEFORE DELETE ON {TABLE}
        WHEN OLD.at >= datetime('now', '-{FLOOR.days} days') BEGIN {refusal} END"""
