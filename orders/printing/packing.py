"""What has to be packed for orders: by order on packing slips, by product on a picking list."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, Prefetch, Q, Value, When

from orders.models import Order, OrderBulkSkip, OrderLine, Product
from orders.models.order_queryset import OrderQuerySet
from shopadmin.lists.listing import CAP, capped

Reason = OrderBulkSkip.Reason
OVER = Q(state__in=Order.OVER)
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
    by_order: dict[str, int] = field(default_factory=dict)

    @property
    def orders(self) -> list[tuple[str, int]]:
        """Each order by its number, with how many it needs, on however many lines."""
        return list(self.by_order.items())

    @property
    def quantity(self) -> int:
        return sum(self.by_order.values())


def to_print(orders: OrderQuerySet) -> OrderQuerySet:
    """Orders that may have something to pack, with all that the sheets show; the oldest first."""
    lines = OrderLine.objects.filter(is_service=False).select_related("product__category")
    found = orders.exclude(OVER | ANONYMISED).order_by("placed_at", "pk")
    return found.prefetch_related(Prefetch("lines", lines), "addresses")


def to_pick(orders: OrderQuerySet) -> OrderQuerySet:
    """Orders that items are still to be fetched for: a slip may be printed again, but nothing is fetched twice."""
    return to_print(orders).exclude(SENT | READY)


@dataclass(frozen=True)
class LeftOut:
    """A page of the orders for which nothing is printed: (number, why) each; how many there are in all; what follows.

    `following` is the id after which the next page begins; None on the last page.
    """

    rows: list[tuple[str, str]]
    total: int = 0
    following: int | None = None

    @property
    def count(self) -> str:
        """How many there are, counted no further than a list counts."""
        return capped(self.total, CAP)


def left_out(orders: OrderQuerySet, *, for_picking: bool, after: int = 0) -> LeftOut:
    """The page of orders for which nothing is printed that begins after the id `after`."""
    reasons = [When(OVER, then=Value(Reason.OVER)), When(ANONYMISED, then=Value(Reason.ERASED))]
    if for_picking:
        reasons += [When(SENT, then=Value(Reason.SHIPPED)), When(READY, then=Value(Reason.READY))]
    skipped = orders.filter(OVER | ANONYMISED | SENT | READY if for_picking else OVER | ANONYMISED)
    behind = skipped.filter(pk__gt=after).order_by("pk").values_list("pk", "number", Case(*reasons))
    rows = list(behind[: MOST_NAMED + 1])
    has_more = len(rows) > MOST_NAMED
    total = skipped.order_by()[: CAP + 1].count() if has_more or after else len(rows)
    named = [(number, str(Reason(reason).label)) for _pk, number, reason in rows[:MOST_NAMED]]
    return LeftOut(named, total, rows[MOST_NAMED - 1][0] if has_more else None)


def to_pack(order: Order) -> list[tuple[OrderLine, int]]:
    """What goes into the parcel, line by line: what was not sent yet; once all was sent, all that was."""
    return unsent_of(order) or [(line, line.sent) for line in order.lines.all() if line.sent]


def unsent_of(order: Order) -> list[tuple[OrderLine, int]]:
    """What is still on the shelves."""
    return [(line, line.unsent) for line in order.lines.all() if line.unsent]


def sent_before(order: Order) -> list[tuple[OrderLine, int]]:
    """What left in earlier parcels, while something is still to be packed."""
    lines = order.lines.all()
    return [(line, line.sent) for line in lines if line.sent] if any(line.unsent for line in lines) else []


def picks_of(orders: Iterable[Order]) -> list[Pick]:
    """All that is to be packed for these orders, by product, as the categories and the SKUs have them."""
    picks: dict[object, Pick] = {}
    for order in orders:
        for line, quantity in unsent_of(order):
            pick = picks.setdefault(line.product_id or (line.sku, line.name), _pick(line, line.product))
            pick.by_order[order.number] = pick.by_order.get(order.number, 0) + quantity
    return sorted(picks.values(), key=lambda pick: (not pick.position, pick.position, pick.sku, pick.name))


def _pick(line: OrderLine, product: Product | None) -> Pick:
    if product is None:
        return Pick(line.name, line.sku)
    category = product.category
    return Pick(product.name, product.sku, str(category), (category.position, category.pk))
