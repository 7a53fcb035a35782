"""A CSV file taken in through the command, as somebody at a terminal would."""

import csv
import io
from pathlib import Path

from django.core.management import call_command

from customers.models import Customer, CustomerImport


def take_in(
    folder: Path, content: str | bytes, *options: str, name: str = "customers.csv", stderr: io.StringIO | None = None
) -> str:
    """Write a file, import it, and return what the command said at the end."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    said = io.StringIO()
    call_command("import_customers", str(path), *options, stdout=said, stderr=stderr or io.StringIO())
    return said.getvalue().strip()


def the_only_one(folder: Path, content: str | bytes) -> Customer:
    """Import a file of one row; whom it made. Nobody is refused, and nothing is left out."""
    take_in(folder, content)
    assert (refused(folder), left_out(folder)) == ([], [])
    return Customer.objects.shoppers().get()


def refused(folder: Path, name: str = "customers.csv", what: str = "rejects") -> list[tuple[int, str, str]]:
    """Line, column and reason of each refused row."""
    path = folder / f"{name}.{what}.csv"
    if not path.exists():
        return []
    job = CustomerImport.objects.latest("id")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=job.delimiter))
    return [(int(line), column, reason) for line, column, reason, *_cells in rows[1:]]


def left_out(folder: Path, name: str = "customers.csv") -> list[tuple[int, str, str]]:
    """Line, column and reason of each row of which cells were left out."""
    return refused(folder, name, "warnings")


def state() -> list[tuple]:
    """All that an import can have written, to be compared with what it was."""
    from customers.models import Address, Consent, CustomerTag, HistoryEntry

    columns = [field.name for field in Customer._meta.concrete_fields if field.name not in {"id", "search_text"}]
    return [
        sorted(map(str, Customer.objects.values_list(*columns))),
        sorted(map(str, Address.objects.values_list("customer__email", "kind", *Address.FIELDS))),
        sorted(map(str, CustomerTag.objects.values_list("customer__email", "tag__name"))),
        sorted(map(str, Consent.objects.values_list("customer__email", "given", "source"))),
        sorted(map(str, HistoryEntry.objects.values_list("customer__email", "field", "old", "new"))),
    ]
