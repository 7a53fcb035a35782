"""The triggers that write the history of customers.

The database writes it because Python cannot promise to: `update()`, `bulk_create()`, upserts, raw SQL and
stale instances all go round `save()`. The triggers are generated from the fields that `customers/field_rules.py`
tracks.
"""

from collections.abc import Iterator

from django.db import models

from customers.field_rules import ADDRESS_FIELDS, CUSTOMER_FIELDS
from customers.models import Address, Customer, CustomerTag, HistoryContext, HistoryEntry, Tag
from shopadmin.triggers import Trigger, Triggers

TRACKED = [Customer._meta.get_field(name) for name, rule in CUSTOMER_FIELDS.items() if rule.history]
OF_ADDRESSES = [Address._meta.get_field(name) for name, rule in ADDRESS_FIELDS.items() if rule.history]
HISTORY = HistoryEntry._meta.db_table
CONTEXT = HistoryContext._meta.db_table
CUSTOMERS, ADDRESSES = Customer._meta.db_table, Address._meta.db_table
CUSTOMER_TAGS, TAGS = CustomerTag._meta.db_table, Tag._meta.db_table

INTO = f"INSERT INTO {HISTORY} (customer_id, at, actor_kind, actor_id, source, field, old, new, seen)"


def _triggers(vendor: str) -> Iterator[Trigger]:
    return _postgresql() if vendor == "postgresql" else _sqlite()


# --- PostgreSQL: statement triggers with transition tables, half the price of row triggers

WHO = """
    WITH who AS (
        SELECT coalesce(nullif(split_part(setting, '/', 1), ''), 'shell') AS kind,
               nullif(split_part(setting, '/', 2), '')::bigint AS actor,
               substr(setting, length(split_part(setting, '/', 1)) + length(split_part(setting, '/', 2)) + 3) AS source
        FROM (SELECT coalesce(current_setting('shopadmin.actor', true), '') AS setting) AS s)
"""
UNLESS_ADDING = "IF current_setting('shopadmin.adding', true) = '1' THEN RETURN NULL; END IF"


def _postgresql() -> Iterator[Trigger]:
    yield _pg_trigger(CUSTOMERS, "insert", [_pg_created()])
    yield _pg_trigger(CUSTOMERS, "update", [_pg_changed(TRACKED, "o.id", "''")])
    gone = f"DELETE FROM {HISTORY} h USING old_rows o WHERE h.customer_id = o.id"
    yield _pg_trigger(CUSTOMERS, "delete", [gone])
    yield _pg_trigger(ADDRESSES, "insert", [UNLESS_ADDING, _pg_one_sided(OF_ADDRESSES, "new")])
    yield _pg_trigger(ADDRESSES, "update", [_pg_changed(OF_ADDRESSES, "o.customer_id", "o.kind || '.'")])
    yield _pg_trigger(ADDRESSES, "delete", [_pg_one_sided(OF_ADDRESSES, "old")])
    yield _pg_trigger(CUSTOMER_TAGS, "insert", [UNLESS_ADDING, _pg_tagged("new")])
    yield _pg_trigger(CUSTOMER_TAGS, "update", [_pg_tagged("old"), _pg_tagged("new")])
    yield _pg_trigger(CUSTOMER_TAGS, "delete", [_pg_tagged("old")])


def _pg_trigger(table: str, event: str, statements: list[str]) -> Trigger:
    tables = {"insert": "NEW TABLE AS new_rows", "delete": "OLD TABLE AS old_rows"}
    seen = tables.get(event, "OLD TABLE AS old_rows NEW TABLE AS new_rows")
    body = ";\n".join([*statements, "RETURN NULL;"])
    rows = f"REFERENCING {seen} FOR EACH STATEMENT"
    return Trigger(f"{table}_history_{event}", table, f"AFTER {event}", body, rows)


def _pg_created() -> str:
    return f"""{WHO} {INTO}
        SELECT n.id, now(), who.kind, who.actor, who.source, 'created', '', n.origin, true FROM new_rows n, who"""


def _pg_changed(fields: list[models.Field], customer: str, prefix: str) -> str:
    pairs = ", ".join(_pg_pair(field, f"o.{field.column}", f"n.{field.column}") for field in fields)
    return f"""{WHO} {INTO}
        SELECT {customer}, now(), who.kind, who.actor, who.source, {prefix} || c.field, c.old, c.new,
               who.kind <> 'shopper'
        FROM who, old_rows o JOIN new_rows n ON n.id = o.id
        CROSS JOIN LATERAL (VALUES {pairs}) AS c(field, old, new)
        WHERE c.old IS DISTINCT FROM c.new"""


def _pg_one_sided(fields: list[models.Field], side: str) -> str:
    old, new = ("''", "c.value") if side == "new" else ("c.value", "''")
    pairs = ", ".join(f"('{field.column}', r.{field.column}::text)" for field in fields)
    return f"""{WHO} {INTO}
        SELECT r.customer_id, now(), who.kind, who.actor, who.source, r.kind || '.' || c.field, {old}, {new},
               who.kind <> 'shopper'
        FROM who, {side}_rows r CROSS JOIN LATERAL (VALUES {pairs}) AS c(field, value)
        WHERE c.value <> ''"""


