"""Payment reminders, sent by staff or by the worker some days after payment was due.

Each is an event of its order, written under the order's lock, so that nobody sends a second one on the same day.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from customers.models import Customer
from customers.models.customer_manager import start_of
from orders import mails
from orders.handling.errors import OrderError
from orders.models import Order, OrderEvent
from orders.models.order_queryset import OrderQuerySet
from shopadmin.database_clock import database_now
from shopadmin.models import StoreSettings

# A shop that switches reminders on, or whose worker stood still, does not remind of what was due longer ago.
CATCHES_UP = timedelta(days=7)
AT_ONCE = 200


def obstacle(order: Order) -> str:
    """Why no reminder can be sent now, in words; empty if one can."""
    if not order.outstanding:
        return gettext("There is nothing left to pay on this order")
    if not order.asks_for_payment:
        return gettext("The customer withdrew from the contract: answer the withdrawal first")
    if not order.email:
        return gettext("This order has no email address")
    if reminders_today().filter(order=order).exists():
        return gettext("A payment reminder was already sent today")
    return ""


def reminders_today() -> QuerySet[OrderEvent]:
    """What was sent since midnight; the day is that of the active time zone."""
    return OrderEvent.objects.filter(
        kind=OrderEvent.Kind.REMINDER, at__gte=start_of(timezone.localdate(database_now()))
    )


@transaction.atomic
def remind(order: Order, *, by: Customer | None = None) -> None:
    """Email the shopper what is left to pay, once a day at most; OrderError with the `obstacle` where there is one."""
    order.lock()
    if words := obstacle(order):
        raise OrderError(words)
    facts = {"amount": str(order.outstanding)}
    order.events.create(kind=OrderEvent.Kind.REMINDER, by=by, facts=facts, at=database_now())
    mails.remind_of_payment(order)


def remind_overdue() -> None:
    """Remind of every order that is due for it, each in a transaction of its own; the worker does so every hour."""
    store = StoreSettings.current()
    if store.reminder_days is None:
        return
    with timezone.override(store.time_zone):
        for pk in due_for_reminder(store.reminder_days).values_list("pk", flat=True)[:AT_ONCE]:
            _remind_if_still_due(pk, store.reminder_days)


@transaction.atomic
def _remind_if_still_due(pk: int, days: int) -> None:
    """Lock the order, then ask again: another worker may have been quicker, or the money has come."""
    Order.objects.select_for_update().filter(pk=pk).first()
    order = due_for_reminder(days).filter(pk=pk).first()
    if order and not obstacle(order):
        remind(order)


def due_for_reminder(days: int) -> OrderQuerySet:
    """Orders due that many days ago, or up to a week longer, and not reminded of since; the longest due first."""
    last = timezone.localdate(database_now()) - timedelta(days=days)
    reminded = OrderEvent.objects.filter(
        order=OuterRef("pk"), kind=OrderEvent.Kind.REMINDER, at__date__gt=OuterRef("pay_by")
    )
    overdue = Order.objects.overdue().filter(pay_by__range=(last - CATCHES_UP, last), withdrawal_at=None)
    usable = overdue.exclude(email="").exclude(customer__restricted_at__isnull=False)
    return usable.exclude(Exists(reminded)).order_by("pay_by", "pk")
