"""A CSV file of past orders taken in through the command, as somebody at a terminal would."""

import csv
import io
from decimal import Decimal
from pathlib import Path

from django.core.management import call_command

from orders.models import Order, OrderImport

HEADER = "number,email,placed_at,total"


def take_in(folder: Path, content: str | bytes, *options: str) -> str:
    """Write a file, import it, and return what the command said at the end."""
    path, said = folder / "orders.csv", io.StringIO()
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    call_command("import_orders", str(path), *options, stdout=said, stderr=io.StringIO())
    return said.getvalue().strip()


def take_in_rows(folder: Path, *rows: str, more: str = "", sep: str = ",") -> str:
    """Import rows below the four columns that are needed, and more of them."""
    header = HEADER.replace(",", sep) + (f"{sep}{more}" if more else "")
    return take_in(folder, "\n".join([header, *rows, ""]))


def refused(folder: Path) -> list[tuple[str, str, str]]:
    """Line, column and reason of each refused row."""
    return _rows(folder / "orders.csv.rejects.csv")


def left_out(folder: Path) -> list[tuple[str, str, str]]:
    """Line, column and reason of each row of which a cell was left out."""
    return _rows(folder / "orders.csv.warnings.csv")


def _rows(path: Path) -> list[tuple[str, str, str]]:
    if not path.exists():
        return []
    delimiter = OrderImport.objects.latest("id").delimiter
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [tuple(row[:3]) for row in list(csv.reader(file, delimiter=delimiter))[1:]]


def totals() -> dict[str, Decimal]:
    """What each order came to, by its number."""
    return dict(Order.objects.values_list("number", "total"))
