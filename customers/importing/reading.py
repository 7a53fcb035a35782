"""A file as rows of cells: its encoding, separator and header found out, its rows read one by one.

Lines are counted as a spreadsheet counts its rows: the header is 1, and a cell with a line break in it does not
make two. A quotation mark that is opened and never closed costs its own row, not all that follow it.
"""

import codecs
import csv
import hashlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TextIO

from django.utils.translation import gettext as _

from customers.importing.columns import recognise, system_of

DELIMITERS = ",;\t|"
CHUNK = 1024 * 1024
# The most that one row may hold, and the most lines that one cell may: beyond it, a quotation mark was left open.
LONGEST_ROW, MOST_LINES = 131_072, 500
BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}


class Unreadable(Exception):
    """Why nothing of a file can be imported, in words for who brought it."""


class NoEmailColumn(Unreadable):
    """No column is known as the e-mail address; `source` has them all, for somebody to say which it is."""

    def __init__(self, source: "Source") -> None:
        super().__init__(_("No column of the file is known as the e-mail address, which tells who a customer is."))
        self.source = source


class Row(NamedTuple):
    """One row: where it stands, its cells, and why it could not be read, if so."""

    line: int
    cells: list[str]
    problem: str = ""


@dataclass
class Source:
    """A file that can be read: what it is written in, its header, and the field that each column goes to."""

    path: Path
    encoding: str
    delimiter: str
    header: list[str]
    lines: int
    fingerprint: str
    fields: list[str] = field(default_factory=list)

    @property
    def encoding_name(self) -> str:
        return ENCODINGS.get(self.encoding, self.encoding)

    @property
    def system(self) -> str:
        """The system whose export it is; empty where that is not known."""
        return system_of(self.header)

    @property
    def ignored(self) -> list[str]:
        """The columns that go nowhere."""
        return [title for title, name in zip(self.header, self.fields, strict=True) if title and not name]

    def rows(self) -> Iterator[Row]:
        """Every row below the header, one at a time."""
        with _opened(self.path, self.encoding) as file:
            rows = _rows(file, self.delimiter)
            next(rows)
            yield from rows


def examine(path: Path | str, *, encoding: str = "", fields: list[str] | None = None) -> Source:
    """Find out how a file is to be read; `fields` says where its columns go, when the header does not.

    Unreadable, with the reason, where there is nothing that can be imported.
    """
    path = Path(path)
    try:
        lines, fingerprint, encoding = _look_through(path, _known(encoding))
        delimiter, header = _header(path, encoding)
    except OSError as error:
        raise Unreadable(_("The file cannot be read: %(why)s.") % {"why": error.strerror}) from error
    except UnicodeError as error:
        raise Unreadable(_("The file is not written in %(encoding)s.") % {"encoding": encoding}) from error
    fields = fields or recognise(header)
    if len(fields) != len(header):
        raise Unreadable(_("The file has other columns than those that were chosen."))
    source = Source(path, encoding, delimiter, header, lines, fingerprint, fields)
    if "email" not in fields:
        raise NoEmailColumn(source)
    return source


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name if encoding else ""
    except LookupError as error:
        raise Unreadable(_("There is no encoding called %(name)s.") % {"name": encoding}) from error


def _look_through(path: Path, encoding: str) -> tuple[int, str, str]:
    """The number of lines, the SHA-256 and the encoding of a file."""
    digest, lines, decoder, is_utf8 = hashlib.sha256(), 0, codecs.getincrementaldecoder("utf-8")(), True
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            lines += chunk.count(b"\n")
            is_utf8 = is_utf8 and _decodes(decoder, chunk)
    if not start:
        raise Unreadable(_("The file is empty."))
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if start.startswith(mark)), "")
    if not (encoding or marked or is_utf8):
        encoding = _which_is_nearer(path)
    return lines, digest.hexdigest(), encoding or marked or "utf-8"


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _which_is_nearer(path: Path) -> str:
    """UTF-8 with a few broken bytes, or Windows-1252: whichever more of the letters beyond ASCII speak for."""
    broken = others = 0
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        while chunk := file.read(CHUNK):
            broken += chunk.count("\ufffd")
            others += len(chunk) - len(chunk.encode("ascii", "ignore"))
    return "utf-8" if others >= 2 * broken else "cp1252"


def _opened(path: Path, encoding: str) -> TextIO:
    """The file as text; what cannot be decoded becomes U+FFFD, and its row is refused when it is checked."""
    return path.open(encoding=encoding, errors="replace", newline="")


def _header(path: Path, encoding: str) -> tuple[str, list[str]]:
    """The separator under which the most columns are known, and the titles that it parts."""
    best: tuple[int, int, str, list[str]] = (-1, -1, "", [])
    for delimiter in DELIMITERS:
        with _opened(path, encoding) as file:
            first = next(_rows(file, delimiter), Row(1, []))
        titles = [title.strip() for title in first.cells]
        best = max(best, (sum(map(bool, recognise(titles))), len(titles), delimiter, titles), key=lambda one: one[:2])
    return best[2], best[3]


def _rows(file: TextIO, delimiter: str) -> Iterator[Row]:
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
        elif cells:
            yield Row(number, cells)


def _unreadable(lines: "_Lines", number: int, delimiter: str) -> Row:
    """The first line of a row that has no end; the others wait to be read as rows of their own."""
    first = lines.give_up()
    problem = _("A quotation mark is opened and never closed.")
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
