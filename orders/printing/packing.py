"""What has to be packed for orders: by order on packing slips, by product on a picking list."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch

from orders.models import Order, OrderLine, Product
from orders.models.order_queryset import OrderQuerySet


@dataclass
class Pick:
    """How many of a product are fetched from the shelves, and for which orders."""

    name: str
    sku: str
    category: str = ""
    position: tuple[int, ...] = ()
    orders: list[tuple[str, int]] = field(default_factory=list)

    @property
    def quantity(self) -> int:
        return sum(quantity for _number, quantity in self.orders)


def to_print(orders: OrderQuerySet) -> OrderQuerySet:
    """Those for which there is something to pack, with all that the sheets show; the oldest first."""
    lines = OrderLine.objects.filter(is_service=False).select_related("product__category")
    over = [Order.State.CANCELLED, Order.State.WITHDRAWN]
    found = orders.exclude(state__in=over).exclude(anonymised_at__isnull=False).order_by("placed_at", "pk")
    return found.prefetch_related(Prefetch("lines", lines), "addresses")


def to_pack(order: Order) -> list[tuple[OrderLine, int]]:
    """What goes into the parcel, line by line: what was not sent yet; once all was sent, all of it."""
    lines = order.lines.all()
    unsent = [(line, line.unsent) for line in lines if line.unsent]
    return unsent or [(line, line.quantity) for line in lines]


def sent_before(order: Order) -> list[tuple[OrderLine, int]]:
    """What left in earlier parcels, while something is still to be packed."""
    lines = order.lines.all()
    return [(line, line.sent) for line in lines if line.sent] if any(line.unsent for line in lines) else []


def picks_of(orders: Iterable[Order]) -> list[Pick]:
    """All that is to be packed for these orders, by product, as the categories and the SKUs have them."""
    picks: dict[object, Pick] = {}
    for order in orders:
        for line, quantity in to_pack(order):
            pick = picks.setdefault(line.product_id or (line.sku, line.name), _pick(line, line.product))
            pick.orders.append((order.number, quantity))
    return sorted(picks.values(), key=lambda pick: (not pick.position, pick.position, pick.sku, pick.name))


def _pick(line: OrderLine, product: Product | None) -> Pick:
    if product is None:
        return Pick(line.name, line.sku)
    category = product.category
    return Pick(product.name, product.sku, str(category), (category.position, category.pk))
