"""A file as rows of cells: its encoding, separator and header found out, its rows read one by one."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.importing.encodings import UnknownEncoding, encoding_name, is_utf_16, look_through
from customers.importing.lines import Row, rows_of
from customers.importing.titles import recognise as recognise_customers
from customers.importing.titles import system_of

__all__ = ["NoKeyColumn", "Row", "Source", "Unreadable", "examine"]
DELIMITERS = ",;\t|"
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# What the first entries of a workbook's archive are called: Excel's, LibreOffice's and Numbers'.
IN_WORKBOOKS = (b"[Content_Types].xml", b"xl/", b"docProps/", b"opendocument", b"Index/", b"Index.zip")
# Pictures and documents that may begin without a zero byte.
BINARIES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"%PDF-", b"\x1f\x8b", b"{\\rtf")
# Of texts that are no tables of rows: pages that shops call .xls, dumps of databases, what is made for programs.
OTHER_TEXTS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype|<\?xml|<html|<table|<meta|<head|\[?\s*\{\s*\""
    rb"|insert into|create table|drop table|--\s+(?:phpmyadmin|mysql|mariadb|postgresql))",
    re.IGNORECASE,
)
# The first line of files that are to open in columns in Excel, which does not show it.
SEPARATOR_LINE = re.compile(r'\ufeff?"?sep=(\\t|[^\w"\r\n])?"?[,;\t| ]*[\r\n]*', re.IGNORECASE)
AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
EMAIL = re.compile(r"[^\s@;,<>]+@[^\s@;,<>]+\.[^\s@;,<>]+")
# How many rows are looked at to see which column holds the addresses.
SAMPLE = 50


class Unreadable(Exception):
    """Why nothing of a file can be imported, in words for who brought it."""


class NoKeyColumn(Unreadable):
    """No column is known that tells whose rows they are; `source` has all, for somebody to say which it is."""

    def __init__(self, source: "Source", key: "Key") -> None:
        super().__init__(str(key.missing))
        self.source = source


class Key(NamedTuple):
    """The field that tells whose a row is, and what is said of a file without it."""

    name: str
    missing: str | Promise


EMAIL_ADDRESS = Key(
    "email", gettext_lazy("No column with email addresses was found. It is needed to identify customers.")
)


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
        return encoding_name(self.encoding)

    named_by: Callable[[list[str]], str] = system_of

    @property
    def system(self) -> str:
        """The system whose export it is; empty where that is not known."""
        return self.named_by(self.header)

    @property
    def ignored(self) -> list[str]:
        """The columns that go nowhere."""
        return [title for title, name in zip(self.header, self.fields, strict=True) if title and not name]

    def rows(self) -> Iterator[Row]:
        """Every row below the header, one at a time: blank ones left out, short ones filled up.

        Files that were put together from several have the header once more further down.
        """
        with _opened(self.path, self.encoding) as file:
            _separator_line(file)
            rows = rows_of(file, self.delimiter, len(self.header))
            header = next(rows, Row(1, [])).cells
            for row in rows:
                is_header = row.cells == header
                yield row._replace(problem=_("This row repeats the column names.")) if is_header else row


def examine(
    path: Path | str,
    *,
    encoding: str = "",
    delimiter: str = "",
    fields: list[str] | None = None,
    recognise: Callable[[list[str]], list[str]] = recognise_customers,
    key: Key = EMAIL_ADDRESS,
) -> Source:
    """Find out how a file is to be read; `fields` says where its columns go, when the header does not.

    Unreadable, with the reason, where there is nothing that can be imported.
    """
    path = Path(path)
    try:
        _must_be_text(path)
        look = look_through(path, encoding)
        if not look.fingerprint:
            raise Unreadable(_("The file is empty."))
        delimiter, header = _header(path, look.encoding, delimiter, recognise)
    except OSError as error:
        raise Unreadable(_("The file could not be read: %(why)s.") % {"why": error.strerror}) from error
    except UnknownEncoding as error:
        raise Unreadable(_("Unknown encoding: %(name)s.") % {"name": encoding}) from error
    except UnicodeError as error:
        raise Unreadable(_("The file is not encoded in %(encoding)s.") % {"encoding": encoding}) from error
    source = Source(path, look.encoding, delimiter, header, look.lines, look.fingerprint, fields or recognise(header))
    if len(source.fields) != len(header):
        raise Unreadable(_("The columns of the file do not match the chosen columns."))
    if not fields and key is EMAIL_ADDRESS and key.name not in source.fields:
        _find_emails(source)
    if key.name not in source.fields:
        raise NoKeyColumn(source, key)
    return source


def _must_be_text(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(4096)
    is_archive = start.startswith(ZIP)
    if start.startswith(OLD_EXCEL) or (is_archive and any(name in start for name in IN_WORKBOOKS)):
        raise Unreadable(_("This is a spreadsheet workbook. Save it as CSV and upload the CSV file."))
    if is_archive:
        raise Unreadable(_("This is a ZIP archive. Unpack it and upload the CSV file in it."))
    if start.startswith(BINARIES) or (start.count(0) * 10 > len(start) and not is_utf_16(start)):
        raise Unreadable(_("This is not a text file. Upload a CSV file."))
    if OTHER_TEXTS.match(start):
        words = _(
            "This is a web page, XML, JSON or SQL, not CSV. Export it as CSV, or save it as CSV in a spreadsheet."
        )
        raise Unreadable(words)


def _opened(path: Path, encoding: str) -> TextIO:
    """The file as text; what cannot be decoded becomes U+FFFD, and its cell is refused when it is checked."""
    return path.open(encoding=encoding, errors="replace", newline="")


def _separator_line(file: TextIO) -> str | None:
    """Step over a line `sep=;`: the separator that it names, or none where there is no such line."""
    found = SEPARATOR_LINE.fullmatch(file.readline(100))
    if found is None:
        file.seek(0)
        return None
    return (found[1] or "").replace("\\t", "\t")


def _header(path: Path, encoding: str, wanted: str, recognise: Callable) -> tuple[str, list[str]]:
    """The separator under which the most columns are known, and the titles that it parts."""
    with _opened(path, encoding) as file:
        named = _separator_line(file)
    firsts = {one: _first_row(path, encoding, one) for one in dict.fromkeys(wanted or f"{named or ''}{DELIMITERS}")}
    titles = {one: list(map(_bare_title, row.cells)) for one, row in firsts.items() if not row.problem}
    if not titles:
        why = next(iter(firsts.values())).problem
        raise Unreadable(_("The first row, with the column names, cannot be read. %(why)s") % {"why": why})
    if named and len(titles.get(named, ())) > 1:
        return named, titles[named]
    return max(titles.items(), key=lambda item: (sum(map(bool, recognise(item[1]))), len(item[1])))


def _first_row(path: Path, encoding: str, delimiter: str) -> Row:
    with _opened(path, encoding) as file:
        _separator_line(file)
        return next(rows_of(file, delimiter), Row(1, []))


def _bare_title(cell: str) -> str:
    cell = cell.strip().removeprefix("\ufeff").replace("\0", "")
    return found[1].strip() if (found := AS_TEXT.fullmatch(cell)) else cell


def _find_emails(source: Source) -> None:
    """Where no title is known for it: the one column that holds nothing but addresses."""
    columns: list[set[str]] = [set() for _title in source.header]
    for row in islice(source.rows(), SAMPLE):
        for cells, cell in zip(columns, map(str.strip, row.cells), strict=False):
            cells.update([cell] if cell else ())
    found = [place for place, cells in enumerate(columns) if cells and all(map(EMAIL.fullmatch, cells))]
    if len(found) == 1:
        source.fields = [*source.fields[: found[0]], "email", *source.fields[found[0] + 1 :]]
