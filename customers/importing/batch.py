from dataclasses import dataclass, field
from typing import NamedTuple

from customers.importing.reading import Row


class Reject(NamedTuple):
    """A row that is refused, or of which a cell is: where it stands, in which column and why, and what it holds."""

    line: int
    column: str
    reason: str
    cells: list[str]


@dataclass
class Batch:
    """Rows that are taken in, with their values by field (None: the file says nothing); rows that are refused.

    The warnings name cells of the rows taken in that are left out, each with its row.
    """

    rows: list[Row]
    values: dict[str, list]
    rejects: list[Reject] = field(default_factory=list)
    warnings: list[Reject] = field(default_factory=list)
    email_title: str = "email"

    def warn(self, place: int, column: str, reason: str) -> None:
        """Say that a cell of the row at this place is left out."""
        row = self.rows[place]
        self.warnings.append(Reject(row.line, column, reason, row.cells))

    def leave_out(self, problems: dict[int, list[tuple[str, str]]]) -> None:
        """Refuse the rows at these places, for (column, reason) each."""
        if not problems:
            return
        for place, found in sorted(problems.items()):
            columns, reasons = (" / ".join(dict.fromkeys(words)) for words in zip(*found, strict=True))
            row = self.rows[place]
            self.rejects.append(Reject(row.line, columns, reasons, row.cells))
        gone = {self.rows[place].line for place in problems}
        self.warnings = [warning for warning in self.warnings if warning.line not in gone]
        self.keep([place for place in range(len(self.rows)) if place not in problems])

    def keep(self, keep: list[int]) -> None:
        """Go on with the rows at these places."""
        self.rows = [self.rows[place] for place in keep]
        self.values = {name: [column[place] for place in keep] for name, column in self.values.items()}
