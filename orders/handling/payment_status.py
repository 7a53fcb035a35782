"""The payment status of an order and the sums beside it: worked out here alone, and kept on the order's row."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from orders.checkout.totals import ZERO, rounded
from orders.models import Order
from shopadmin.models import StoreSettings

COLUMNS = ["paid", "refunded", "credited", "pay_by", "payment_state"]


def status_of(order: Order) -> str:
    """The payment status that follows from what the order's row says was received, refunded and credited."""
    statuses = order.PaymentState
    if order.refunded and order.paid < order.total:
        return statuses.PARTLY_REFUNDED if order.paid > 0 else statuses.REFUNDED
    if order.paid <= 0 and order.due <= 0:
        return statuses.NO_PAYMENT_DUE
    if order.paid >= order.due:
        return statuses.PAID
    return statuses.PARTLY_PAID if order.paid > 0 else statuses.UNPAID


def begin(order: Order) -> None:
    """Set the status of a new order, and by when it is to be paid where that does not depend on an invoice."""
    order.payment_state = status_of(order)
    if order.is_paid_in_advance:
        set_term(order, timezone.localdate(order.placed_at), StoreSettings.current().payment_days)


def set_term(order: Order, start: date, days: int) -> None:
    """Make the order due that many days after `start`; `refresh` saves it."""
    order.pay_by = start + timedelta(days=days)


def refresh(order: Order) -> None:
    """Add up payments, refunds, invoices and credit notes anew, and save the sums and the status (`COLUMNS`)."""
    amounts = list(order.payments.values_list("amount", flat=True))
    order.paid = sum(amounts, ZERO)
    order.refunded = -sum((amount for amount in amounts if amount < 0), ZERO)
    order.credited = _credited(order)
    order.payment_state = status_of(order)
    order.save(update_fields=COLUMNS)


def _credited(order: Order) -> Decimal:
    """By how much less is due than the order's total.

    While nothing is invoiced, what was withdrawn from; after that, the total less what is invoiced and not credited. So
    an invoice that is issued again after a credit note makes the amount due again.
    """
    if order.anonymised_at:
        return order.credited  # the documents are gone, what they came to stays
    documents = list(order.documents.values_list("kind", "total"))
    if not any(kind == "invoice" for kind, _total in documents):
        return ZERO if order.is_over else _withdrawn(order)
    billed = sum((total if kind == "invoice" else -total for kind, total in documents), ZERO)
    return max(order.total - billed, ZERO)


def _withdrawn(order: Order) -> Decimal:
    lines = order.lines.filter(withdrawn__gt=0).values_list("gross", "withdrawn", "quantity")
    return sum((rounded(gross * withdrawn / quantity) for gross, withdrawn, quantity in lines), ZERO)
