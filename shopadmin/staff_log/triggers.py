"""The triggers that keep the staff log as it was written: the database adds rows and lets go of old ones, no more.

Rows go after FLOOR at the earliest, whatever the settings say: an owner who has something to hide must not wipe them.
The time of a row is the database's, so that none is dated back to be let go. Whoever owns the database can drop
triggers; each row is a line of the processes' log, too.
"""

from collections.abc import Iterator
from datetime import timedelta

from shopadmin.models import StaffLogEntry
from shopadmin.triggers import Trigger, Triggers

FLOOR = timedelta(days=90)
TABLE = StaffLogEntry._meta.db_table
REFUSED = "the staff log never changes"


def _triggers(vendor: str) -> Iterator[Trigger]:
    return _postgresql() if vendor == "postgresql" else _sqlite()


def _postgresql() -> Iterator[Trigger]:
    refusal = f"RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';"
    unless_allowed = f"""
        IF TG_OP = 'INSERT' THEN NEW.at := clock_timestamp(); RETURN NEW; END IF;
        IF TG_OP = 'DELETE' THEN
            IF OLD.at < clock_timestamp() - interval '{FLOOR.days} days' THEN RETURN OLD; END IF;
        END IF;
        {refusal}"""
    yield Trigger(f"{TABLE}_kept", TABLE, "BEFORE INSERT OR UPDATE OR DELETE", unless_allowed, "FOR EACH ROW")
    yield Trigger(f"{TABLE}_kept_truncate", TABLE, "BEFORE TRUNCATE", refusal, "FOR EACH STATEMENT")


def _sqlite() -> Iterator[Trigger]:
    refusal = f"SELECT RAISE(ABORT, '{REFUSED}');"
    # REPLACE deletes the row that is in its way without asking the trigger of deletions.
    refused = f"NEW.at < datetime('now', '-1 minute') OR EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)"
    yield Trigger(f"{TABLE}_kept_insert", TABLE, "BEFORE INSERT", refusal, f"WHEN {refused}")
    yield Trigger(f"{TABLE}_kept_update", TABLE, "BEFORE UPDATE", refusal)
    young = f"OLD.at >= datetime('now', '-{FLOOR.days} days')"
    yield Trigger(f"{TABLE}_kept_delete", TABLE, "BEFORE DELETE", refusal, f"WHEN {young}")


TRIGGERS = Triggers(_triggers)
