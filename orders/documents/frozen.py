"""The triggers that keep issued documents as they are: the database refuses every change, whoever asks for it.

Only `purging()` lets rows go. Two changes are let through: a new document is told once which PDF it got, and `by` is
emptied when a colleague who issued one is erased.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from orders.models import Document
from shopadmin.triggers import Trigger, Triggers

TABLE = Document._meta.db_table
OF_FILE = ("path", "sha256", "size")
REFUSED = "issued documents never change"


@contextmanager
def purging() -> Iterator[None]:
    """A part of a transaction that deletes documents which are past their retention."""
    connection = transaction.get_connection()
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('shopadmin.purging', '1', true)")
                yield
                cursor.execute("SELECT set_config('shopadmin.purging', '', true)")
        else:
            # SQLite's schema changes with the transaction, and only one can write.
            ON_SQLITE_DELETE.drop(connection)
            yield
            ON_SQLITE_DELETE.make(connection)


def _triggers(vendor: str) -> Iterator[Trigger]:
    return _postgresql() if vendor == "postgresql" else _sqlite()


def _postgresql() -> Iterator[Trigger]:
    refusal = f"RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';"
    unless_allowed = f"""
        IF TG_OP = 'DELETE' AND current_setting('shopadmin.purging', true) = '1' THEN RETURN OLD; END IF;
        IF TG_OP = 'UPDATE' THEN
            IF OLD.sha256 = '' THEN
                OLD.path := NEW.path; OLD.sha256 := NEW.sha256; OLD.size := NEW.size;
            END IF;
            IF NEW.by_id IS NULL THEN OLD.by_id := NULL; END IF;
            IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF;
        END IF;
        {refusal}"""
    yield Trigger(f"{TABLE}_frozen", TABLE, "BEFORE UPDATE OR DELETE", unless_allowed, "FOR EACH ROW")
    yield Trigger(f"{TABLE}_frozen_truncate", TABLE, "BEFORE TRUNCATE", refusal, "FOR EACH STATEMENT")


def _sqlite() -> Iterator[Trigger]:
    # REPLACE deletes the row that is in its way without asking the trigger of deletions.
    replaces = f"EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR number = NEW.number OR key = NEW.key)"
    yield Trigger(f"{TABLE}_frozen_insert", TABLE, "BEFORE INSERT", SQLITE_REFUSAL, f"WHEN {replaces}")
    columns = [field.column for field in Document._meta.concrete_fields if field.name not in ("by", *OF_FILE)]
    changes = [f"NEW.{column} IS NOT OLD.{column}" for column in columns]
    changes += [f"OLD.sha256 <> '' AND NEW.{column} IS NOT OLD.{column}" for column in OF_FILE]
    changes.append("NEW.by_id IS NOT NULL AND NEW.by_id IS NOT OLD.by_id")
    yield Trigger(f"{TABLE}_frozen_update", TABLE, "BEFORE UPDATE", SQLITE_REFUSAL, f"WHEN {' OR '.join(changes)}")
    yield ON_SQLITE_DELETE


SQLITE_REFUSAL = f"SELECT RAISE(ABORT, '{REFUSED}');"
ON_SQLITE_DELETE = Trigger(f"{TABLE}_frozen_delete", TABLE, "BEFORE DELETE", SQLITE_REFUSAL)
TRIGGERS = Triggers(_triggers)
