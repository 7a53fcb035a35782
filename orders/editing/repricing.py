"""What an order costs after an edit.

Lines that stay keep their price, and their VAT rate as long as address and buyer make it the same kind of sale.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple, Self

from orders.checkout.discounts import Discount
from orders.checkout.totals import ZERO, Amounts, discount_under, rounded, shared, taxed, total_of
from orders.models import Order, OrderLine, Product, TaxClass, VatCategory
from orders.vat.treatment import LineVat, Sale


class Sales(NamedTuple):
    """The sale that an order is, and the one it would be."""

    before: Sale
    after: Sale

    def treat(self, tax_class: str, as_ordered: LineVat, *, is_service: bool, was_service: bool) -> LineVat:
        """How something that was ordered is taxed from now on: as it was, unless the edit makes it another case."""
        was = self.before.vat_on(tax_class, is_service=was_service)
        will_be = self.after.vat_on(tax_class, is_service=is_service)
        return as_ordered if was == will_be else will_be

    def as_ordered(self, row: OrderLine | Order, tax_class: str, prefix: str = "") -> LineVat:
        """How a line or delivery was taxed; orders from before countries were kept bore the VAT of the shop's."""
        names = (f"{prefix}{name}" for name in ("vat_category", "vat_country", "vat_rate"))
        category, country, rate = (getattr(row, name) for name in names)
        country = country or (self.before.rates.home if rate else "")
        vat = LineVat(VatCategory(category), country, rate, rate)
        return vat if vat.is_charged else vat._replace(rate_in_price=self.before.rates.at_home(tax_class))


@dataclass(frozen=True)
class Priced:
    """A number of pieces on an edited order, at the price that the shop shows.

    `line` is the order's line that they are on already; None for a product that is added. `full` is what they cost
    before their own discount and their `share` of the order's.
    """

    product: Product | None
    line: OrderLine | None
    quantity: int
    unit_price: Decimal
    full: Decimal
    own_discount: Decimal
    share: Decimal
    vat: LineVat
    is_as_ordered: bool = False

    @classmethod
    def of_line(cls, line: OrderLine, quantity: int, sales: Sales, own: Discount | None = None) -> Self:
        """Keep what one piece cost, and as much discount on each where no other is given."""
        tax_class = line.product.tax_class if line.product else sales.before.rates.class_at(line.vat_rate)
        tax_class = tax_class or TaxClass.STANDARD
        as_ordered = sales.as_ordered(line, tax_class)
        vat = sales.treat(tax_class, as_ordered, is_service=line.is_service, was_service=line.is_service)
        full, discount, share = (
            _of_pieces(amount, quantity, line.quantity, as_ordered)
            for amount in (line.gross + line.discount, line.discount, line.order_discount)
        )
        # Never more than the whole: while a new release takes over, the one before changes that alone.
        share = min(share, discount)
        own_discount = own.of(full) if own else discount - share
        unit_price = line.unit_gross if as_ordered.is_charged else rounded(full / quantity)
        is_as_ordered = quantity == line.quantity and vat == as_ordered and own is None
        share = min(share, full - own_discount)
        return cls(line.product, line, quantity, unit_price, full, own_discount, share, vat, is_as_ordered)

    @classmethod
    def of_product(cls, product: Product, quantity: int, sale: Sale, own: Discount) -> Self:
        """Take today's price and rate."""
        vat = sale.vat_on(product.tax_class, is_service=product.is_service)
        full = rounded(product.price * quantity)
        return cls(product, None, quantity, product.price, full, own.of(full), ZERO, vat)

    def name_in(self, language: str) -> str:
        """What it is called on the order."""
        if self.line or self.product is None:
            return self.line.name if self.line else ""
        return self.product.in_language("name", language)

    @property
    def before_share(self) -> Decimal:
        """What they cost before the discount on the order."""
        return self.full - self.own_discount

    @property
    def discount(self) -> Decimal:
        return self.own_discount + self.share

    @property
    def price(self) -> Decimal:
        return self.full - self.discount

    @property
    def taken_off(self) -> tuple[Decimal, Decimal]:
        """What the shopper saves by the line's own discount, and by its share of the order's."""
        if self.line and self.is_as_ordered:
            return self.line.discount - self.line.order_discount, self.line.order_discount
        share = discount_under(self.vat, self.share)
        return discount_under(self.vat, self.discount) - share, share

    @property
    def is_service(self) -> bool:
        return self.line.is_service if self.line else self.product is not None and self.product.is_service


def share_out(discount: Discount, lines: Sequence[Priced]) -> list[Priced]:
    """Share a discount on the order out over its lines, instead of the one that there was."""
    prices = [line.before_share for line in lines]
    shares = shared(discount.of(sum(prices, ZERO)), prices)
    return [
        replace(line, share=share, is_as_ordered=line.is_as_ordered and share == line.share)
        for line, share in zip(lines, shares, strict=True)
    ]


@dataclass(frozen=True)
class PricedDelivery:
    """How an edited order is delivered, at the price that the shop shows."""

    method_id: int | None
    name: str
    is_pickup: bool
    price: Decimal
    vat: LineVat
    is_as_ordered: bool

    @classmethod
    def as_ordered(cls, order: Order, sales: Sales, *, is_service: bool) -> Self:
        """Keep the delivery of an order. Of which class it was nobody knows, so it is taken for the standard one."""
        as_ordered = sales.as_ordered(order, TaxClass.STANDARD, "delivery_")
        was_service = order.is_of_services
        vat = sales.treat(TaxClass.STANDARD, as_ordered, is_service=is_service, was_service=was_service)
        price = _of_pieces(order.delivery_gross, 1, 1, as_ordered)
        named = (order.delivery_method_id, order.delivery_name, order.is_pickup)
        return cls(*named, price, vat, is_as_ordered=vat == as_ordered)

    @classmethod
    def none(cls, sales: Sales) -> Self:
        """Deliver nothing."""
        vat = sales.after.vat_on(TaxClass.STANDARD, is_service=True)
        return cls(None, "", False, ZERO, vat, is_as_ordered=False)


@dataclass(frozen=True)
class Sums:
    """What lines and delivery of an edited order come to, the lines in their order."""

    lines: list[Amounts]
    delivery: Amounts

    @property
    def items(self) -> Amounts:
        return total_of(self.lines)

    @property
    def total(self) -> Amounts:
        return self.items + self.delivery


def sums_of(order: Order, lines: list[Priced], delivery: PricedDelivery, *, removed: bool) -> Sums:
    """Tax everything together; where nothing changes that has a price, everything is left as it was rounded."""
    if not removed and delivery.is_as_ordered and all(line.is_as_ordered for line in lines):
        return _as_they_stand(order, lines)
    prices = [*((line.price, line.vat) for line in lines), (delivery.price, delivery.vat)]
    *of_lines, of_delivery = taxed(prices)
    return Sums(of_lines, of_delivery)


def _as_they_stand(order: Order, lines: Iterable[Priced]) -> Sums:
    rows = [line.line for line in lines if line.line]
    delivery = Amounts(order.delivery_net, order.delivery_vat, order.delivery_gross)
    return Sums([Amounts(row.net, row.vat, row.gross) for row in rows], delivery)


def _of_pieces(amount: Decimal, quantity: int, of: int, vat: LineVat) -> Decimal:
    """The part of an amount for `of` pieces that falls on `quantity` of them.

    As the shop shows prices: the VAT is added that was not charged.
    """
    if vat.is_charged:
        return rounded(amount * quantity / of)
    return rounded(amount * (100 + vat.rate_in_price) / (100 * of)) * quantity
