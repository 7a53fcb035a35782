"""Rows of cells → values by field, and what is wrong with those that are refused.

A batch is checked column by column, with what was worked out for a cell remembered: countries, cities and dates
come again and again, and ten thousand rows cost a fraction of ten thousand times one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from customers import business_numbers
from customers.formulas import undo_defusing
from customers.importing import values
from customers.importing.reading import Row, Source
from customers.importing.values import Refusal
from customers.models import Address, Customer

MEMORY = 20_000
CHOSEN = {
    "email": values.email,
    "language": values.language,
    "gender": values.gender,
    "birth_date": values.birth_date,
    "marketing_consent": values.yes_or_no,
    "ship_elsewhere": values.yes_or_no,
    "customer_type": values.customer_type,
    "access": values.access,
    "created_at": values.created_at,
    "tags": values.tags,
    **{f"{kind}_country": values.country for kind in Address.Kind},
}
BY_COUNTRY = {
    "phone": values.phone,
    "mobile": values.phone,
    **{f"{kind}_postcode": values.postcode for kind in Address.Kind},
    **{name: values.number(name) for name in business_numbers.FIELDS},
}
# Cells that are hardly ever the same twice are not worth remembering.
ALL_DIFFERENT = frozenset({"email", "birth_date", *BY_COUNTRY})


class Reject(NamedTuple):
    """A row that is refused: where it stands, in which column and why, and what it holds."""

    line: int
    column: str
    reason: str
    cells: list[str]


@dataclass
class Batch:
    """Rows that are right, with their values by field (None: the file says nothing), and rows that are refused."""

    rows: list[Row]
    values: dict[str, list]
    rejects: list[Reject] = field(default_factory=list)
    email_title: str = "email"

    def leave_out(self, problems: dict[int, list[tuple[str, str]]]) -> None:
        """Refuse the rows at these places, for (column, reason) each."""
        if not problems:
            return
        for place, found in sorted(problems.items()):
            columns, reasons = (" / ".join(dict.fromkeys(words)) for words in zip(*found, strict=True))
            row = self.rows[place]
            self.rejects.append(Reject(row.line, columns, reasons, row.cells))
        keep = [place for place in range(len(self.rows)) if place not in problems]
        self.rows = [self.rows[place] for place in keep]
        self.values = {name: [column[place] for place in keep] for name, column in self.values.items()}


class Checker:
    """What checks the rows of one file; `home` is the shop's country."""

    def __init__(self, source: Source, *, home: str) -> None:
        self.source, self.home = source, home
        self.places: dict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(source.fields):
            if name:
                self.places[name].append(place)
        self.memories: dict[str, dict] = {name: _Memory(clean) for name, clean in self._cleaners()}

    def _cleaners(self) -> Iterator[tuple[str, Callable]]:
        for name in self.places:
            if name in ALL_DIFFERENT:
                continue
            if name in BY_COUNTRY:
                yield name, lambda pair, clean=BY_COUNTRY[name]: clean(*pair)
            elif name in CHOSEN:
                yield name, CHOSEN[name]

    def title(self, name: str) -> str:
        """What the file calls the column of a field."""
        return self.source.header[self.places[name][0]]

    def check(self, rows: list[Row]) -> Batch:
        """Values of the rows that are right, and rejects of the others."""
        batch = self._rows_of_the_right_length(rows)
        cells = self._columns(batch.rows)
        problems: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for name in sorted(cells, key=lambda name: name in BY_COUNTRY):
            batch.values[name] = self._values(name, cells[name], batch.values)
            self._note_refusals(name, batch.values[name], problems)
        _note_missing_emails(self.title("email"), cells["email"], problems)
        batch.leave_out(problems)
        self._see_as_a_whole(batch.values)
        batch.rejects.sort()
        return batch

    def _rows_of_the_right_length(self, rows: list[Row]) -> Batch:
        width, batch, problems = len(self.source.header), Batch(rows, {}, email_title=self.title("email")), {}
        for place, row in enumerate(rows):
            while len(row.cells) > width and not row.cells[-1].strip():
                row.cells.pop()
            if row.problem:
                problems[place] = [(self._column_at(_open_quote(row.cells)), row.problem)]
            elif len(row.cells) != width:
                words = {"count": len(row.cells), "columns": width}
                reason = _("The row has %(count)s cells, the header %(columns)s.") % words
                problems[place] = [(self._column_at(min(len(row.cells), width)), reason)]
        batch.leave_out(problems)
        return batch

    def _column_at(self, place: int) -> str:
        """The title of a column, or its letter where it has none, as a spreadsheet names it."""
        titles = self.source.header
        return (titles[place] if place < len(titles) else "") or _letter(place)

    def _columns(self, rows: list[Row]) -> dict[str, list[str]]:
        """The cells of each field; where two columns go to one field, the first that holds something."""
        by_place = list(zip(*(row.cells for row in rows), strict=True)) or [()] * len(self.source.header)
        cells = {}
        for name, places in self.places.items():
            columns = [_bare(by_place[place]) for place in places]
            cells[name] = columns[0] if len(columns) == 1 else _first_of(columns)
        return cells

    def _values(self, name: str, cells: list[str], known: dict[str, list]) -> list:
        damaged = _damaged(cells)
        if damaged:
            cells = ["" if place in damaged else cell for place, cell in enumerate(cells)]
        found = self._clean(name, cells, known)
        for place, reason in damaged.items():
            found[place] = Refusal(reason)
        return found

    def _clean(self, name: str, cells: list[str], known: dict[str, list]) -> list:
        if name in BY_COUNTRY:
            return self._by_country(name, cells, known)
        if name in self.memories:
            return list(map(self.memories[name].__getitem__, cells))
        if name in CHOSEN:
            return [CHOSEN[name](cell) if cell else None for cell in cells]
        return self._texts(name, cells)

    def _by_country(self, name: str, cells: list[str], known: dict[str, list]) -> list:
        kind = "shipping" if name.startswith("shipping") else "billing"
        countries = known.get(f"{kind}_country") or [None] * len(cells)
        pairs = ((cell, of if isinstance(of, str) else self.home) for cell, of in zip(cells, countries, strict=True))
        if name in self.memories:
            return [self.memories[name][pair] if pair[0] else None for pair in pairs]
        clean = BY_COUNTRY[name]
        return [clean(*pair) if pair[0] else None for pair in pairs]

    def _texts(self, name: str, cells: list[str]) -> list:
        clean, most = self._text_of(name)
        together = "".join(cells)
        if max(map(len, cells), default=0) <= most and "\n" not in together and "\r" not in together:
            return [cell or None for cell in cells]
        return [clean(cell) if cell else None for cell in cells]

    def _text_of(self, name: str) -> tuple[Callable, int]:
        if name == "last_name_prefix":
            most = 40
        else:
            kind, _underscore, field_name = name.partition("_")
            model, field_name = (Address, field_name) if kind in Address.Kind else (Customer, name)
            most = model._meta.get_field(field_name).max_length
        return values.text(most, self.source.delimiter, lines=name == "notes"), most

    def _note_refusals(self, name: str, found: list, problems: dict[int, list]) -> None:
        if Refusal not in set(map(type, found)):
            return
        for place, value in enumerate(found):
            if type(value) is Refusal:
                problems[place].append((self.title(name), value.reason))

    def _see_as_a_whole(self, columns: dict[str, list]) -> None:
        """What follows from several cells of a row together."""
        _join_last_names(columns)
        given = {kind: self._make_whole(kind, columns) for kind in Address.Kind}
        if given[Address.Kind.SHIPPING]:
            _tell_whether_to_ship_elsewhere(columns, given[Address.Kind.SHIPPING])

    def _make_whole(self, kind: str, columns: dict[str, list]) -> list[bool]:
        """An address that is given at all replaces what there was, so that two never mix; whether it is given."""
        names = [name for name in Address.FIELDS if f"{kind}_{name}" in columns]
        if not names:
            return []
        parts = [columns[f"{kind}_{name}"] for name in names if name != "country"]
        given = [any(row) for row in zip(*parts, strict=True)] if parts else [False] * len(columns["email"])
        for name in names:
            default = self.home if name == "country" else ""
            column = columns[f"{kind}_{name}"]
            columns[f"{kind}_{name}"] = [
                (value or default) if there else None for value, there in zip(column, given, strict=True)
            ]
        if "country" not in names:
            columns[f"{kind}_country"] = [self.home if there else None for there in given]
        return given


