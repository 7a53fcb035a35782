"""Amounts as a locale writes them: `1.234,56`, `1,234.56`, `1 234,56`, `€ 12,50`, `12.5000`."""

import re
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from customers.importing.outcome import Refusal

CURRENCY = re.compile(r"(?:[A-Za-z]{3}|kr\.?|zł|Kč|Ft|[€$£¥₺₽])")
BLANKS = str.maketrans("", "", " \u00a0\u202f\u2009'’")
PLAIN = re.compile(r"[0-9]{0,12}(?:\.[0-9]+)?")


def amount(cell: str, decimal_mark: str = "") -> Decimal | Refusal:
    """The amount in two decimals; `decimal_mark` is the one of the column, where that is known.

    A mark before three digits leaves open whether they are thousands: it is refused unless the column tells.
    """
    sign, digits = _digits(cell)
    if not digits or not re.fullmatch(r"[0-9.,]+", digits):
        return Refusal(_("Please write an amount such as 148.50."))
    plain = _plain(digits, decimal_mark)
    if plain is None:
        return Refusal(_("This can be read in two ways. Please write an amount such as 1234.00 or 1.23."))
    if not PLAIN.fullmatch(plain):
        return Refusal(_("Please write an amount such as 148.50."))
    value = sign * Decimal(plain)
    rounded = value.quantize(Decimal("0.01"))
    return rounded if rounded == value else Refusal(_("An amount has two decimals at most."))


def decimal_mark_of(cells: Iterable[str]) -> str:
    """The decimal mark that the amounts of a column tell by themselves; empty where they do not, or disagree."""
    found = {_mark(_digits(cell)[1]) for cell in cells} - {""}
    return found.pop() if len(found) == 1 else ""


def _digits(cell: str) -> tuple[int, str]:
    """An amount's sign, and its digits and marks without blanks and currency."""
    bare = CURRENCY.sub("", cell.translate(BLANKS)).translate(BLANKS)
    bare = re.sub(r"[.,][-–—]{1,2}$", "", bare)
    negative = bare.startswith(("-", "−")) or bare.endswith("-") or (bare.startswith("(") and bare.endswith(")"))
    return (-1 if negative else 1), bare.strip("-−()+")


def _mark(digits: str) -> str:
    """The decimal mark of one amount; empty where it has none that is plain."""
    dot, comma = digits.rfind("."), digits.rfind(",")
    if dot >= 0 and comma >= 0:
        return "." if dot > comma else ","
    mark = "." if dot >= 0 else "," if comma >= 0 else ""
    if digits.count(mark) > 1 and mark:
        return "," if mark == "." else "."
    before_three_digits = len(digits) - digits.rfind(mark) == 4 and not digits.startswith(("0", mark))
    return "" if before_three_digits else mark


def _plain(digits: str, decimal_mark: str) -> str | None:
    """The amount with a dot and no thousands, or none where it can be read in two ways."""
    mark = _mark(digits) or decimal_mark
    if not mark:
        return digits if digits.isdecimal() else None
    other = "," if mark == "." else "."
    whole, _found, rest = digits.partition(mark)
    if other in whole and not re.fullmatch(rf"[0-9]{{1,3}}(?:\{other}[0-9]{{3}})+", whole):
        return digits
    return f"{whole.replace(other, '')}{'.' if rest else ''}{rest}"
