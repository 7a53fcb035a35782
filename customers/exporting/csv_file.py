"""Customers as a CSV file, in the columns that an import reads: brought back in, it changes nothing.

On PostgreSQL the database writes the lines (`COPY`), on SQLite Python does, in batches that begin where the last
one ended: either way a million customers take no more memory than a thousand, and the header goes out at once.
Each batch is read whole before any of it goes out: while somebody reads slowly, no statement and no snapshot is open.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.db import connections
from django.db.models import FilteredRelation, Q, QuerySet

from customers.exporting.cells import cell, written
from customers.importing.columns import COLUMNS, FACTS
from customers.models import Address

# By name, as pages and the command offer them.
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
DECIMAL_COMMA = frozenset({"nl", "de"})
HEADER = [column.name for column in (*COLUMNS, *FACTS)]
NUMBER = HEADER.index("customer_number")
BYTE_ORDER_MARK = "\ufeff"  # without it, Excel takes the file for Windows-1252
BATCH, COPIED = 2_000, 20_000
LINES = 250  # of a piece, about 64 kB
Progress = Callable[[int], None]


def separator_of(language: str) -> str:
    """What parts columns where a language is spoken: by it, a spreadsheet there opens a file in columns."""
    return ";" if language[:2] in DECIMAL_COMMA else ","


def export(
    customers: QuerySet, *, separator: str = ",", bom: bool = True, on_progress: Progress | None = None
) -> Iterator[bytes]:
    """The file, piece by piece, by customer number; `on_progress` is told how many customers are written."""
    yield lines([HEADER], separator, before=BYTE_ORDER_MARK if bom else "")
    pieces = _by_copy if connections[customers.db].vendor == "postgresql" else _by_batches
    done = 0
    for rows, piece in pieces(customers.order_by("pk"), separator):
        yield piece
        done += rows
        if on_progress:
            on_progress(done)


def _table(customers: QuerySet, separator: str) -> QuerySet:
    """The cells of each customer, in the order of the header; each kind of address is joined on its own."""
    joins = {kind.value: FilteredRelation("addresses", condition=Q(addresses__kind=kind)) for kind in Address.Kind}
    return customers.order_by("pk").annotate(**joins).values_list(*(cell(name, separator) for name in HEADER))


def _by_copy(customers: QuerySet, separator: str) -> Iterator[tuple[int, bytes]]:
    """How many lines, and the lines, as PostgreSQL writes them."""
    last = 0
    # Told where a batch ends, PostgreSQL reads its addresses alone; by LIMIT it reads everybody's each time.
    while ids := list(customers.filter(pk__gt=last).values_list("pk", flat=True)[:COPIED]):
        yield from _copied(_table(customers.filter(pk__gt=last, pk__lte=ids[-1]), separator), separator)
        last = ids[-1]


def _copied(table: QuerySet, separator: str) -> list[tuple[int, bytes]]:
    select, params = table.query.get_compiler(table.db, elide_empty=False).as_sql()
    pieces = []
    with connections[table.db].cursor() as cursor:
        statement = cursor.mogrify(f"COPY ({select}) TO STDOUT (FORMAT csv, DELIMITER '{separator}')", params)
        with connections[table.db].wrap_database_errors, cursor.copy(statement) as copy:
            copied = iter(copy)
            while some := [line[:-1] for line in islice(copied, LINES)]:  # each ends in \n
                pieces.append((len(some), b"\r\n".join([*some, b""])))
    return pieces


def _by_batches(customers: QuerySet, separator: str) -> Iterator[tuple[int, bytes]]:
    table, last = _table(customers, separator), 0
    while rows := list(table.filter(pk__gt=last)[:BATCH]):
        yield len(rows), lines(([written(value, separator) for value in row] for row in rows), separator)
        last = rows[-1][NUMBER]


def lines(rows: Iterable[Iterable], separator: str, *, before: str = "") -> bytes:
    """Rows as a piece of a file."""
    text = io.StringIO()
    text.write(before)
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode()