def _pg_tagged(side: str) -> str:
    """A tag by its name; one that moves to another customer, or becomes another, is taken off here and put on there."""
    old, new = ("''", "t.name") if side == "new" else ("t.name", "''")
    return f"""{WHO} {INTO}
        SELECT r.customer_id, now(), who.kind, who.actor, who.source, 'tag', {old}, {new}, who.kind <> 'shopper'
        FROM who, {side}_rows r JOIN {TAGS} t ON t.id = r.tag_id"""


def _pg_pair(field: models.Field, old: str, new: str) -> str:
    return f"('{field.column}', coalesce({old}::text, ''), coalesce({new}::text, ''))"


# --- SQLite: row triggers


def _sqlite() -> Iterator[Trigger]:
    created = _sqlite_row("NEW.id", "'created'", "''", "NEW.origin", seen="1")
    yield _sqlite_trigger(CUSTOMERS, "insert", [created])
    yield _sqlite_trigger(CUSTOMERS, "update", [_sqlite_changed(field, "NEW.id", "''") for field in TRACKED])
    yield _sqlite_trigger(CUSTOMERS, "delete", [f"DELETE FROM {HISTORY} WHERE customer_id = OLD.id"])
    of = {"customer": "NEW.customer_id", "prefix": "NEW.kind || '.'"}
    yield _sqlite_trigger(ADDRESSES, "update", [_sqlite_changed(field, **of) for field in OF_ADDRESSES])
    for event, side in (("insert", "NEW"), ("delete", "OLD")):
        yield _sqlite_trigger(ADDRESSES, event, [_sqlite_one_sided(field, side) for field in OF_ADDRESSES])
        yield _sqlite_trigger(CUSTOMER_TAGS, event, [_sqlite_tagged(side)])
    yield _sqlite_trigger(CUSTOMER_TAGS, "update", [_sqlite_tagged("OLD"), _sqlite_tagged("NEW")])


def _sqlite_trigger(table: str, event: str, statements: list[str]) -> Trigger:
    body = "".join(f"{statement};\n" for statement in statements)
    # What belongs to new records is silent while they are added; asked once a row, not once a field.
    may_be_silent = event == "insert" and table != CUSTOMERS
    rows = f"WHEN NOT EXISTS (SELECT 1 FROM {CONTEXT} WHERE id = 2)" if may_be_silent else ""
    return Trigger(f"{table}_history_{event}", table, f"AFTER {event}", body, rows)


def _sqlite_changed(field: models.Field, customer: str, prefix: str) -> str:
    old, new = (_sqlite_text(field, side) for side in ("OLD", "NEW"))
    row = _sqlite_row(customer, f"{prefix} || '{field.column}'", old, new)
    return f"{row} WHERE OLD.{field.column} IS NOT NEW.{field.column}"


def _sqlite_one_sided(field: models.Field, side: str) -> str:
    value = f"{side}.{field.column}"
    old, new = ("''", value) if side == "NEW" else (value, "''")
    row = _sqlite_row(f"{side}.customer_id", f"{side}.kind || '.{field.column}'", old, new)
    return f"{row} WHERE {value} <> '' AND {_sqlite_has_customer(side)}"


def _sqlite_tagged(side: str) -> str:
    name = f"(SELECT name FROM {TAGS} WHERE id = {side}.tag_id)"
    old, new = ("''", name) if side == "NEW" else (name, "''")
    row = _sqlite_row(f"{side}.customer_id", "'tag'", old, new)
    return f"{row} WHERE {_sqlite_has_customer(side)} AND {name} IS NOT NULL"


def _sqlite_has_customer(side: str) -> str:
    # What outlives its customer for a moment, while a table is emptied, has no history to go to.
    return f"EXISTS (SELECT 1 FROM {CUSTOMERS} WHERE id = {side}.customer_id)"


def _sqlite_row(customer: str, field: str, old: str, new: str, *, seen: str = "") -> str:
    return f"""{INTO}
        SELECT {customer}, strftime('%Y-%m-%d %H:%M:%f', 'now'), coalesce(nullif(w.actor_kind, ''), 'shell'),
               w.actor_id, coalesce(w.source, ''), {field}, {old}, {new},
               {seen or "coalesce(w.actor_kind, '') <> 'shopper'"}
        FROM (SELECT 1) LEFT JOIN {CONTEXT} w ON w.id = 1"""


def _sqlite_text(field: models.Field, side: str) -> str:
    value = f"{side}.{field.column}"
    if isinstance(field, models.BooleanField):
        return f"CASE WHEN {value} THEN 'true' ELSE 'false' END"
    return f"coalesce({value}, '')"


# On PostgreSQL they stay while `migrate` runs: what the shop writes meanwhile is history too.
TRIGGERS = Triggers(_triggers, speaks_of=[HISTORY, TAGS], dropped_before_migrate=False)
