"""What the checking of any file has in common: rows of the right length, and cells that come again and again."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from customers.importing.batch import Batch
from customers.importing.reading import Row

MEMORY = 20_000


def rows_of_the_right_length(rows: list[Row], header: list[str], *, email_title: str = "") -> Batch:
    """A batch of the rows that have a cell for each column; the others are its rejects."""
    width, batch, problems = len(header), Batch(rows, {}, email_title=email_title), {}
    for place, row in enumerate(rows):
        if row.problem:
            problems[place] = [(_column_at(_open_quote(row.cells), header), row.problem)]
        elif len(row.cells) != width:
            words = {"count": len(row.cells), "columns": width}
            reason = _("The row has %(count)s cells, but the header has %(columns)s.") % words
            problems[place] = [(_column_at(min(len(row.cells), width), header), reason)]
    batch.leave_out(problems)
    return batch


def _column_at(place: int, header: list[str]) -> str:
    """The title of a column, or its letter where it has none, as a spreadsheet names it."""
    return (header[place] if place < len(header) else "") or _letter(place)


def _letter(place: int) -> str:
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _open_quote(cells: list[str]) -> int:
    """The first cell whose quotation marks do not come in pairs."""
    return next((place for place, cell in enumerate(cells) if cell.count('"') % 2), 0)


class Memory(dict):
    """What was worked out for a cell before; forgets all when it grows too large."""

    def __init__(self, clean: Callable) -> None:
        super().__init__({"": None})
        self.clean = clean

    def __missing__(self, cell):
        if len(self) > MEMORY:
            self.clear()
            self[""] = None
        self[cell] = value = self.clean(cell)
        return value