class _Memory(dict):
    """What was worked out for a cell before; forgets all when it grows too large."""

    def __init__(self, clean: Callable) -> None:
        super().__init__({"": None})
        self.clean = clean

    def __missing__(self, cell: object) -> object:
        if len(self) > MEMORY:
            self.clear()
            self[""] = None
        self[cell] = value = self.clean(cell)
        return value


def _letter(place: int) -> str:
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _open_quote(cells: list[str]) -> int:
    """The first cell whose quotation marks do not come in pairs."""
    return next((place for place, cell in enumerate(cells) if cell.count('"') % 2), 0)


def _first_of(columns: list[list[str]]) -> list[str]:
    return [next(filter(None, row), "") for row in zip(*columns, strict=True)]


def _bare(cells: tuple[str, ...]) -> list[str]:
    """Cells without blanks around them, and without what keeps a spreadsheet from running them."""
    bare = list(map(str.strip, cells))
    return [undo_defusing(cell) for cell in bare] if "'" in "".join(bare) else bare


def _damaged(cells: list[str]) -> dict[int, str]:
    """What is wrong with the letters of some of the cells, by their place."""
    together = "".join(cells)
    if "\0" not in together and "\ufffd" not in together:
        return {}
    nul, lost = _("It holds a NUL byte, which no text has."), _("It holds bytes that are no letters.")
    found = ((place, nul if "\0" in cell else lost if "\ufffd" in cell else "") for place, cell in enumerate(cells))
    return {place: reason for place, reason in found if reason}


