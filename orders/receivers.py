"""What orders do when something happens to customers."""

from customers.signals import customer_erased
from orders.customer_hooks import erasure


def connect() -> None:
    """Called once, when the app is ready."""
    customer_erased.connect(let_orders_go, dispatch_uid="let_orders_go")


def let_orders_go(sender: type, *, customer_id: int, email: str, aliases: list[str], **kwargs) -> None:
    erasure.let_go(customer_id, emails=[email, *aliases])
