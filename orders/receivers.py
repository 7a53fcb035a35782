"""What orders do when something happens to customers."""

from customers.privacy.erasure.erasure import Person
from customers.signals import customers_erased
from orders.customer_hooks import erasure


def connect() -> None:
    """Called once, when the app is ready."""
    customers_erased.connect(let_orders_go, dispatch_uid="let_orders_go")


def let_orders_go(sender: type, *, people: list[Person], **kwargs) -> None:
    emails = [email for person in people for email in person.emails]
    erasure.let_go([person.customer.pk for person in people], emails=emails)
