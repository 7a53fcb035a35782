"""A file of orders as an import goes through it (customers/importing/run.py), a batch at a time."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from customers.importing.doubles import repeated
from customers.importing.reading import Row, Source, Unreadable
from customers.importing.reading import examine as examine_file
from orders.importing.checking import OrderBatch, OrderChecker
from orders.importing.columns import NEEDED, recognise, system_of
from orders.importing.hints import columns_in_another_currency
from orders.importing.writing import write
from orders.models import OrderImport

# Rows: on SQLite there is one writer, and others wait for it.
BATCH = {"postgresql": 2_000, "sqlite": 200}


class OrderIntake:
    """How a file of orders is read, checked and written."""

    command = "import_orders"

    def __init__(self, order_import: OrderImport, source: Source) -> None:
        self.job, self.checker = order_import, OrderChecker(source, apart=_numbers_apart(source))

    @staticmethod
    def examine(order_import: OrderImport, path: Path) -> Source:
        """The file and where its columns go; Unreadable where there is nothing that can be imported."""
        return examine(
            path,
            encoding=order_import.encoding,
            delimiter=order_import.delimiter,
            fields=order_import.columns or None,
        )

    def batches(self, rows: Iterator[Row]) -> Iterator[list[Row]]:
        """The rows in parts that are committed together, with all rows of an order in one."""
        batch, number = [], ""
        for row in rows:
            of_row = self.checker.number_of(row)
            is_next = of_row and of_row != number
            if len(batch) >= BATCH[connection.vendor] and is_next:
                yield batch
                batch = []
            batch.append(row)
            number = of_row or number
        if batch:
            yield batch

    def check(self, rows: list[Row]) -> OrderBatch:
        """The orders in the rows, and which rows are refused."""
        return self.checker.check(rows)

    def write(self, batch: OrderBatch, *, erased: frozenset[str]) -> Counter:
        """Write a batch in the caller's transaction; how many orders are new, and how many were there."""
        return write(batch, erased=erased, dry_run=self.job.dry_run)


def examine(path: Path | str, **options) -> Source:
    """Find out how a file of orders is to be read; Unreadable where a column is missing that each order needs."""
    source = look_at(path, **options)
    if missing := [name for name in NEEDED if name not in source.fields]:
        words = _("Required columns are missing: %(names)s") % {"names": ", ".join(missing)}
        raise Unreadable(". ".join(filter(None, [words, columns_in_another_currency(source.ignored)])))
    return source


def look_at(path: Path | str, **options) -> Source:
    """The same whatever columns are missing; NoKeyColumn, with the file, where it is that of the email address."""
    source = examine_file(path, recognise=recognise, **options)
    source.named_by = system_of
    return source


def _numbers_apart(source: Source) -> frozenset[int]:
    """The prints of numbers whose rows do not stand one below the other: such an order would be taken in by halves."""
    too_many = _("The rows of an order are not next to each other. Sort the file by order number.")
    return repeated(_numbers_in_turn(source), too_many=too_many)


def _numbers_in_turn(source: Source) -> Iterator[str]:
    """The number of each row that begins an order."""
    checker, last = OrderChecker(source), ""
    for row in source.rows():
        number = checker.number_of(row)
        if number and number != last:
            yield number
            last = number
