"""Money: rounded here and nowhere else. Prices include VAT, so VAT is taken out of them, line by line."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
Part = tuple[Decimal, "Amounts"]  # the rate in per cent, and the amounts at that rate


def rounded(amount: Decimal) -> Decimal:
    """An amount to the cent, half a cent away from zero, as people and tax offices round."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def shared(total: Decimal, weights: list[Decimal]) -> list[Decimal]:
    """Share a sum out to the cent in proportion to `weights`, by largest remainder; ties go to the earlier one."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [share.quantize(CENT, rounding=ROUND_FLOOR) for share in exact]
    left = int((total - sum(parts)) / CENT)
    for position in sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))[:left]:
        parts[position] += CENT
    return parts


@dataclass(frozen=True)
class Amounts:
    """Net, VAT and gross of one thing; net and VAT always make gross, to the cent."""

    net: Decimal = ZERO
    vat: Decimal = ZERO
    gross: Decimal = ZERO

    @classmethod
    def of_gross(cls, gross: Decimal, rate: Decimal) -> "Amounts":
        """Take VAT of `rate` per cent out of a gross amount."""
        gross = rounded(gross)
        vat = rounded(gross * rate / (100 + rate))
        return cls(net=gross - vat, vat=vat, gross=gross)

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.net + other.net, self.vat + other.vat, self.gross + other.gross)


def line_amounts(unit_gross: Decimal, quantity: int, rate: Decimal) -> Amounts:
    """What `quantity` pieces cost; rounded once for the line, not for each piece."""
    return Amounts.of_gross(unit_gross * quantity, rate)


def total_of(parts: Iterable[Part]) -> Amounts:
    """The sum of all parts: what is rounded once is only added up from there on."""
    return sum((amounts for _rate, amounts in parts), Amounts())


def by_rate(parts: Iterable[Part]) -> list[Part]:
    """The sums by VAT rate, highest rate first; nothing for a rate at which nothing was sold."""
    sums: dict[Decimal, Amounts] = {}
    for rate, amounts in parts:
        sums[rate] = sums.get(rate, Amounts()) + amounts
    return [(rate, sums[rate]) for rate in sorted(sums, reverse=True) if sums[rate] != Amounts()]
