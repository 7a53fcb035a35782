"""Carrying out a bulk action on orders, as the worker does: each order in a transaction of its own."""

from collections.abc import Callable

from django.utils import translation

from customers.history import acting
from orders.bulk.selection import ids_of, judged, obstacle
from orders.documents.issue import issue_invoice
from orders.handling.errors import OrderError
from orders.handling.payments import enter_payment
from orders.handling.pickup import make_ready
from orders.handling.shipping import ship
from orders.messages.reminders import remind
from orders.models import Order, OrderBulkAction, OrderBulkSkip, OrderTag
from orders.models.carrier import Carrier
from shopadmin.bulk.run import one_by_one, run_batches

Kind, Reason = OrderBulkAction.Kind, OrderBulkSkip.Reason


def run(action: OrderBulkAction) -> None:
    """Carry the action out until it is done, stopped or no longer allowed; run again, it resumes where it was."""
    if not action.begin():
        return
    with translation.override(action.language):
        batches = ([pk] for ids in ids_of(action) for pk in ids)
        end = run_batches(action, batches, obstacle=obstacle, do=_do)
        action.refresh_from_db()
        if end and action.is_under_way:
            action.finish(*end)


def _do(action: OrderBulkAction, ids: list[int]) -> int:
    """Do it to a batch of orders, or note why they are left alone; returns how many are."""
    left = {}
    # Locked first and judged then: what somebody else does to it meanwhile is seen, and nothing is paid twice.
    for pk in Order.objects.select_for_update().filter(pk__in=ids).values_list("pk", flat=True):
        order = judged(action).filter(pk=pk).first()
        skip = order.skip if order else Reason.CHANGED
        left |= {pk: skip} if skip else _done(action, order)
    OrderBulkSkip.objects.bulk_create(OrderBulkSkip(action=action, order_id=pk, reason=left[pk]) for pk in left)
    return len(left)


def _done(action: OrderBulkAction, order: Order) -> dict[int, str]:
    def verb(order: Order) -> bool:
        try:
            with acting.merchant(action.by, source="bulk"):
                VERBS[action.kind](action, order)
        except OrderError:
            return False
        return True

    return one_by_one([order], verb, unchanged=Reason.REFUSED, failed=Reason.ERROR)


# --- What is done, by kind


def _pay(action: OrderBulkAction, order: Order) -> None:
    enter_payment(order, amount=order.outstanding, method=action.payment_method, by=action.by)


def _ship(action: OrderBulkAction, order: Order) -> None:
    quantities = {line: line.unsent for line in order.lines.filter(is_service=False)}
    number = action.tracking_numbers.get(str(order.pk), "")
    carrier = {name: getattr(action, name) for name in ("carrier", "carrier_name", "tracking_link")}
    if order.is_pickup:
        carrier = {"carrier": Carrier.OTHER}
    ship(order, quantities=quantities, **carrier, tracking_number=number, by=action.by)


def _provide(action: OrderBulkAction, order: Order) -> None:
    quantities = {line: line.unsent for line in order.lines.filter(is_service=True)}
    ship(order, quantities=quantities, carrier=Carrier.OTHER, by=action.by)


def _ready(action: OrderBulkAction, order: Order) -> None:
    make_ready(order, by=action.by)


def _invoice(action: OrderBulkAction, order: Order) -> None:
    issue_invoice(order, by=action.by)


def _remind(action: OrderBulkAction, order: Order) -> None:
    remind(order, by=action.by)


def _tag(action: OrderBulkAction, order: Order) -> None:
    OrderTag.objects.get_or_create(order=order, tag=action.tag)


def _untag(action: OrderBulkAction, order: Order) -> None:
    order.order_tags.filter(tag=action.tag).delete()


VERBS: dict[Kind, Callable[[OrderBulkAction, Order], None]] = {
    Kind.PAYMENT: _pay,
    Kind.SHIP: _ship,
    Kind.READY: _ready,
    Kind.PROVIDE: _provide,
    Kind.INVOICE: _invoice,
    Kind.REMIND: _remind,
    Kind.TAG: _tag,
    Kind.UNTAG: _untag,
}
