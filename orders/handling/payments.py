"""Money that came in for an order."""

import uuid
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext

from customers.models import Customer
from orders import mails
from orders.checkout.totals import ZERO
from orders.customer_hooks.totals import recount_customer_of
from orders.documents import issue
from orders.handling import payment_status
from orders.handling.completion import complete
from orders.handling.errors import OrderError
from orders.models import Document, Order, Payment
from shopadmin.models import StoreSettings
from shopadmin.rendering.formats import money


@transaction.atomic
def enter_payment(
    order: Order, *, amount: Decimal, method: str = "", by: Customer | None = None, key: uuid.UUID | None = None
) -> Payment:
    """Record a payment, up to what is due; the same `key` (of a form) counts once. OrderError for any other amount."""
    order.lock()
    if entered := key and order.payments.filter(key=key).first():
        return entered
    if not order.takes_payments:
        raise OrderError(gettext("Nothing left to pay on this order"))
    if not ZERO < amount <= order.due - order.paid:
        raise OrderError(
            gettext("You can record a payment of up to %s") % money(order.due - order.paid, order.currency)
        )
    return record(order, amount, "payment", method=method, by=by, key=key)


@transaction.atomic
def take_payment(order: Order, *, amount: Decimal, method: str, key: uuid.UUID) -> Payment:
    """Record a payment that a provider has already taken, even if less is due by now: the rest is to be refunded.

    The same `key` (of the attempt) counts once.
    """
    order.lock()
    if entered := order.payments.filter(key=key).first():
        return entered
    return record(order, amount, "payment", method=method, by=None, key=key)


def record(
    order: Order,
    amount: Decimal,
    kind: str,
    *,
    method: str,
    by: Customer | None,
    key: uuid.UUID | None,
    document: Document | None = None,
) -> Payment:
    """Write a payment or (below zero) a refund and what follows from it: status, timeline, emails, invoice.

    For a caller that holds the order's lock and has checked the amount. `kind` is that of the OrderEvent, `document`
    the credit note that was issued with a refund.
    """
    method = method or order.payment_method
    payment = order.payments.create(amount=amount, method=method, by=by, key=key or uuid.uuid4())
    payment_status.refresh(order)
    order.log(kind, by=by, amount=str(abs(amount)), method=method)
    if order.refunded or order.overpaid:  # else the customer has spent the order's total, as before
        recount_customer_of(order)
    follow_up(payment, document)
    if order.is_done:
        complete(order, by=by)
    return payment


def follow_up(payment: Payment, document: Document | None = None) -> None:
    """Email about a refund, with its credit note; after a payment issue the invoice, if the settings want it then."""
    if payment.is_refund:
        mails.tell_of_refund(payment, document)
    elif payment.order.payment_state == Order.PaymentState.PAID:
        issue.issue_when(StoreSettings.InvoiceWhen.PAID, payment.order)
