"""Erasing guests some days after their last order is done, in a shop whose settings say so.

Who agreed to marketing emails stays for the sake of those, who is blocked stays blocked, who had the use of their data
restricted may need it, and who waits for an answer, or had a note written on them or their orders since, is not done
with yet.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from customers.importing.erased import keep_out
from customers.lock_sequence import lock_what_comes_first
from customers.models import Customer, Note, PrivacyRequest
from customers.models.customer_manager import start_of
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure, erasure_log
from customers.privacy.erasure.known_emails import emails_of
from orders.models import Order, OrderEvent, OrderNote, Payment, WithdrawalNotice
from shopadmin.models import StoreSettings

BATCH = 100


def due_guests() -> QuerySet[Customer]:
    """The guests to be erased now; the days are those of the active time zone."""
    days = StoreSettings.current().erase_guests_after_days
    if days is None:
        return Customer.objects.none()
    since = start_of(timezone.localdate() - timedelta(days=days - 1))
    guests = Customer.objects.shoppers().guests().unrestricted()
    guests = guests.filter(is_staff=False, access=Customer.Access.OPEN)
    for rows in _not_done_with(since):
        guests = guests.exclude(Exists(rows))
    return guests.filter(_has_ordered(before=since), marketing_consent=False)


def erase_due_guests() -> Iterator[Counter]:
    """Erase them, batch by batch; tells of each how many."""
    last = 0
    while ids := list(due_guests().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield Counter(guests=_erase(ids))
        last = ids[-1]


@erasure_log.erasing()
def _erase(ids: list[int]) -> int:
    """Lock first and ask then, so that nobody goes who orders at this moment."""
    guests = Customer.objects.filter(pk__in=ids).order_by("pk")
    # Imports before orders and customers, as everybody locks them.
    keep_out(email for emails in emails_of(guests).values() for email in emails)
    lock_what_comes_first(ids)
    list(guests.select_for_update().values_list("pk"))
    due = list(due_guests().filter(pk__in=ids).order_by("pk"))
    return len(erasure.erase_many(due, by=ActorKind.COMMAND, notify=False))


def _not_done_with(since: datetime) -> list[QuerySet]:
    """What must not be there, of the customer in the query around it."""
    orders = Order.objects.filter(customer=OuterRef("pk"))
    below = {"order__customer": OuterRef("pk")}
    return [
        orders.filter(Q(state=Order.State.OPEN) | Q(placed_at__gte=since)),
        OrderEvent.objects.filter(at__gte=since, **below),
        Payment.objects.filter(at__gte=since, **below),
        WithdrawalNotice.objects.unanswered().filter(**below),
        Note.objects.filter(customer=OuterRef("pk"), at__gte=since),
        OrderNote.objects.filter(at__gte=since, **below),
        PrivacyRequest.objects.open().filter(customer=OuterRef("pk")),
    ]


def _has_ordered(*, before: datetime) -> Q:
    """Whether there was an order at all; one that made the record may be anonymised by now."""
    orders = Order.objects.filter(customer=OuterRef("pk"))
    return Q(Exists(orders)) | Q(origin=Customer.Origin.ORDER, created_at__lt=before)
