"""A CSV file of products taken in through the command, as somebody at a terminal would."""

import csv
import io
from pathlib import Path

from django.core.management import call_command

from orders.models import Product, ProductImport

FACTS = (
    "sku", "name", "summary", "description", "translations", "category__name", "price", "tax_class", "stock",
    "low_stock_at", "is_service", "withdrawal_excepted", "active",
)  # fmt: skip


def take_in(folder: Path, content: str | bytes, *options: str) -> str:
    """Write a file, import it, and return what the command said at the end."""
    path, said = folder / "products.csv", io.StringIO()
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    call_command("import_products", str(path), *options, stdout=said, stderr=io.StringIO())
    return said.getvalue().strip().replace(str(folder), "")


def refused(folder: Path) -> list[tuple[int, str, str]]:
    """Line, column and reason of each refused row."""
    return _rows(folder / "products.csv.rejects.csv")


def left_out(folder: Path) -> list[tuple[int, str, str]]:
    """Line, column and reason of each row of which a cell was left out."""
    return _rows(folder / "products.csv.warnings.csv")


def _rows(path: Path) -> list[tuple[int, str, str]]:
    if not path.exists():
        return []
    delimiter = ProductImport.objects.latest("id").delimiter
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=delimiter))[1:]
    return [(int(line), column, reason) for line, column, reason, *_cells in rows]


def state() -> list[tuple]:
    """All that an import can have written of products."""
    return [*Product.objects.order_by("sku").values_list(*FACTS, "slug", "search_text")]


def facts(**wanted: object) -> dict:
    """What the one product of a file holds, of the fields that are asked for."""
    [found] = Product.objects.values(*wanted)
    return found
