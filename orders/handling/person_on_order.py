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
    """The order that `which` says, for what is no longer done to one that is kept only because the law says so."""
    order = get_object_or_404(Order, **which)
    if order.is_closed_and_erased:
        raise Http404
    return order
