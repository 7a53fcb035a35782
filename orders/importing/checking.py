"""Rows of cells → orders with their lines, and what is wrong with those that are refused.

The rows of one number that stand one below the other are one order. What the whole order needs is in every row or in
the first; of what may be missing, a cell that cannot be read is left out with a warning, and the order comes in.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from customers.importing import values
from customers.importing.batch import Batch, Reject
from customers.importing.cells import Cells, damaged
from customers.importing.doubles import print_of
from customers.importing.full_names import name_of
from customers.importing.reading import Row, Source
from customers.importing.values import Refusal
from customers.models import PostalAddress
from orders.importing import cells, lines
from orders.importing.columns import LINE_NAMES, NEEDED, key_of
from orders.importing.lines import CannotAddUp, ImportedLine
from orders.importing.outcome import outcome_of
from orders.importing.states import Meaning
from shopadmin.models import StoreSettings

BY_COUNTRY = {"phone": values.phone, "mobile": values.phone, "billing_postcode": values.postcode,
              "shipping_postcode": values.postcode}  # fmt: skip
KINDS = ("billing", "shipping")
# What no two rows of one order may say otherwise.
SAME_IN_ALL = ("email", "placed_at", "currency", "state", "paid")
# Without them nothing of an order is right.
REFUSING = frozenset({*NEEDED, "currency"})
MOST_ROWS, MEMORY = 1_000, 20_000


@dataclass
class ImportedOrder:
    """One order as the rows of a file tell it."""

    rows: list[Row]
    values: dict
    lines: list[ImportedLine]

    def __getattr__(self, name: str):
        return self.values.get(name)


@dataclass
class OrderBatch(Batch):
    """Orders that are right, beside the rows that are refused and the cells that are left out."""

    orders: list[ImportedOrder] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)

    def refuse(self, rows: list[Row], name: str, reason: str, *, at: Row | None = None) -> None:
        """Refuse all rows of an order for what is wrong with one of them."""
        at = at or rows[0]
        gone = {row.line for row in rows}
        self.warnings = [warning for warning in self.warnings if warning.line not in gone]
        for row in rows:
            words = reason if row is at else _("Another row of this order was rejected.")
            self.rejects.append(Reject(row.line, self.titles.get(name, name), words, row.cells))

    def keep(self, is_kept: Callable[[ImportedOrder], bool]) -> None:
        """Go on with some of the orders."""
        self.orders = [order for order in self.orders if is_kept(order)]


class OrderChecker:
    """What checks the rows of one file; `apart` are prints of numbers whose rows do not stand together."""

    def __init__(self, source: Source, *, apart: frozenset[int] = frozenset()) -> None:
        self.source, self.apart = source, apart
        self.cells = Cells(source.header, source.fields)
        self.cells.nothing |= {name: cells.NOTHING[name] for name in self.places if name in cells.NOTHING}
        self.titles = {name: self.cells.title(name) or name for name in self.places}
        self.readers: dict[str, Callable] = cells.readers(source, self.places)
        self.memory, self.home = {}, str(StoreSettings.current().country)
        self.has_lines = bool(LINE_NAMES & self.places.keys())
        self.is_magento = {"purchasepoint", "purchasedate"} <= set(map(key_of, source.header))

    @property
    def places(self) -> dict[str, list[int]]:
        """Where the columns of each field stand."""
        return self.cells.places

    def number_of(self, row: Row) -> str:
        """What tells the rows of one order: its number, whatever its case; empty for a row that goes on with one."""
        place = self.places["number"][0]
        return cells.number_of(row.cells[place]).casefold() if place < len(row.cells) else ""

    def check(self, rows: list[Row]) -> OrderBatch:
        """The orders in rows of which none is half of one."""
        good = [row for row in rows if not self._fault_of(row)]
        batch = OrderBatch(good, {"email": []}, titles=self.titles)
        columns = self.cells.by_field(batch)
        of_rows = zip(*columns.values(), strict=True)
        self.said = {row.line: dict(zip(columns, said, strict=True)) for row, said in zip(good, of_rows, strict=True)}
        for number, group in self.groups(rows):
            self._check_group(number, group, batch)
        return batch

    def groups(self, rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
        """The rows of each order, where they stand one below the other."""
        number, group = "", []
        for row in rows:
            of_row = self.number_of(row)
            goes_on = group and (of_row == number if of_row else self._goes_on(row))
            if not goes_on and group:
                yield number, group
            number, group = (number, [*group, row]) if goes_on else (of_row, [row])
        if group:
            yield number, group

    def _goes_on(self, row: Row) -> bool:
        """Whether a row has a line alone: exports that write what an order has once leave it out below."""
        has_line = any(self._cell(row, name) for name in LINE_NAMES)
        return has_line and not any(self._cell(row, name) for name in NEEDED)

    def _check_group(self, number: str, rows: list[Row], batch: OrderBatch) -> None:
        for row in rows:
            if reason := self._fault_of(row):
                return batch.refuse(rows, self.source.header[0], reason, at=row)
        if self.apart and print_of(number) in self.apart:
            reason = _("The rows of this order are not next to each other. Sort the file by order number.")
            return batch.refuse(rows, "number", reason)
        if len(rows) > MOST_ROWS:
            return batch.refuse(rows, "number", _("An order can have at most %(most)s rows.") % {"most": MOST_ROWS})
        order = self._read(rows, batch)
        if order:
            batch.orders.append(order)
        return None

    def _fault_of(self, row: Row) -> str:
        if row.problem:
            return row.problem
        if len(row.cells) != len(self.source.header):
            words = {"count": len(row.cells), "columns": len(self.source.header)}
            return _("The row has %(count)s cells, but the header has %(columns)s.") % words
        return ""

    def _read(self, rows: list[Row], batch: OrderBatch) -> ImportedOrder | None:
        """The order of some rows; None where it is refused."""
        found = {name: self._value(rows[0], name) for name in self.places}
        problems = [(name, value.reason) for name, value in found.items() if _refuses(name, value)]
        problems += [(name, _("This is required.")) for name in NEEDED if found[name] is None]
        if found.get("state") == Meaning():
            problems.append(("state", _("This is a draft, not an order.")))
        if problems:
            names, reasons = zip(*problems, strict=True)
            titles = " / ".join(dict.fromkeys(self.titles[name] for name in names))
            batch.refuse(rows, titles, " / ".join(dict.fromkeys(reasons)))
            return None
        for row in rows[1:]:
            if other := next((name for name in SAME_IN_ALL if self._differs(row, name, found)), ""):
                batch.refuse(rows, other, _("The rows of this order have different values here."), at=row)
                return None
        return self._whole(rows, found, batch)

    def _whole(self, rows: list[Row], found: dict, batch: OrderBatch) -> ImportedOrder | None:
        by_row = [{name: self._value(row, name) for name in (*LINE_NAMES, "total", "vat_rate")} for row in rows]
        is_repeated = len(rows) > 1 and len({self._but_the_number(row) for row in rows}) == 1
        for row, line in zip(rows, by_row, strict=True):
            if isinstance(line["total"], Refusal):
                batch.refuse(rows, "total", line["total"].reason, at=row)
                return None
            if isinstance(line["quantity"], Refusal):
                line["unit_price"] = None  # times how many, nobody knows
        try:
            total, of_order = lines.add_up(
                [_readable(row) for row in by_row], is_repeated=is_repeated, has_lines=self.has_lines
            )
        except CannotAddUp as error:
            batch.refuse(rows, "total", str(error))
            return None
        if is_repeated and len(of_order) == 1:
            for row in rows[1:]:
                words = _("This row repeats the one above and is counted once.")
                batch.warnings.append(Reject(row.line, self.titles["number"], words, row.cells))
        outcome, doubts = outcome_of(
            _readable(found) | {"total": total}, line_states=[line.shipped for line in of_order if line.shipped]
        )
        self._warn(rows[0], {name: Refusal(reason) for name, reason in doubts if name in self.titles}, batch)
        addresses = {kind: self._address(kind, found, rows[0], batch) for kind in KINDS}
        self._warn(rows[0], found, batch)
        for row, line in zip(rows[1:], by_row[1:], strict=True):
            self._warn(row, line, batch)
        return ImportedOrder(
            rows, _with_names(_readable(found)) | addresses | {"total": total, "outcome": outcome}, of_order
        )

    def _address(self, kind: str, found: dict, row: Row, batch: OrderBatch) -> dict[str, str] | None:
        """An address as a whole, out of the values of an order; none where its country cannot be read."""
        fields = {name: found.pop(f"{kind}_{name}", None) for name in PostalAddress.FIELDS}
        if isinstance(country := fields["country"], Refusal):
            reason = _("Address skipped: %(reason)s") % {"reason": country.reason}
            batch.warnings.append(Reject(row.line, self.titles[f"{kind}_country"], reason, row.cells))
            return None
        self._warn(row, {f"{kind}_{name}": value for name, value in fields.items()}, batch)
        fields = {name: value or "" for name, value in _readable(fields).items()}
        is_given = any(value for name, value in fields.items() if name != "country")
        return fields | {"country": country or self.home} if is_given else None

    def _warn(self, row: Row, found: dict, batch: OrderBatch) -> None:
        for name, value in found.items():
            if isinstance(value, Refusal):
                reason = _("Cell skipped: %(reason)s") % {"reason": value.reason}
                batch.warnings.append(Reject(row.line, self.titles[name], reason, row.cells))

    def _value(self, row: Row, name: str):
        """What a cell says; None where it says nothing, a Refusal where it cannot be read."""
        cell = self._cell(row, name)
        if not cell:
            return None
        country = self._country_of(row, name) if name in BY_COUNTRY else ""
        key = (name, cell, country)
        if key not in self.memory:
            if len(self.memory) > MEMORY:
                self.memory.clear()
            self.memory[key] = self._read_cell(name, cell, country)
        return self.memory[key]

    def _read_cell(self, name: str, cell: str, country: str):
        if bad := damaged([cell]):
            return Refusal(bad[0])
        if name == "state" and self.is_magento and key_of(cell) in {"closed", "gesloten", "geschlossen"}:
            cell = "refunded"  # that is when Magento closes an order
        return BY_COUNTRY[name](cell, country) if country else self.readers[name](cell)

    def _country_of(self, row: Row, name: str) -> str:
        kind = "shipping" if name.startswith("shipping") else "billing"
        country = self._value(row, f"{kind}_country")
        return country if isinstance(country, str) else self.home

    def _cell(self, row: Row, name: str) -> str:
        return self.said.get(row.line, {}).get(name, "")

    def _differs(self, row: Row, name: str, found: dict) -> bool:
        return bool(self._cell(row, name)) and self._value(row, name) != found.get(name)

    def _but_the_number(self, row: Row) -> tuple[str, ...]:
        return tuple(cell.strip() for place, cell in enumerate(row.cells) if place not in self.places["number"])


def _refuses(name: str, value) -> bool:
    return name in REFUSING and isinstance(value, Refusal)


def _readable(found: dict) -> dict:
    return {name: None if isinstance(value, Refusal) else value for name, value in found.items()}


def _with_names(found: dict) -> dict:
    """First and last name, out of one cell where a file has them together."""
    if found.get("full_name") and not (found.get("first_name") or found.get("last_name")):
        name = name_of(found["full_name"])
        whole = {"first_name": name.first[:100], "last_name": name.last[:100]}
        return found | whole | {"company_name": found.get("company_name") or name.company[:150]}
    if found.get("last_name_prefix") and found.get("last_name"):
        return found | {"last_name": f"{found['last_name_prefix']} {found['last_name']}"[:100]}
    return found
