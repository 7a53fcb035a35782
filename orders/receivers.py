"""What orders do when something happens to customers."""

from customers.privacy.erasure.erasure import Person
from customers.signals import customers_erased
from orders.customer_hooks import erasure


def connect() -> None:
    """Called once, when the app is ready."""
    customers_erased.connect(detach_orders, dispatch_uid="detach_orders")


def detach_orders(sender: type, *, people: list[Person], **kwargs) -> None:
    emails = [email for person in people for email in person.emails]
    erasure.detach_orders([person.customer.pk for person in people], emails=emails)
