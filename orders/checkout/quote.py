"""What an order would come to: the same figures on every page of the checkout and when it is placed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from hashlib import sha256

from django.utils import translation

from orders.checkout.totals import ZERO, Amounts, Part, by_rate, discount_under, rounded, taxed, total_of
from orders.models import DeliveryMethod, Product
from orders.search.texts import has_goods_in
from orders.vat.treatment import LineVat, Sale
from shopadmin.pictures.picture import Picture


@dataclass(frozen=True)
class QuoteLine:
    """A number of pieces of one product, at today's price; `discount` (VAT included) is taken off that.

    `order_discount` is the part of it that is a share of the discount on the order.
    """

    product: Product
    quantity: int
    discount: Decimal = ZERO
    order_discount: Decimal = ZERO

    @property
    def price(self) -> Decimal:
        """What they cost as the shop shows it, VAT included."""
        return rounded(self.product.price * self.quantity) - self.discount


@dataclass(frozen=True)
class TaxedLine:
    """A number of pieces of one product, how they are taxed, and what they cost the shopper."""

    product: Product
    quantity: int
    vat: LineVat
    amounts: Amounts
    discount: Decimal = ZERO
    order_discount: Decimal = ZERO

    @property
    def name(self) -> str:
        return str(self.product)

    @property
    def shown_picture(self) -> Picture | None:
        return self.product.shown_picture

    @property
    def gross(self) -> Decimal:
        return self.amounts.gross

    @property
    def unit_gross(self) -> Decimal:
        """The price of one; without VAT to the nearest cent, since only the line is exact."""
        return self.product.price if self.vat.is_charged else rounded((self.gross + self.discount) / self.quantity)

    def for_order(self, language: str) -> dict:
        """What an order's line takes over, in the language of whoever ordered."""
        return {
            "product": self.product,
            "name": self.product.in_language("name", language),
            "sku": self.product.sku,
            "picture": self.product.picture,
            "quantity": self.quantity,
            "unit_gross": self.unit_gross,
            "discount": self.discount,
            "order_discount": self.order_discount,
            "vat_category": self.vat.category,
            "vat_country": self.vat.country,
            "vat_rate": self.vat.rate,
            "net": self.amounts.net,
            "vat": self.amounts.vat,
            "gross": self.amounts.gross,
            "withdrawal_excepted": self.product.withdrawal_excepted,
            "is_service": self.product.is_service,
        }


@dataclass(frozen=True)
class Quote:
    """Lines and a way of delivery, taxed and added up; without one, or without one yet, delivery counts as nothing."""

    chosen: Sequence[QuoteLine]
    currency: str
    sale: Sale
    delivery_method: DeliveryMethod | None = None

    @cached_property
    def has_goods(self) -> bool:
        """Whether something in it has to be delivered: services have not."""
        return has_goods_in(line.product.is_service for line in self.chosen)

    @cached_property
    def price(self) -> Decimal:
        """What the lines cost as the shop shows it: free delivery goes by that, whoever pays VAT."""
        return sum((line.price for line in self.chosen), ZERO)

    @cached_property
    def _taxed(self) -> list[tuple[LineVat, Amounts]]:
        """How each line, and the delivery behind them, is taxed, and what it comes to."""
        treatments = [self.sale.vat_on(one.product.tax_class, is_service=one.product.is_service) for one in self.chosen]
        prices = [line.price for line in self.chosen]
        if self.delivery_method:
            treatments.append(self.delivery_vat)
            prices.append(self.delivery_method.price_for(self.price))
        amounts = taxed(list(zip(prices, treatments, strict=True)))
        return list(zip(treatments, amounts, strict=True))

    @cached_property
    def lines(self) -> tuple[TaxedLine, ...]:
        found = zip(self.chosen, self._taxed, strict=False)  # the delivery is left out
        return tuple(
            TaxedLine(
                line.product,
                line.quantity,
                vat,
                amounts,
                discount_under(vat, line.discount),
                discount_under(vat, line.order_discount),
            )
            for line, (vat, amounts) in found
        )

    @cached_property
    def items(self) -> Amounts:
        return total_of(line.amounts for line in self.lines)

    @property
    def delivery(self) -> Amounts:
        return self._taxed[-1][1] if self.delivery_method else Amounts()

    @property
    def delivery_vat(self) -> LineVat:
        """How the delivery is taxed: as what it brings, goods unless there are none."""
        tax_class = self.delivery_method.tax_class if self.delivery_method else ""
        return self.sale.vat_on(tax_class, is_service=not self.has_goods)

    @cached_property
    def total(self) -> Amounts:
        return total_of(amounts for _vat, amounts in self._taxed)

    @property
    def discount(self) -> Decimal:
        """What was taken off the items."""
        return sum((line.discount for line in self.lines), ZERO)

    @property
    def parts(self) -> list[Part]:
        """The sums by VAT rate, highest first."""
        return by_rate(Part(vat.category, vat.country, vat.rate, amounts) for vat, amounts in self._taxed)

    @property
    def count(self) -> int:
        """How many things it is."""
        return sum(line.quantity for line in self.chosen)

    def for_order(self, language: str) -> dict:
        """What an order takes over: its figures, and how it is delivered, in the language of whoever ordered."""
        method = self.delivery_method
        if self.has_goods and method is None:
            raise ValueError("A quote of goods becomes an order with a delivery method only.")
        with translation.override(language):
            delivery_name = str(method) if method else ""
        return {
            "currency": self.currency,
            "delivery_name": delivery_name,
            "delivery_method": method,
            "is_pickup": method is not None and method.is_pickup,
            "has_goods": self.has_goods,
            "delivery_vat_category": self.delivery_vat.category,
            "delivery_vat_country": self.delivery_vat.country,
            "delivery_vat_rate": self.delivery_vat.rate,
            "delivery_net": self.delivery.net,
            "delivery_vat": self.delivery.vat,
            "delivery_gross": self.delivery.gross,
            "items_gross": self.items.gross,
            "total_net": self.total.net,
            "total_vat": self.total.vat,
            "total": self.total.gross,
        }

    @property
    def fingerprint(self) -> str:
        """Changes with whatever the shopper agrees to by ordering: products, quantities, prices, VAT, delivery."""
        lines = sorted(
            (line.product.pk, line.quantity, line.unit_gross, line.discount, *line.vat) for line in self.lines
        )
        method = self.delivery_method.pk if self.delivery_method else None
        return sha256(repr((lines, method, self.delivery, self.currency)).encode()).hexdigest()[:32]
