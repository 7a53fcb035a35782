"""What has to be packed for orders: by order on packing slips, by product on a picking list."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, Prefetch, Q, Value, When

from orders.models import Order, OrderBulkSkip, OrderLine, Product
from orders.models.order_queryset import OrderQuerySet

Reason = OrderBulkSkip.Reason
OVER = Q(state__in=[Order.State.CANCELLED, Order.State.WITHDRAWN])
ANONYMISED = Q(anonymised_at__isnull=False)
SENT = Q(shipping_state=Order.ShippingState.SHIPPED)
READY = Q(is_pickup=True, ready_at__isnull=False)
MOST_NAMED = 200


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
    found = orders.exclude(OVER | ANONYMISED).order_by("placed_at", "pk")
    return found.prefetch_related(Prefetch("lines", lines), "addresses")


def to_pick(orders: OrderQuerySet) -> OrderQuerySet:
    """Those of which something is still on the shelves: a slip can be printed again, but nothing is fetched twice."""
    return to_print(orders).exclude(SENT | READY)


def left_out(orders: OrderQuerySet, *, for_picking: bool) -> list[tuple[str, str]]:
    """The numbers of those for which there is nothing to print, each with the reason; the first of them."""
    reasons = [When(OVER, then=Value(Reason.OVER)), When(ANONYMISED, then=Value(Reason.ERASED))]
    if for_picking:
        reasons += [When(SENT, then=Value(Reason.SHIPPED)), When(READY, then=Value(Reason.READY))]
    skipped = orders.filter(OVER | ANONYMISED | SENT | READY if for_picking else OVER | ANONYMISED)
    rows = skipped.order_by("placed_at", "pk").values_list("number", Case(*reasons))
    return [(number, str(Reason(reason).label)) for number, reason in rows[:MOST_NAMED]]


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
