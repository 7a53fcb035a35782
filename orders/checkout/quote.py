"""What an order would come to: the same figures on every page of the checkout and when it is placed."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from hashlib import sha256

from django.utils import translation

from orders.checkout.totals import ZERO, Amounts, Part, by_rate, line_amounts, total_of
from orders.models import DeliveryMethod, Product, VatCategory
from shopadmin.pictures.picture import Picture


@dataclass(frozen=True)
class QuoteLine:
    """So many pieces of one product, at today's price."""

    product: Product
    quantity: int

    @cached_property
    def amounts(self) -> Amounts:
        return line_amounts(self.product.price, self.quantity, self.product.vat_rate)

    @property
    def name(self) -> str:
        return str(self.product)

    @property
    def shown_picture(self) -> Picture | None:
        return self.product.shown_picture

    @property
    def unit_gross(self):
        return self.product.price

    def for_order(self, language: str) -> dict:
        """What an order's line takes over, in the language of whoever ordered."""
        return {
            "product": self.product,
            "name": self.product.in_language("name", language),
            "sku": self.product.sku,
            "picture": self.product.picture,
            "quantity": self.quantity,
            "unit_gross": self.unit_gross,
            "vat_category": category_at(self.product.vat_rate),
            "vat_rate": self.product.vat_rate,
            "net": self.amounts.net,
            "vat": self.amounts.vat,
            "gross": self.amounts.gross,
            "withdrawal_excepted": self.product.withdrawal_excepted,
            "is_service": self.product.is_service,
        }

    @property
    def gross(self):
        return self.amounts.gross


@dataclass(frozen=True)
class Quote:
    """Lines and a way of delivery, added up; without one yet, delivery counts as nothing."""

    lines: tuple[QuoteLine, ...]
    currency: str
    delivery_method: DeliveryMethod | None = None

    @cached_property
    def items(self) -> Amounts:
        return total_of((line.product.vat_rate, line.amounts) for line in self.lines)

    @cached_property
    def delivery(self) -> Amounts:
        if self.delivery_method is None:
            return Amounts()
        price = self.delivery_method.price_for(self.items.gross)
        return Amounts.of_gross(price, self.delivery_method.vat_rate)

    @cached_property
    def parts(self) -> list[Part]:
        parts = [(line.product.vat_rate, line.amounts) for line in self.lines]
        if self.delivery_method and self.delivery.gross != ZERO:
            parts.append((self.delivery_method.vat_rate, self.delivery))
        return parts

    @cached_property
    def total(self) -> Amounts:
        return total_of(self.parts)

    @property
    def vat_by_rate(self) -> list[Part]:
        return by_rate(self.parts)

    @property
    def count(self) -> int:
        """How many things it is."""
        return sum(line.quantity for line in self.lines)

    def for_order(self, language: str) -> dict:
        """What an order takes over: its figures, and how it is delivered, in the language of whoever ordered."""
        if self.delivery_method is None:
            raise ValueError("A quote becomes an order with a delivery method only.")
        with translation.override(language):
            delivery_name = str(self.delivery_method)
        return {
            "currency": self.currency,
            "delivery_name": delivery_name,
            "is_pickup": self.delivery_method.is_pickup,
            "delivery_vat_category": category_at(self.delivery_method.vat_rate),
            "delivery_vat_rate": self.delivery_method.vat_rate,
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
        """Changes with whatever the shopper agrees to by ordering: products, quantities, prices, rates, delivery."""
        lines = sorted((line.product.pk, line.quantity, line.unit_gross, line.product.vat_rate) for line in self.lines)
        method = self.delivery_method.pk if self.delivery_method else None
        return sha256(repr((lines, method, self.delivery, self.currency)).encode()).hexdigest()[:32]


def category_at(rate: Decimal) -> VatCategory:
    return VatCategory.STANDARD if rate else VatCategory.ZERO_RATED
