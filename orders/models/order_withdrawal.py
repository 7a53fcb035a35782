"""The right to withdraw from an order (directive 2011/83/EU, art. 9, 10 and 16): who has it, and how long.

They read the lines and parcels of the order, so whoever asks of many orders fetches those along.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from customers.models import Customer

if TYPE_CHECKING:
    from orders.models import Order

TERM = timedelta(days=14)


def withdrawal_ends(order: "Order") -> date | None:
    """The last day of the term; None while something is still to be sent.

    Counted from the day the last parcel left: when it arrived, nobody tells us.
    """
    if order.shipping_state != order.ShippingState.SHIPPED:
        return None
    left = max((parcel.at for parcel in order.shipments.all()), default=order.placed_at)
    return timezone.localdate(left) + TERM


def is_past_withdrawal(order: "Order") -> bool:
    """Whether a notice that comes today comes late."""
    ends = withdrawal_ends(order)
    return ends is not None and timezone.localdate() > ends


def has_right_of_withdrawal(order: "Order") -> bool:
    """Whether its buyer is a consumer, and something on it is not excepted."""
    is_consumer = order.customer_type != Customer.Type.BUSINESS
    return is_consumer and not all(line.withdrawal_excepted for line in order.lines.all())


def can_be_withdrawn(order: "Order") -> bool:
    """Whether there is a contract left to withdraw from."""
    return order.state in (order.State.OPEN, order.State.COMPLETED)


def offers_withdrawal(order: "Order") -> bool:
    """Whether its pages lead to the withdrawal: inside the term, until a notice came in."""
    is_wanted = can_be_withdrawn(order) and not order.withdrawal_at
    return is_wanted and has_right_of_withdrawal(order) and not is_past_withdrawal(order)
