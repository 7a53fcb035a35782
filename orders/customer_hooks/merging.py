"""What becomes of orders when two customers turn out to be one, and when they are parted again."""

from customers.email_addresses import normalise_email
from customers.merging.merge import Moved
from customers.models import Customer, Merge
from orders.customer_hooks import totals
from orders.models import Order


def move(kept: Customer, merged: Customer) -> Moved:
    """Give the kept record every order of the merged one; both are counted anew."""
    orders = Order.objects.filter(customer=merged)
    moved = {"orders": list(orders.order_by("pk").values_list("pk", flat=True))}
    orders.update(customer=kept)
    _recount(kept, merged)
    return moved


def put_back(merge: Merge) -> None:
    """Give back the orders that moved, and those placed since with an address that was merged away."""
    ids = {*merge.moved.get("orders", []), *_placed_since(merge)}
    Order.objects.filter(pk__in=ids, customer=merge.kept).update(customer=merge.merged)
    _recount(merge.kept, merge.merged)


def _placed_since(merge: Merge) -> list[int]:
    aliases = Customer.objects.filter(pk__in=merge.moved.get("aliases", [])).values_list("email", flat=True)
    addresses = {merge.merged.email, *aliases}
    since = merge.kept.orders.filter(placed_at__gt=merge.at).values_list("pk", "email")
    return [pk for pk, email in since if normalise_email(email) in addresses]


def _recount(*customers: Customer) -> None:
    for customer in customers:
        totals.recount(customer)
