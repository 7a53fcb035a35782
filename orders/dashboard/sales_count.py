"""Counts the sums of `DailySales` from orders and customers: when `migrate` has run, in other days, or to check them.

Nothing is locked but this counting itself. Orders may come meanwhile: on PostgreSQL each step is one statement, which
sees an order together with the rows that its trigger added, or neither.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection, connections, transaction

from orders.checkout.totals import rounded
from orders.dashboard.sales_triggers import COLUMNS, READ, SALES, counted
from orders.models import DailySales
from shopadmin.connection_settings import as_long_as_it_takes
from shopadmin.models import StoreSettings


@dataclass(frozen=True)
class Difference:
    """A day on which too much (or, below zero, too little) is counted, by column."""

    day: date
    columns: dict[str, Decimal | int]


def count_after_migrate(using: str = "default", **kwargs) -> None:
    """Count what came while there were no triggers."""
    if SALES in connections[using].introspection.table_names():
        count_anew(using)


def keep_daily_sales() -> None:
    """Make one row of the rows of each day; where the shop has changed its time zone, count anew."""
    if DailySales.objects.exclude(time_zone=StoreSettings.current().time_zone).exists():
        count_anew()
    else:
        _fold()


def count_anew(using: str = "default") -> None:
    """Write all sums anew."""
    with _counting(using) as vendor:
        everything = f"""
            INSERT INTO {SALES} ({COLUMNS})
            SELECT day, time_zone, {_summed()} FROM ({_everything(vendor)}) counted GROUP BY day, time_zone"""
        if vendor == "postgresql":
            _execute(using, f"WITH gone AS (DELETE FROM {SALES}) {everything}")
        else:
            _execute(using, f"DELETE FROM {SALES}")
            _execute(using, everything)


def differences() -> Iterator[Difference]:
    """Every day whose sums are not those of its orders and customers."""
    names = ", ".join(DailySales.SUMS)
    taken = ", ".join(f"-{name}" for name in DailySales.SUMS)
    sql = f"""
        SELECT day, {_summed()} FROM (
            SELECT day, {names} FROM {SALES}
            UNION ALL SELECT day, {taken} FROM ({_everything(connection.vendor)}) counted) compared
        GROUP BY day HAVING {" OR ".join(f"ROUND(SUM({name}), 2) <> 0" for name in DailySales.SUMS)} ORDER BY day"""
    with as_long_as_it_takes(), connection.cursor() as cursor:
        cursor.execute(sql)
        for day, *sums in cursor.fetchall():
            columns = zip(DailySales.SUMS, sums, strict=True)
            off = {
                name: rounded(Decimal(str(value))) if name == "revenue" else int(value)
                for name, value in columns
                if value
            }
            yield Difference(date.fromisoformat(str(day)), off)


def _fold() -> None:
    crowded = f"day IN (SELECT day FROM {SALES} GROUP BY day HAVING COUNT(*) > 1)"
    with _counting("default") as vendor:
        if vendor == "postgresql":
            rows = f"WITH rows AS (DELETE FROM {SALES} WHERE {crowded} RETURNING *)"
            _execute("default", f"{rows} {_folded('rows')}")
        else:
            last = DailySales.objects.order_by("pk").values_list("pk", flat=True).last() or 0
            _execute("default", _folded(f"{SALES} WHERE {crowded}"))
            _execute("default", f"DELETE FROM {SALES} WHERE id <= {last} AND {crowded}")


def _folded(rows: str) -> str:
    return f"""
        INSERT INTO {SALES} ({COLUMNS})
        SELECT day, time_zone, {_summed()} FROM {rows} GROUP BY day, time_zone"""


def _summed() -> str:
    return ", ".join(f"ROUND(SUM({name}), 2)" for name in DailySales.SUMS)


def _everything(vendor: str) -> str:
    return " UNION ALL ".join(counted(table, table, vendor=vendor) for table in READ)


@contextmanager
def _counting(using: str) -> Iterator[str]:
    """A transaction in which nobody else counts or folds."""
    with transaction.atomic(using), as_long_as_it_takes(using):
        if connections[using].vendor == "postgresql":
            _execute(using, f"LOCK TABLE {SALES} IN SHARE UPDATE EXCLUSIVE MODE")
        yield connections[using].vendor


def _execute(using: str, sql: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(sql)
