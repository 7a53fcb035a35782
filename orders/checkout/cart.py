"""The cart: how many of which product, kept in the session until it is ordered."""

from functools import cached_property

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orders.checkout.quote import Quote, QuoteLine
from orders.models import DeliveryMethod, Product
from orders.search.texts import has_goods_in
from orders.vat.treatment import Sale

KEY, SERVICES = "cart", "services-in-cart"
MOST = 99
MOST_BY_MERCHANT = 9_999


def in_store(product: Product) -> int:
    """How many of a product one order may have: what is there, and never more than 99."""
    if not product.active:
        return 0
    return MOST if product.stock is None else min(product.stock, MOST)


def in_stock(product: Product) -> int:
    """How many of a product a merchant may enter on one order, hidden in the shop or not."""
    return MOST_BY_MERCHANT if product.stock is None else min(product.stock, MOST_BY_MERCHANT)


class Cart:
    """What one browser wants to buy."""

    def __init__(self, session: SessionBase) -> None:
        self.session = session

    @property
    def quantities(self) -> dict[int, int]:
        return {int(pk): quantity for pk, quantity in self.session.get(KEY, {}).items()}

    @property
    def count(self) -> int:
        """How many things there are, as the head shows it; asks the session alone."""
        return sum(self.session.get(KEY, {}).values())

    @cached_property
    def lines(self) -> tuple[QuoteLine, ...]:
        """The products in the order in which they were added; those that are gone altogether are left out."""
        quantities = self.quantities
        if not quantities:
            return ()
        products = Product.objects.in_bulk(quantities)
        self._remember([pk for pk in quantities if pk in products and products[pk].is_service])
        return tuple(QuoteLine(products[pk], quantities[pk]) for pk in quantities if pk in products)

    @property
    def has_goods(self) -> bool:
        """Whether something in it has to be delivered: services have not.

        Where the products are not read, as they were when they were: placing the order looks again.
        """
        if "lines" in self.__dict__ or SERVICES not in self.session:
            return has_goods_in(line.product.is_service for line in self.lines)
        services = self.session[SERVICES]
        return has_goods_in(pk in services for pk in self.quantities)

    def quote(self, *, currency: str, sale: Sale, delivery: DeliveryMethod | None = None) -> Quote:
        return Quote(self.lines, currency, sale, delivery)

    def add(self, product: Product, quantity: int) -> int:
        """Add pieces, as many as there are; returns how many of them could not be added."""
        before = self.quantities.get(product.pk, 0)
        return before + quantity - self.change(product, before + quantity)

    def change(self, product: Product, quantity: int) -> int:
        """Set how many there shall be (0 takes it out); returns how many there are now."""
        quantity = max(0, min(quantity, in_store(product)))
        quantities = self.quantities | {product.pk: quantity}
        others = [pk for pk in self.session.get(SERVICES, []) if pk != product.pk]
        if SERVICES in self.session or not self.quantities:
            self._remember([*others, product.pk] if product.is_service else others)
        self._keep({pk: number for pk, number in quantities.items() if number})
        return quantity

    def fit(self) -> list[str]:
        """Take out what the shop does not have any more; says what was taken, for the shopper to know."""
        fitting = {line.product.pk: min(line.quantity, in_store(line.product)) for line in self.lines}
        said = [
            self._what_changed(line, fitting[line.product.pk])
            for line in self.lines
            if fitting[line.product.pk] < line.quantity
        ]
        if fitting != self.quantities:
            self._keep({pk: number for pk, number in fitting.items() if number})
        return said

    def clear(self) -> None:
        self._keep({})

    def _what_changed(self, line: QuoteLine, left: int) -> str:
        words = {"product": line.product, "number": left}
        if left:
            said = ngettext(
                "%(product)s: only 1 left. We have updated your cart.",
                "%(product)s: only %(number)s left. We have updated your cart.",
                left,
            )
            return said % words
        return _("%(product)s is sold out and has been removed from your cart.") % words

    def _remember(self, services: list[int]) -> None:
        if self.session.get(SERVICES) != services:
            self.session[SERVICES] = services

    def _keep(self, quantities: dict[int, int]) -> None:
        self.session[KEY] = {str(pk): quantity for pk, quantity in quantities.items()}
        self.__dict__.pop("lines", None)
