from customers.models import Customer
from orders.models import Order
from shopadmin.access import has_right
from shopadmin.roles import Right


def sees_person(staff: Customer, order: Order) -> bool:
    """Whether this member of staff may see whom the order is for."""
    return not order.is_restricted or has_right(staff, Right.RESTRICTED)
