"""The mails and documents that orders cause: the ledger's rows caused none, so they are made here, in their order."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.db.models import Q

from accounts.demo import clock
from orders import mails
from orders.documents import issue
from orders.documents.standing import standing_invoice
from orders.handling import payments, shipping
from orders.models import Order, OrderEvent, Payment

# Older documents than these are in the shop's cellar: each PDF costs a moment.
KEPT = timedelta(days=40)


class Cause(NamedTuple):
    """What happened at a moment, and what follows from it."""

    at: datetime
    follow_up: Callable[[], None]


def make_mails_and_documents(now: datetime) -> None:
    """For the newest orders, and for all of the shoppers with whom a visitor signs in."""
    recent = Order.objects.filter(Q(placed_at__gt=now - KEPT) | Q(customer__email__endswith="@demo.test"))
    withdrawn = list(recent.filter(state=Order.State.WITHDRAWN).values_list("pk", flat=True))
    # Their invoices are issued before the withdrawal is.
    Order.objects.filter(pk__in=withdrawn).update(state=Order.State.COMPLETED)
    orders = recent.prefetch_related("shipments", "payments", "withdrawals")
    for cause in sorted(causes(orders), key=lambda cause: cause.at):
        with clock.at(cause.at):
            cause.follow_up()


def causes(orders: list[Order]) -> Iterator[Cause]:
    for order in orders:
        yield Cause(order.placed_at, partial(confirm, order))
        if order.cancelled_at:
            yield Cause(order.cancelled_at, partial(mails.tell_of_cancellation, order))
        if order.ready_at:
            yield Cause(order.ready_at, partial(mails.tell_of_ready_order, order))
        for shipment in order.shipments.all():
            yield Cause(shipment.at, partial(shipping.follow_up, shipment))
        for notice in order.withdrawals.all():
            yield Cause(notice.at, partial(mails.tell_of_withdrawal, notice, is_flood=False))
            if notice.answered_at:
                yield Cause(notice.answered_at, partial(withdraw, order))
        for payment in order.payments.all():
            yield Cause(payment.at, partial(settle, payment))


def confirm(order: Order) -> None:
    """Confirm an order, which writes down that it was placed, as the ledger of the past has done already."""
    order.events.filter(kind=OrderEvent.Kind.PLACED).delete()
    mails.tell_of_order(order)


def withdraw(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(state=Order.State.WITHDRAWN)
    pieces = [(line, line.quantity) for line in order.lines.all()]
    mails.tell_of_accepted_withdrawal(order, pieces, to_refund=order.overpaid)


def settle(payment: Payment) -> None:
    """Do what the payment causes; a refund of everything takes the invoice back, too."""
    payments.follow_up(payment)
    is_all = payment.is_refund and payment.order.payment_state == Order.PaymentState.REFUNDED
    if is_all and (invoice := standing_invoice(payment.order)):
        issue.issue_credit_note(invoice)
