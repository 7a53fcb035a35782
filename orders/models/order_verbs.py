"""What can be done to an order. Each verb is one transaction under the lock of the order's row.

They are methods of `Order`; they stand here because they reach over payments, parcels, stock and customers.
"""

import uuid
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext

from customers.models import Customer
from orders import signals
from orders.handling import payment_status
from orders.handling.errors import OrderError
from shopadmin.rendering.formats import money

if TYPE_CHECKING:
    from orders.models import Order, OrderLine, Payment, Shipment

ZERO = Decimal("0.00")


@transaction.atomic
def enter_payment(
    order: "Order", amount: Decimal, *, method: str = "", by: Customer | None = None, key: uuid.UUID | None = None
) -> "Payment":
    """Enter money that came in; a form (`key`) that is sent twice enters it once."""
    order.lock()
    if entered := key and order.payments.filter(key=key).first():
        return entered
    if not order.takes_payments:
        raise OrderError(gettext("Nothing is left to pay on this order."))
    if not ZERO < amount <= order.due - order.paid:
        raise OrderError(gettext("At most %s is left to pay.") % money(order.due - order.paid, order.currency))
    return _book(order, amount, "payment", method=method, by=by, key=key)


@transaction.atomic
def refund(
    order: "Order", amount: Decimal, *, method: str = "", by: Customer | None = None, key: uuid.UUID | None = None
) -> "Payment":
    """Enter money that went back, never more than came in; the same `key` counts once."""
    order.lock()
    if entered := key and order.payments.filter(key=key).first():
        return entered
    if not ZERO < amount <= order.paid:
        raise OrderError(gettext("At most %s can go back.") % money(order.paid, order.currency))
    return _book(order, -amount, "refund", method=method, by=by, key=key)


def _book(order: "Order", amount: Decimal, kind: str, *, method: str, by: Customer | None, key: uuid.UUID | None):
    method = method or order.payment_method
    payment = order.payments.create(amount=amount, method=method, by=by, key=key or uuid.uuid4())
    payment_status.refresh(order)
    order.log(kind, by=by, amount=str(abs(amount)), method=method)
    if order.refunded:
        _recount_customer(order)
    signals.payment_entered.send(type(order), payment=payment)
    if order.is_done:
        order.complete(by=by)
    return payment


@transaction.atomic
def ship(
    order: "Order",
    quantities: dict["OrderLine", int],
    *,
    carrier: str,
    tracking_number: str = "",
    by: Customer | None = None,
    key: uuid.UUID | None = None,
) -> "Shipment":
    """Send a parcel with so many of each line; the same `key` sends it once."""
    order.lock()
    if sent := key and order.shipments.filter(key=key).first():
        return sent
    if not order.is_open:
        raise OrderError(gettext("Only an open order can be sent."))
    if not any(quantities.values()):
        raise OrderError(gettext("Nothing is chosen to be sent."))
    key = key or uuid.uuid4()
    shipment = order.shipments.create(carrier=carrier, tracking_number=tracking_number, by=by, key=key)
    for line in order.lines.all():
        line.send(quantities.get(line, 0), shipment=shipment)
    all_sent = not any(line.unsent for line in order.lines.all())
    order.shipping_state = order.ShippingState.SHIPPED if all_sent else order.ShippingState.PARTLY_SHIPPED
    order.save(update_fields=["shipping_state"])
    order.log("shipment", by=by, quantity=shipment.quantity, carrier=carrier)
    signals.shipment_sent.send(type(order), shipment=shipment)
    if order.is_done:
        order.complete(by=by)
    return shipment


@transaction.atomic
def cancel(order: "Order", *, by: Customer | None = None, reason: str = "") -> None:
    """Call the order off: its stock goes back on the shelf, and its customer is counted anew."""
    order.lock()
    if not order.is_open:
        raise OrderError(gettext("Only an open order can be cancelled."))
    if not order.can_be_cancelled:
        raise OrderError(gettext("Something of this order was already sent: it cannot be cancelled any more."))
    order.cancelled_at, order.cancel_reason = timezone.now(), reason
    _end_unsent(order, order.State.CANCELLED, signals.order_cancelled, by=by)


@transaction.atomic
def withdraw(order: "Order", *, by: Customer | None = None) -> None:
    """Accept that the shopper withdraws: what was not sent goes back on the shelf; a refund is entered by itself."""
    order.lock()
    if not order.can_be_withdrawn:
        raise OrderError(gettext("Nobody can withdraw from this order any more."))
    order.withdrawals.unanswered().update(answered_at=timezone.now(), answered_by=by)
    _end_unsent(order, order.State.WITHDRAWN, signals.order_withdrawn, by=by)


def _end_unsent(order: "Order", state: str, signal: Signal, *, by: Customer | None) -> None:
    """What was not sent goes back on the shelf; the event is called like the state."""
    from orders.customer_hooks.erasure import scrub_when_done

    order.state = state
    order.save(update_fields=["state", "cancelled_at", "cancel_reason"])
    payment_status.refresh(order)
    for line in order.lines.order_by("product_id"):
        line.give_back()
    order.log(state, by=by)
    _recount_customer(order)
    signal.send(type(order), order=order)
    scrub_when_done(order)


def _recount_customer(order: "Order") -> None:
    from orders.customer_hooks.totals import recount

    if order.customer:
        recount(order.customer)


@transaction.atomic
def complete(order: "Order", *, by: Customer | None = None) -> None:
    """Close an order that is paid and sent."""
    from orders.customer_hooks.erasure import scrub_when_done

    order.lock()
    if not order.is_done:
        raise OrderError(gettext("Only an open order that is paid and sent can be completed."))
    order.state = order.State.COMPLETED
    order.save(update_fields=["state"])
    order.log("completed", by=by)
    scrub_when_done(order)


def lock(order: "Order") -> None:
    """Read the row anew, and let nobody else change it until the transaction ends."""
    order.refresh_from_db(from_queryset=type(order).objects.select_for_update())
