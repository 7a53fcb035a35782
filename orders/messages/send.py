"""Messages to the shopper about an order: mailed, and shown on the shopper's page of the order."""

import uuid

from django.db import transaction
from django.utils.translation import gettext

from customers.models import Customer
from orders import mails
from orders.handling.errors import OrderError
from orders.models import Order, OrderMessage


@transaction.atomic
def send_message(order: Order, *, text: str, by: Customer | None, key: uuid.UUID | None = None) -> OrderMessage:
    """Write to the shopper; the same `key` writes once."""
    order.lock()
    if sent := key and order.messages.filter(key=key).first():
        return sent
    if not order.email or order.is_closed_and_erased:
        raise OrderError(gettext("This order has no email address"))
    message = order.messages.create(text=text, by=by, key=key or uuid.uuid4())
    mails.tell_of_message(message)
    return message
