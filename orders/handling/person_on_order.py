"""Who may see whom an order is for, once its customer was erased."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from customers.models import Customer
from orders.models import Order
from shopadmin.access import has_right
from shopadmin.roles import Right


def sees_person(staff: Customer, order: Order) -> bool:
    """Whether this member of staff may see whom the order is for."""
    return not order.is_closed_and_erased or has_right(staff, Right.RESTRICTED)


def usable_order_or_404(**which: str) -> Order:
    """The order, for pages on which staff still do something for its customer.

    Not found once the order is kept only because the law says so (done, and its customer erased).
    """
    order = get_object_or_404(Order, **which)
    if order.is_closed_and_erased:
        raise Http404
    return order
