"""The rows of a text, one by one.

Lines are counted as a spreadsheet counts its rows: the header is 1, and a cell with a line break in it does not
make two. A quotation mark that is opened and never closed costs its own row, not all that follow it.
"""

import csv
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple, TextIO

from django.utils.translation import gettext as _

# The most that one row may hold, and the most lines that one cell may: beyond it, a quotation mark was left open.
LONGEST_ROW, MOST_LINES = 131_072, 500
# What a program that took each line for one cell wrote behind it.
OTHER_PROGRAMS = ";,\t|"
# What DOS programs write behind the last line.
END_OF_FILE = "\x1a"


class Row(NamedTuple):
    """One row: where it stands, its cells, and why it could not be read, if so."""

    line: int
    cells: list[str]
    problem: str = ""


def rows_of(file: TextIO, delimiter: str, width: int = 0) -> Iterator[Row]:
    """Every row that is not blank, of `width` cells where that is known: missing ones at its end are empty."""
    lines, number = _Lines(file), 0
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin_row()
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_TooMuch, csv.Error):
            yield _unreadable(lines, number, delimiter)
            continue
        if lines.ended_in_a_cell:
            yield _unreadable(lines, number, delimiter)
        elif any(map(str.strip, cells)):
            yield Row(number, cells if len(cells) == width else _of_width(cells, delimiter, width))


def _of_width(cells: list[str], delimiter: str, width: int) -> list[str]:
    """A row that was quoted as a whole is taken apart; blank cells at the end come and go as the header needs them."""
    if width != 1 and delimiter in cells[0] and not any(cells[1:]):
        whole = cells[0].rstrip(OTHER_PROGRAMS.replace(delimiter, ""))
        cells = next(csv.reader(whole.splitlines(keepends=True), delimiter=delimiter))
    while len(cells) > width > 0 and not cells[-1].strip():
        cells.pop()
    return cells + [""] * (width - len(cells))


def _unreadable(lines: "_Lines", number: int, delimiter: str) -> Row:
    """The first line of a row that has no end; the others wait to be read as rows of their own."""
    first = lines.give_up()
    problem = _("A quotation mark is not closed.")
    if len(first) >= LONGEST_ROW:
        problem = _("The row is longer than %(most)s characters.") % {"most": LONGEST_ROW}
    return Row(number, first[:1000].rstrip("\r\n").split(delimiter), problem)


class _TooMuch(Exception):
    """A row goes on for longer than any row does."""


class _Lines:
    """The lines of a file, remembered while a row is put together from them."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.waiting, self.taken, self.size = file, deque(), [], 0
        self.ended_in_a_cell = False

    def begin_row(self) -> None:
        self.taken.clear()
        self.size = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.waiting.popleft() if self.waiting else self.file.readline(LONGEST_ROW)
        if not line:
            self.ended_in_a_cell = bool(self.taken)
            raise StopIteration
        if line[-1] == END_OF_FILE:
            line = line.rstrip(END_OF_FILE) or "\n"
        self.taken.append(line)
        self.size += len(line)
        if self.size >= LONGEST_ROW or len(self.taken) > MOST_LINES:
            raise _TooMuch
        return line

    def give_up(self) -> str:
        """The first line of the row; those after it are read again."""
        first, *others = self.taken
        self.waiting.extendleft(reversed(others))
        self.ended_in_a_cell = False
        if len(first) >= LONGEST_ROW:
            self._skip_to_the_end_of_the_line()
        return first

    def _skip_to_the_end_of_the_line(self) -> None:
        while (piece := self.file.readline(LONGEST_ROW)) and not piece.endswith(("\n", "\r")):
            pass
