"""Cancelling an order, by the shop or by its shopper."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from customers.models import Customer
from orders import mails
from orders.customer_hooks.erasure import erase_person_when_done
from orders.documents import issue
from orders.documents.standing import standing_invoice
from orders.handling.completion import call_off
from orders.handling.errors import OrderError
from orders.models import Order


@transaction.atomic
def cancel_as_shopper(order: Order) -> None:
    """Cancel for the shopper; a second press changes nothing.

    OrderError once anything has been done about it (`Order.shopper_can_cancel`).
    """
    order.lock()
    if order.state == Order.State.CANCELLED:
        return
    if not order.shopper_can_cancel:
        raise OrderError(gettext("This order can no longer be cancelled"))
    cancel(order, by_shopper=True)


@transaction.atomic
def cancel(order: Order, *, by: Customer | None = None, reason: str = "", by_shopper: bool = False) -> None:
    """Cancel: items go back in stock, the invoice is credited, and both sides are mailed. No money is refunded.

    OrderError where the order is not open, or something of it has been shipped.
    """
    order.lock()
    if not order.is_open:
        raise OrderError(gettext("Only open orders can be cancelled"))
    if not order.can_be_cancelled:
        raise OrderError(gettext("Part of this order has left the shop, so it can no longer be cancelled"))
    order.cancelled_at, order.cancel_reason = timezone.now(), reason
    call_off(order, state=Order.State.CANCELLED, by=by, facts={"who": "shopper"} if by_shopper else None)
    mails.tell_of_cancellation(order, by_shopper=by_shopper)
    # What is not delivered is not owed, so neither is its VAT (art. 90 of the VAT directive, 2006/112/EC).
    if invoice := standing_invoice(order):
        mails.tell_of_document(issue.credit(invoice, by=by))
    erase_person_when_done(order)
