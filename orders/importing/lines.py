"""The lines of an order out of its rows, and what they come to together."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from orders.checkout.totals import ZERO, rounded
from orders.importing.amounts import MOST


class CannotAddUp(Exception):
    """Why nobody can tell what an order came to."""


@dataclass
class ImportedLine:
    """One line of an order; `gross` is None where the file gives no price for it."""

    name: str
    sku: str
    quantity: int
    gross: Decimal | None
    unit: Decimal | None
    rate: Decimal
    shipped: str


def add_up(rows: list[dict], *, is_repeated: bool, has_lines: bool) -> tuple[Decimal, list[ImportedLine]]:
    """The total of an order and its lines; CannotAddUp where the rows can be read in two ways, or come to too much."""
    total, lines = _added_up(rows, is_repeated=is_repeated, has_lines=has_lines)
    if max(total, sum(line.gross or ZERO for line in lines)) > MOST:
        raise CannotAddUp(_("The amount can be at most %(most)s.") % {"most": MOST})
    return total, lines


def _added_up(rows: list[dict], *, is_repeated: bool, has_lines: bool) -> tuple[Decimal, list[ImportedLine]]:
    lines, totals = [_line(row) for row in rows], [row["total"] for row in rows if row["total"] is not None]
    if len(rows) == 1:
        return totals[0], lines
    has_prices = any(line.gross is not None for line in lines)
    if is_repeated and not has_prices:
        return totals[0], lines[:1]
    if has_prices:
        return _of_priced(totals, lines), lines
    if len(totals) == 1:
        return totals[0], lines
    if not has_lines or len(set(totals)) == 1:
        raise CannotAddUp(_two_ways())
    for line, row in zip(lines, rows, strict=True):
        line.gross = row["total"]
    return sum(totals), lines


def _of_priced(totals: list[Decimal], lines: list[ImportedLine]) -> Decimal:
    """The total that every row repeats, or the sum of theirs where that is what the lines come to."""
    together = sum(line.gross or ZERO for line in lines)
    if len(set(totals)) == 1 and not (len(totals) > 1 and together == sum(totals)):
        return totals[0]
    if together == sum(totals):
        return together
    raise CannotAddUp(_two_ways())


def _two_ways() -> str:
    return _(
        "The totals in these rows could be for the order or for each row. Add a column with the price of "
        "each line, or enter the total in the first row only."
    )


def _line(row: dict) -> ImportedLine:
    quantity, unit, total = row.get("quantity"), row.get("unit_price"), row.get("line_total")
    if total is None and unit is not None:
        total = rounded(unit * (quantity or 1))
    return ImportedLine(
        name=row.get("item") or row.get("sku") or "",
        sku=row.get("sku") or "",
        quantity=quantity or 1,
        gross=total,
        unit=unit,
        rate=row.get("vat_rate") or ZERO,
        shipped=row["line_shipped"].shipping if row.get("line_shipped") else "",
    )
