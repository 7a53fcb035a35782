"""Bulk actions on orders: which orders one is about, and which it leaves alone, and why.

The reasons are conditions on the rows, said once: the preview counts by them and the run goes by them.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.http import QueryDict
from django.utils.translation import gettext as _

from customers.models import Customer
from orders.documents import issue
from orders.handling.filters import OrderFilter
from orders.messages.reminders import reminders_today
from orders.models import Document, Order, OrderBulkAction, OrderBulkSkip, OrderLine
from orders.models.order_line import OrderLineQuerySet
from orders.models.order_queryset import OrderQuerySet
from shopadmin.access import has_right
from shopadmin.bulk.run import ids_in_turn
from shopadmin.models import StoreSettings
from shopadmin.roles import Right

Kind, Reason = OrderBulkAction.Kind, OrderBulkSkip.Reason
RIGHTS = {Kind.EXPORT: Right.EXPORT}
READ_AHEAD = 10_000
Skips = list[tuple[Reason, Q | Exists]]


def obstacle(action: OrderBulkAction) -> str:
    """Why it cannot be done, or cannot go on, in words; nothing if it can."""
    if not may_do(action.kind, action.by):
        return _("The person who started this no longer has permission.")
    if action.pk and action.kind in {Kind.TAG, Kind.UNTAG} and action.tag is None:
        return _("The tag has been deleted in the meantime.")
    if action.kind == Kind.INVOICE and issue.lacks_number(StoreSettings.current()):
        return _("Enter the shop's VAT number or tax number in the settings before you issue invoices")
    return ""


def may_do(kind: str, actor: Customer | None) -> bool:
    """Whether this person may do this to many orders at once."""
    if actor is None or not actor.is_active:
        return False
    return has_right(actor, Right.BULK) and has_right(actor, RIGHTS.get(kind, Right.EDIT))


def orders_of(*, query: str, picked: list[int] | None) -> OrderQuerySet:
    """The orders picked, or all that a view of the list lets through."""
    if picked is not None:
        return Order.objects.filter(pk__in=picked)
    view = OrderFilter(QueryDict(query))
    return view.apply(Order.objects.all()) if view.is_valid() else Order.objects.none()


def members(action: OrderBulkAction) -> OrderQuerySet:
    """The orders it is about, as they are now; none that was placed after the action was confirmed."""
    orders = orders_of(query=action.query, picked=action.picked)
    return orders if action.until_id is None else orders.filter(pk__lte=action.until_id)


def ids_of(action: OrderBulkAction) -> Iterator[list[int]]:
    """The ids of its orders, ascending, many at a time, from where the action has got to."""
    return ids_in_turn(partial(members, action), after=action.last_id, at_once=READ_AHEAD)


def judged(action: OrderBulkAction) -> OrderQuerySet:
    """Its orders, each with `skip`: the reason why it is left alone, or an empty text."""
    reasons = [When(condition, then=Value(reason)) for reason, condition in SKIPS[action.kind]()]
    return members(action).annotate(skip=Case(*reasons, default=Value(""), output_field=CharField()))


def counted(action: OrderBulkAction) -> dict[str, int]:
    """How many orders are left alone, by reason; under "" how many it is done to."""
    return dict(judged(action).order_by().values_list("skip").annotate(Count("pk")))


def possible(action: OrderBulkAction) -> OrderQuerySet:
    """The orders it is done to, the oldest first."""
    return judged(action).filter(skip="").order_by("pk")


def sums_due(action: OrderBulkAction) -> dict[str, Decimal]:
    """What is left to pay on the orders it is done to, by currency."""
    due = possible(action).order_by().values_list("currency")
    return dict(due.annotate(due=Sum(F("total") - F("credited") - F("paid"))))


def _over() -> tuple[Reason, Q]:
    return Reason.OVER, Q(state__in=Order.OVER)


def _erased() -> tuple[Reason, Q]:
    """As `Order.is_closed_and_erased`."""
    return Reason.ERASED, Q(erased_at__isnull=False, state__in=Order.DONE)


def _paying() -> Skips:
    return [_over(), (Reason.NOTHING_DUE, ~_awaits_payment())]


def _readying() -> Skips:
    said = (Reason.READY, Q(ready_at__isnull=False) & ~Q(shipping_state=Order.ShippingState.SHIPPED))
    over, shipped, *rest = _shipping()
    return [over, (Reason.NO_PICKUP, Q(is_pickup=False)), shipped, said, *rest]


def _shipping() -> Skips:
    return _handing_over(OrderLine.objects.filter(is_service=False), Reason.NOTHING_TO_SHIP)


def _providing() -> Skips:
    return _handing_over(OrderLine.objects.filter(is_service=True), Reason.NOTHING_TO_PROVIDE)


def _handing_over(lines: OrderLineQuerySet, nothing_left: Reason) -> Skips:
    """Why nothing is done of these lines; `nothing_left` says that none of them is left."""
    unpaid = Q(payment_method__in=Order.PAID_IN_ADVANCE) & _awaits_payment()
    unsent = lines.unsent().filter(order=OuterRef("pk"))
    return [
        _over(),
        (Reason.SHIPPED, Q(shipping_state=Order.ShippingState.SHIPPED)),
        (nothing_left, ~Q(state=Order.State.OPEN) | ~Exists(unsent)),
        (Reason.WITHDRAWAL, Q(withdrawal_waits=True)),
        (Reason.REFUNDED, Q(payment_state=Order.PaymentState.REFUNDED)),
        (Reason.UNPAID, unpaid),
    ]


def _invoicing() -> Skips:
    credited = Document.objects.filter(credits=OuterRef("pk")).order_by().values("credits")
    invoices = Document.objects.filter(order=OuterRef("pk"), kind=Document.Kind.INVOICE)
    invoices = invoices.annotate(credited=Subquery(credited.annotate(sum=Sum("total")).values("sum")))
    standing = invoices.filter(Q(credited=None) | Q(credited__lt=F("total")))
    return [_over(), _erased(), (Reason.INVOICED, Exists(standing))]


def _reminding() -> Skips:
    return [
        _over(),
        (Reason.NOTHING_DUE, ~_awaits_payment()),
        (Reason.WITHDRAWAL, Q(withdrawal_waits=True)),
        (Reason.NO_EMAIL, Q(email="")),
        (Reason.REMINDED, Exists(reminders_today().filter(order=OuterRef("pk")))),
    ]


def _tagging() -> Skips:
    return [_erased()]


def _exporting() -> Skips:
    restricted = Q(customer__restricted_at__isnull=False)
    return [(Reason.ERASED, Q(erased_at__isnull=False)), (Reason.RESTRICTED, restricted)]


def _awaits_payment() -> Q:
    return Q(payment_state__in=Order.AWAITS_PAYMENT)


SKIPS: dict[Kind, Callable[[], Skips]] = {
    Kind.PAYMENT: _paying,
    Kind.SHIP: _shipping,
    Kind.READY: _readying,
    Kind.PROVIDE: _providing,
    Kind.INVOICE: _invoicing,
    Kind.REMIND: _reminding,
    Kind.TAG: _tagging,
    Kind.UNTAG: _tagging,
    Kind.EXPORT: _exporting,
}
