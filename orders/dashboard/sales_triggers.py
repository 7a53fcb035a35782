"""The triggers that keep the sums of `DailySales`, and the SQL that counts.

The database keeps them because orders and customers are written in many ways (one by one, by import, by merge, by
erasure), and none of them can forget it. A trigger only adds rows: eight shoppers who order at once wait for nobody.
"""

from collections.abc import Iterator

from customers.models import Customer
from orders.models import DailySales, Order
from shopadmin.models import StoreSettings
from shopadmin.triggers import Trigger, Triggers

ORDERS, CUSTOMERS = Order._meta.db_table, Customer._meta.db_table
SALES = DailySales._meta.db_table
COLUMNS = "day, time_zone, revenue, orders, registered, guests"
# What is counted of a row; nothing happens where an update leaves all of it as it was.
READ = {
    ORDERS: ("placed_at", "state", "total", "refunded", "paid"),
    CUSTOMERS: ("created_at", "is_shopper", "registered_at"),
}
SHOP = f"""(SELECT COALESCE(MAX(time_zone), '{StoreSettings._meta.get_field("time_zone").default}') AS time_zone
        FROM {StoreSettings._meta.db_table}) shop"""
OVER = ", ".join(f"'{state.value}'" for state in Order.OVER)


def counted(table: str, rows: str, *, vendor: str, sign: str = "") -> str:
    """Compose SQL that sums rows of a table by day, in the columns of `DailySales`; `rows` names or selects them."""
    if vendor == "sqlite":
        # SQLite knows no time zones; Django gives each of its connections a function that does.
        day = f"django_datetime_cast_date(r.{READ[table][0]}, shop.time_zone, 'UTC')"
    else:
        day = f"(r.{READ[table][0]} AT TIME ZONE shop.time_zone)::date"
    if table == ORDERS:
        sums, condition = (f"ROUND(SUM({_spent('r', vendor)}), 2)", "COUNT(*)", "0", "0"), f"r.state NOT IN ({OVER})"
    else:
        sums = ("0", "0", "COUNT(r.registered_at)", "(COUNT(*) - COUNT(r.registered_at))")
        condition = "r.is_shopper"
    named = ", ".join(f"{sign}{sum} AS {name}" for sum, name in zip(sums, DailySales.SUMS, strict=True))
    return f"""
        SELECT {day} AS day, shop.time_zone AS time_zone, {named}
        FROM {rows} r, {SHOP} WHERE {condition} GROUP BY 1, 2"""


def _spent(row: str, vendor: str) -> str:
    """SPENT of `orders/customer_hooks/totals.py`, of a row by its name."""
    return f"{'MAX' if vendor == 'sqlite' else 'GREATEST'}({row}.total - {row}.refunded, {row}.paid)"


def _changes(table: str, vendor: str, new: str, old: str) -> tuple[str, str]:
    """What is added to the sums for new rows, and for those that were."""
    into = f"INSERT INTO {SALES} ({COLUMNS})"
    return f"{into} {counted(table, new, vendor=vendor)}", f"{into} {counted(table, old, vendor=vendor, sign='-')}"


def _triggers(vendor: str) -> Iterator[Trigger]:
    return _postgresql() if vendor == "postgresql" else _sqlite()


def _postgresql() -> Iterator[Trigger]:
    """Rows that come or go a statement at a time; changes row by row, since most of them change no sum."""
    for table in READ:
        came, went = _changes(table, "postgresql", "new_rows", "old_rows")
        new, old = _changes(table, "postgresql", "(SELECT NEW.*)", "(SELECT OLD.*)")
        yield _pg_trigger(table, "insert", [came], "REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT")
        yield _pg_trigger(table, "update", [old, new], f"FOR EACH ROW WHEN {_differs(table, 'postgresql')}")
        yield _pg_trigger(table, "delete", [went], "REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT")


def _pg_trigger(table: str, event: str, statements: list[str], rows: str) -> Trigger:
    return Trigger(f"{table}_sales_{event}", table, f"AFTER {event}", f"{'; '.join(statements)}; RETURN NULL;", rows)


def _sqlite() -> Iterator[Trigger]:
    for table in READ:
        new, old = _changes(table, "sqlite", _sqlite_row(table, "NEW"), _sqlite_row(table, "OLD"))
        yield Trigger(f"{table}_sales_insert", table, "AFTER INSERT", f"{new};")
        differs = f"WHEN {_differs(table, 'sqlite')}"
        yield Trigger(f"{table}_sales_update", table, "AFTER UPDATE", f"{old}; {new};", differs)
        yield Trigger(f"{table}_sales_delete", table, "AFTER DELETE", f"{old};")


def _sqlite_row(table: str, side: str) -> str:
    return f"(SELECT {', '.join(f'{side}.{column} AS {column}' for column in READ[table])})"


def _differs(table: str, vendor: str) -> str:
    """Whether an update changes what is counted of a row: a payment, for one, does not."""
    old, new = (", ".join(_facts(table, side, vendor)) for side in ("OLD", "NEW"))
    return f"(({old}) {'IS NOT' if vendor == 'sqlite' else 'IS DISTINCT FROM'} ({new}))"


def _facts(table: str, row: str, vendor: str) -> Iterator[str]:
    if table == ORDERS:
        return iter((f"{row}.placed_at", f"{row}.state IN ({OVER})", _spent(row, vendor)))
    return (f"{row}.{column}" for column in READ[table])


TRIGGERS = Triggers(_triggers, speaks_of=[SALES, StoreSettings._meta.db_table])