def _note_missing_emails(title: str, cells: list[str], problems: dict[int, list]) -> None:
    if not all(cells):
        for place, cell in enumerate(cells):
            if not cell:
                problems[place].insert(0, (title, _("There is no e-mail address.")))


def _join_last_names(columns: dict[str, list]) -> None:
    prefixes = columns.pop("last_name_prefix", None)
    if prefixes and "last_name" in columns:
        names = zip(prefixes, columns["last_name"], strict=True)
        columns["last_name"] = [f"{before} {name}"[:100] if before and name else name for before, name in names]


def _tell_whether_to_ship_elsewhere(columns: dict[str, list], given: list[bool]) -> None:
    """Without a column for it: yes where a shipping address is given that is not the billing address again."""
    if "ship_elsewhere" in columns:
        return
    same = _is_billing_again(columns)
    columns["ship_elsewhere"] = [True if there and not twin else None for there, twin in zip(given, same, strict=True)]
    for name in Address.FIELDS:
        if f"shipping_{name}" in columns:
            column = columns[f"shipping_{name}"]
            columns[f"shipping_{name}"] = [None if twin else value for value, twin in zip(column, same, strict=True)]


def _is_billing_again(columns: dict[str, list]) -> list[bool]:
    names = [name for name in Address.FIELDS if f"billing_{name}" in columns and f"shipping_{name}" in columns]
    if not names:
        return [False] * len(columns["email"])
    billing, shipping = (
        zip(*(columns[f"{kind}_{name}"] for name in names), strict=True) for kind in ("billing", "shipping")
    )
    return [one == other for one, other in zip(billing, shipping, strict=True)]
