"""The file of refused rows: where, why, and the row itself, to be put right and imported again."""

import csv
import os
from pathlib import Path

from customers.exporting.formulas import defuse
from customers.importing.batch import Reject
from shopadmin.storage.private_files import close_to_others, opener

TITLES = ("line", "column", "reason")


class RejectsFile:
    """Rejects behind each other in a CSV file, of as many lines as the database says are done, and no more."""

    def __init__(self, path: Path, *, header: list[str], delimiter: str) -> None:
        self.path, self.header, self.delimiter = path, header, delimiter
        self.good_until = 0

    def go_on_after(self, line: int) -> None:
        """Keep what was refused up to a line: a killed import may have written more than it could commit."""
        kept = self._rows_up_to(line) if line and self.path.exists() else []
        self.path.unlink(missing_ok=True)
        self.good_until = 0
        if kept:
            self._write(kept)
            self.confirm()

    def write(self, rejects: list[Reject]) -> None:
        """Write the rejects of a batch, in the place of what an attempt that failed has written."""
        if rejects:
            self._write([[str(one.line), one.column, one.reason, *one.cells] for one in rejects])

    def confirm(self) -> None:
        """What is written counts from now on."""
        self.good_until = self.path.stat().st_size if self.path.exists() else 0

    def _write(self, rows: list[list[str]]) -> None:
        close_to_others(self.path)
        with open(self.path, "a", encoding="utf-8", newline="", opener=opener) as file:
            file.truncate(self.good_until)
            writer = csv.writer(file, delimiter=self.delimiter)
            if not self.good_until:
                # For Excel, which takes a file without it for Windows-1252.
                file.write("\ufeff")
                writer.writerow([*TITLES, *map(defuse, self.header)])
            writer.writerows(row[:3] + [defuse(cell) for cell in row[3:]] for row in rows)
            file.flush()
            os.fsync(file.fileno())

    def _rows_up_to(self, line: int) -> list[list[str]]:
        """The rejects of lines that are done; one that was cut off in the middle is not."""
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file, delimiter=self.delimiter) if len(row) >= len(TITLES)]
        return [row for row in rows[1:] if row[0].isdecimal() and int(row[0]) <= line]
