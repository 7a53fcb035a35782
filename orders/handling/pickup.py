"""Saying that an order can be picked up."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from customers.models import Customer
from orders import mails
from orders.handling.errors import OrderError
from orders.models import Order, OrderEvent


@transaction.atomic
def make_ready(order: Order, *, by: Customer | None = None) -> bool:
    """Mark what is left of an order as ready for pick-up and email the shopper; False if it was ready before.

    OrderError where it is not a pick-up order, a withdrawal waits for an answer, or nothing is left to pick up.
    """
    order.lock()
    if order.is_ready_for_pickup:
        return False
    if not order.is_pickup:
        raise OrderError(gettext("This order is not picked up"))
    if order.withdrawal_waits:
        raise OrderError(gettext("The customer withdrew from the contract. Answer the withdrawal first."))
    if not order.can_be_made_ready:
        raise OrderError(gettext("Only open orders with items to pick up can be ready for pick-up"))
    order.ready_at = timezone.now()
    order.save(update_fields=["ready_at"])
    order.log(OrderEvent.Kind.READY, by=by)
    mails.tell_of_ready_order(order)
    return True
