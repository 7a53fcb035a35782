"""How an order ends: completed, or called off (cancelled or withdrawn from) before all of it was sent."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext

from customers.models import Customer
from orders.customer_hooks.erasure import erase_person_when_done
from orders.customer_hooks.totals import recount_customer_of
from orders.handling import payment_status
from orders.handling.errors import OrderError
from orders.models import Order


@transaction.atomic
def complete(order: Order, *, by: Customer | None = None) -> None:
    """Complete an order; OrderError unless it is open, with nothing left to pay or to send."""
    order.lock()
    if not order.is_done:
        raise OrderError(gettext("Only open orders that are paid and shipped can be completed"))
    order.state = Order.State.COMPLETED
    order.save(update_fields=["state"])
    order.log("completed", by=by)
    erase_person_when_done(order)


def call_off(order: Order, *, state: Order.State, by: Customer | None, facts: Mapping[str, str] | None = None) -> None:
    """End an order as cancelled or withdrawn: unsent items go back in stock, and its customer is counted anew.

    Part of `handling.cancellation` and `withdrawal.acceptance`, which hold the lock. The event is named like the state.
    """
    order.state = state
    order.save(update_fields=["state", "cancelled_at", "cancel_reason"])
    payment_status.refresh(order)
    for line in order.lines.order_by("product_id"):
        line.restock_unsent()
    order.log(state, by=by, **(facts or {}))
    recount_customer_of(order)
