"""Money: rounded here and nowhere else.

The VAT of a rate is taken out of the sum at that rate and shared out over its lines: rounded line by line, it would
miss the sum by a cent for many orders.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from orders.models.vat_category import VatCategory
from orders.vat.treatment import LineVat

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def rounded(amount: Decimal) -> Decimal:
    """An amount to the cent, half a cent away from zero, as people and tax offices round."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def shared(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Share a sum out to the cent in proportion to `weights`, by largest remainder; ties go to the earlier one.

    All shares are zero where the weights add up to zero.
    """
    whole = sum(weights)
    if not whole:
        return [ZERO for _weight in weights]
    exact = [total * weight / whole for weight in weights]
    parts = [share.quantize(CENT, rounding=ROUND_FLOOR) for share in exact]
    left = int((total - sum(parts)) / CENT)
    for position in sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))[:left]:
        parts[position] += CENT
    return parts


def vat_in(gross: Decimal, rate: Decimal) -> Decimal:
    """The VAT of `rate` per cent that an amount contains."""
    return rounded(gross * rate / (100 + rate))


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
        vat = vat_in(gross, rate)
        return cls(net=gross - vat, vat=vat, gross=gross)

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.net + other.net, self.vat + other.vat, self.gross + other.gross)


class Part(NamedTuple):
    """What was sold under one treatment, or one line of it."""

    category: VatCategory
    country: str
    rate: Decimal
    amounts: Amounts


def taxed(prices: Sequence[tuple[Decimal, LineVat]]) -> list[Amounts]:
    """The amounts of each line, from what it costs as the shop shows it and how it is taxed.

    Where no VAT is charged, the shopper pays what is left when the VAT in the price is taken out.
    """
    found: list[Amounts] = [Amounts()] * len(prices)
    for vat in {vat for _price, vat in prices}:
        places = [place for place, (_price, other) in enumerate(prices) if other == vat]
        weights = [rounded(prices[place][0]) for place in places]
        taken_out = shared(vat_in(sum(weights, ZERO), vat.rate_in_price), weights)
        for place, gross, tax in zip(places, weights, taken_out, strict=True):
            net = gross - tax
            found[place] = Amounts(net, tax, gross) if vat.is_charged else Amounts(net, ZERO, net)
    return found


def discount_under(vat: LineVat, discount: Decimal) -> Decimal:
    """A discount on a shown price, as the shopper gets it: less the VAT in it, where none is charged."""
    return discount if vat.is_charged else discount - vat_in(discount, vat.rate_in_price)


def total_of(parts: Iterable[Amounts]) -> Amounts:
    """The sum of all parts: what is rounded once is only added up from there on."""
    return sum(parts, Amounts())


def by_rate(parts: Iterable[Part]) -> list[Part]:
    """The sums by treatment, highest rate first; nothing for one under which nothing was sold."""
    sums: dict[tuple[VatCategory, str, Decimal], Amounts] = {}
    for category, country, rate, amounts in parts:
        treatment = category, country, rate
        sums[treatment] = sums.get(treatment, Amounts()) + amounts
    listed = sorted(sums, key=lambda treatment: (-treatment[2], treatment[0], treatment[1]))
    return [Part(*treatment, sums[treatment]) for treatment in listed if sums[treatment] != Amounts()]
