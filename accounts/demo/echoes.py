"""The mails and papers that orders cause: the ledger's rows caused none, so they are caused again, in their order."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q

from accounts.demo import clock
from orders import signals
from orders.documents import issue
from orders.models import Order, Payment

# Older papers than these are in the shop's cellar: each PDF costs a moment.
KEPT = timedelta(days=40)


class Cause(NamedTuple):
    """A signal of orders and what it is about."""

    at: datetime
    signal: object
    about: dict


def cause_mails_and_papers(now: datetime) -> None:
    """For the newest orders, and for all of the shoppers with whom a visitor signs in."""
    recent = Order.objects.filter(Q(placed_at__gt=now - KEPT) | Q(customer__email__endswith="@demo.test"))
    withdrawn = list(recent.filter(state=Order.State.WITHDRAWN).values_list("pk", flat=True))
    # Their invoices are issued before the withdrawal is.
    Order.objects.filter(pk__in=withdrawn).update(state=Order.State.COMPLETED)
    for cause in sorted(
        causes(recent.prefetch_related("shipments", "payments", "withdrawals")), key=lambda cause: cause.at
    ):
        with clock.at(cause.at):
            if cause.signal is signals.order_withdrawn:
                Order.objects.filter(pk=cause.about["order"].pk).update(state=Order.State.WITHDRAWN)
            cause.signal.send(Order, **cause.about)
            if is_whole_refund(cause.about.get("payment")):
                take_invoice_back(cause.about["payment"].order)


def causes(orders: list[Order]) -> Iterator[Cause]:
    for order in orders:
        yield Cause(order.placed_at, signals.order_placed, {"order": order, "is_new_customer": False})
        if order.cancelled_at:
            yield Cause(order.cancelled_at, signals.order_cancelled, {"order": order})
        for shipment in order.shipments.all():
            yield Cause(shipment.at, signals.shipment_sent, {"shipment": shipment})
        for notice in order.withdrawals.all():
            yield Cause(notice.at, signals.withdrawal_received, {"notice": notice, "is_flood": False})
            if notice.answered_at:
                yield Cause(notice.answered_at, signals.order_withdrawn, {"order": order})
        for payment in order.payments.all():
            yield Cause(payment.at, signals.payment_entered, {"payment": payment})


def is_whole_refund(payment: Payment | None) -> bool:
    return payment is not None and payment.is_refund and payment.order.payment_state == Order.PaymentState.REFUNDED


def take_invoice_back(order: Order) -> None:
    for invoice in order.documents.standing_invoices():
        issue.issue_credit_note(invoice)
