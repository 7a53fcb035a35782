"""The triggers that copy what orders are sorted by to their lines and tags.

The orders of one product, or of one tag, are then read in the sort from an index that begins with it. Without the
copies each of them is looked up before it can be sorted: some ten milliseconds for two thousand. The database keeps
the copies because lines are written in many ways (at the checkout, by edits, by import), and none can forget it.
"""

from collections.abc import Iterator

from orders.models import Order, OrderLine, OrderTag
from shopadmin.triggers import Trigger, Triggers

ORDERS = Order._meta.db_table
# Each column of the order, and what it is called below.
COPIES = {"placed_at": "order_placed_at", "total": "order_total"}
BELOW = (OrderLine._meta.db_table, OrderTag._meta.db_table)


def _triggers(vendor: str) -> Iterator[Trigger]:
    return _postgresql() if vendor == "postgresql" else _sqlite()


def _postgresql() -> Iterator[Trigger]:
    columns = ", ".join(COPIES)
    into = ", ".join(f"NEW.{copy}" for copy in COPIES.values())
    copy = f"SELECT {columns} INTO {into} FROM {ORDERS} WHERE id = NEW.order_id; RETURN NEW;"
    written = ", ".join(("order_id", *COPIES.values()))
    for table in BELOW:
        yield Trigger(f"{table}_sort", table, f"BEFORE INSERT OR UPDATE OF {written}", copy, "FOR EACH ROW")
    send = " ".join(f"{_send(table)};" for table in BELOW)
    differs = f"FOR EACH ROW WHEN ({_differs('IS DISTINCT FROM')})"
    yield Trigger(f"{ORDERS}_sort", ORDERS, f"AFTER UPDATE OF {columns}", f"{send} RETURN NULL;", differs)


def _sqlite() -> Iterator[Trigger]:
    written = ", ".join(("order_id", *COPIES.values()))
    for table in BELOW:
        copied = ", ".join(_copied(column, copy) for column, copy in COPIES.items())
        copy = f"UPDATE {table} SET {copied} WHERE id = NEW.id;"
        yield Trigger(f"{table}_sort_insert", table, "AFTER INSERT", copy)
        yield Trigger(f"{table}_sort_update", table, f"AFTER UPDATE OF {written}", copy)
    send = " ".join(f"{_send(table)};" for table in BELOW)
    yield Trigger(f"{ORDERS}_sort", ORDERS, f"AFTER UPDATE OF {', '.join(COPIES)}", send, f"WHEN {_differs('IS NOT')}")


def _copied(column: str, copy: str) -> str:
    return f"{copy} = (SELECT {column} FROM {ORDERS} WHERE id = NEW.order_id)"


def _send(table: str) -> str:
    values = ", ".join(f"{copy} = NEW.{column}" for column, copy in COPIES.items())
    return f"UPDATE {table} SET {values} WHERE order_id = NEW.id"


def _differs(operator: str) -> str:
    return " OR ".join(f"OLD.{column} {operator} NEW.{column}" for column in COPIES)


TRIGGERS = Triggers(_triggers, speaks_of=[ORDERS], dropped_before_migrate=False)
