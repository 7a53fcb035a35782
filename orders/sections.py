"""What orders add to what lies below: timeline, merging and erasure of customers, ways to pay in the store settings."""

from django.utils.translation import gettext_lazy as _

from customers import deletion, merge, overview, tasks, timeline
from customers.importing import erased
from orders import erasing, merging, payment_methods, thread, withdrawals
from orders.models import OrderImport
from orders.tasks import run_import
from shopadmin import housekeeping, sections


def register() -> None:
    """Called once, when the app is ready."""
    deletion.sections.append(erasing.goes_and_stays)
    erased.IMPORTS.append(OrderImport)
    tasks.JOBS[run_import.module_path] = OrderImport
    merge.sections.append(merge.Section(merging.move, merging.put_back))
    overview.sections.append(overview.Section("orders", thread.rows_of_newest, thread.newest))
    overview.sections.append(overview.Section("first_order_at", thread.rows_of_first, thread.first_at))
    timeline.sections += [
        timeline.Section("orders", _("Orders"), thread.rows_of_orders, thread.orders_in_words),
        timeline.Section("orders", _("Orders"), thread.rows_of_events, thread.events_in_words),
    ]
    sections.payment_methods.extend(payment_methods.choices())
    housekeeping.chores.append(withdrawals.forget_strangers)
