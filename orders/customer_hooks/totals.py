"""What a customer's row knows of its orders: how many, how much, the last one, and their numbers for the search."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import DecimalField, F
from django.db.models.functions import Greatest, Round

from customers.models import Customer, PostalAddress
from orders.checkout.totals import ZERO, rounded
from orders.models import Order

# What was spent on one order: its total less what was refunded and not paid again. Rounded, since SQLite subtracts
# floating-point numbers.
SPENT = Round(
    Greatest(F("total") - F("refunded"), F("paid")),
    precision=2,
    output_field=DecimalField(max_digits=14, decimal_places=2),
)


@transaction.atomic
def recount(customer: Customer) -> None:
    """Count all orders of a customer anew, under the lock of its row."""
    locked = Customer.objects.select_for_update(no_key=True).filter(pk=customer.pk).first()
    if locked is None:
        return
    orders = list(locked.orders.order_by("placed_at", "id").values_list("number", "state", SPENT, "placed_at"))
    locked.order_numbers = " ".join(number for number, *_ in orders)
    _write(
        locked,
        orders_count=len(orders),
        spent=rounded(sum((spent for _number, state, spent, _at in orders if state not in Order.OVER), ZERO)),
        last_order_at=orders[-1][3] if orders else None,
    )


def recount_customer_of(order: Order) -> None:
    """Count the customer of an order anew; nothing to do where it was erased."""
    if order.customer:
        recount(order.customer)


def count_in(order: Order, customer: Customer, *, addresses: Sequence[PostalAddress] | None = None) -> None:
    """Count one new order in, for a customer whose row the caller has locked and then read.

    `addresses`: the customer's addresses, if the caller has just written them, so that they are not read again.
    """
    customer.order_numbers = f"{customer.order_numbers} {order.number}".strip()
    _write(
        customer,
        addresses,
        orders_count=customer.orders_count + 1,
        spent=customer.spent + order.total,
        last_order_at=max(order.placed_at, customer.last_order_at or order.placed_at),
    )


def _write(customer: Customer, addresses: Sequence[PostalAddress] | None = None, **counted) -> None:
    """All of it in one UPDATE, the search text with it; the instance follows."""
    counted |= {"order_numbers": customer.order_numbers, **customer.known_for_the_list(addresses)}
    Customer.objects.filter(pk=customer.pk).update(**counted)
    for name, value in counted.items():
        setattr(customer, name, value)
