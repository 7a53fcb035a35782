"""How long an order and its documents are kept: together, until the last of them may go."""

from datetime import date, datetime

from django.utils import timezone

from customers.privacy.retention import Record, kept_until
from orders.models import Order
from shopadmin.models import StoreSettings


def order_kept_until(order: Order, store: StoreSettings) -> date:
    """The last day on which an order that is done must be there; it was read `with_last_records`."""
    as_order = max(filter(None, [order.placed_at, order.last_event_at]))
    in_the_accounts = [moment for moment in (order.last_document_at, order.last_payment_at) if moment]
    days = [_kept_until(as_order, store, Record.ORDER)]
    days += [_kept_until(moment, store, Record.DOCUMENT) for moment in in_the_accounts]
    return max(days)


def _kept_until(moment: datetime, store: StoreSettings, record: Record) -> date:
    return kept_until(timezone.localdate(moment), store, record)
