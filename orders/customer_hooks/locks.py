"""Orders are locked before their customers: see `customers/lock_sequence.py`."""

from collections.abc import Collection

from orders.models import Order


def lock_orders_of(customers: Collection[int]) -> None:
    """Lock all orders of these customers, by their ids, until the transaction ends."""
    orders = Order.objects.filter(customer__in=customers).order_by("pk")
    list(orders.select_for_update().values_list("pk"))
