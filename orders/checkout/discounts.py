"""What a merchant takes off the price of an order: on a line, on the whole order, or both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from orders.checkout.quote import QuoteLine
from orders.checkout.totals import ZERO, rounded, shared


@dataclass(frozen=True)
class Discount:
    """An amount (VAT included), or a percentage."""

    amount: Decimal = ZERO
    percent: Decimal = ZERO

    def of(self, price: Decimal) -> Decimal:
        """How much is taken off a price, never more than all of it."""
        return min(self.amount + rounded(price * self.percent / 100), price)


@dataclass(frozen=True)
class Discounts:
    """Discounts on lines, by the id of the product, and one on what the lines then come to."""

    on_lines: Mapping[int, Discount] = field(default_factory=dict)
    on_order: Discount = Discount()

    def taken_off(self, lines: Sequence[QuoteLine]) -> tuple[QuoteLine, ...]:
        """The lines with their own discounts, and each its share of that on the order."""
        own = [replace(line, discount=self._own(line)) for line in lines]
        prices = [line.price for line in own]
        shares = shared(self.on_order.of(sum(prices, ZERO)), prices)
        return tuple(
            replace(line, discount=line.discount + share, order_discount=share)
            for line, share in zip(own, shares, strict=True)
        )

    def _own(self, line: QuoteLine) -> Decimal:
        return self.on_lines.get(line.product.pk, Discount()).of(line.price)


NO_DISCOUNTS = Discounts()
