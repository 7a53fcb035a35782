"""An order that is picked up: it is made ready, and who ordered is told."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from customers.models import Customer
from orders import mails
from orders.handling.errors import OrderError
from orders.models import Order, OrderEvent


@transaction.atomic
def make_ready(order: Order, *, by: Customer | None = None) -> bool:
    """Say that what is left of the order can be picked up, and tell who ordered; False where it was said before."""
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
