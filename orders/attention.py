"""What wants a merchant's attention: counted in one query, each count capped, for the menu and the dashboard."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import F, IntegerField, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from customers.models import Customer, HistoryEntry, PrivacyRequest, Segment
from orders.models import Order, WithdrawalNotice
from shopadmin.formats import ago, long_day
from shopadmin.json_rows import Rows
from shopadmin.models import Mail, StoreSettings
from shopadmin.prepared import Prepared

CAP = 99
IN_MENU = ("approvals", "orders", "withdrawals", "privacy", "mails")


class Capped(Subquery):
    """How many rows a query has, counted no further than one beyond the cap."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) capped)"
    output_field = IntegerField()

    def __init__(self, queryset: QuerySet) -> None:
        super().__init__(queryset.order_by().values("pk")[: CAP + 1])


@dataclass(frozen=True)
class Waiting:
    """One line of the queue: how many of what, since when, and where to look."""

    count: str
    what: str
    since: str
    url: str


@dataclass(frozen=True)
class Menu:
    """What the menu of the backoffice shows of the rows: how many wait, by kind, as words, and the saved views."""

    counts: dict[str, str]
    segments: list[dict[str, str]]


def menu() -> Menu:
    """How many wait of what the menu counts (99+; nothing for none), and the views of the customer list with a name."""
    segments, *found = _in_menu().row() or [[]]
    counts = {name: _words(count) for name, count in zip(IN_MENU, found, strict=False) if count}
    return Menu(counts, segments)


@cache
def _in_menu() -> Prepared:
    queues = _queues()
    segments = Rows(Segment.objects.all(), name=F("name"), query=F("query"))
    counts = [Capped(queues[name][0]) for name in IN_MENU]
    return Prepared(lambda: StoreSettings.objects.values_list(segments, *counts)[:1])


def waiting() -> list[Waiting]:
    """Everything that waits, with its oldest; what does not wait is left out."""
    queues = _queues()
    asked = {name: Capped(queue) for name, (queue, _column) in queues.items()}
    asked |= {f"{name}_since": _oldest(queue, column) for name, (queue, column) in queues.items()}
    found = _one_row(asked)
    return [
        Waiting(_words(found[name]), what, since(found[f"{name}_since"]), url)
        for name, what, since, url in _lines()
        if found.get(name)
    ]


def _queues() -> dict[str, tuple[QuerySet, str]]:
    """What can wait: the rows, and the column that says since when."""
    return {
        "approvals": (Customer.objects.shoppers().awaiting_approval(), "created_at"),
        "orders": (Order.objects.paid_not_shipped(), "placed_at"),
        "unpaid": (Order.objects.unpaid(), "placed_at"),
        "withdrawals": (WithdrawalNotice.objects.unanswered(), "at"),
        "mails": (Mail.objects.failing(), "created_at"),
        "changes": (HistoryEntry.objects.filter(seen=False), "at"),
        "privacy": (PrivacyRequest.objects.filter(state=PrivacyRequest.State.OPEN), "due_on"),
    }


def _lines() -> list[tuple]:
    """(kind, words, words for the date, address) in the order of the dashboard."""
    orders, customers = reverse("backoffice_orders"), reverse("customers")
    return [
        ("approvals", _("Customers wait for approval"), _oldest_day, f"{customers}?status=awaiting"),
        ("orders", _("Orders paid, not sent"), _oldest_day, f"{orders}?todo=send"),
        ("unpaid", _("Orders not paid"), _oldest_day, f"{orders}?todo=pay"),
        ("withdrawals", _("Withdrawals to answer"), _oldest_day, reverse("withdrawals")),
        ("mails", _("Mails that could not be delivered"), _oldest_day, f"{reverse('mails')}?state=failed"),
        ("changes", _("Shoppers’ changes not seen"), _oldest_day, f"{customers}?unseen=on"),
        ("privacy", _("Privacy requests to answer"), _due, reverse("privacy_requests")),
    ]


def _oldest(queue: QuerySet, column: str) -> Subquery:
    return Subquery(queue.order_by(column).values(column)[:1])


def _one_row(asked: dict) -> dict:
    return StoreSettings.objects.values(**asked).first() or {}


def _words(count: int) -> str:
    return f"{CAP}+" if count > CAP else str(count)


def _oldest_day(at: date) -> str:
    return _("oldest: %s") % ago(at)


def _due(on: date) -> str:
    return _("next due: %s") % long_day(on)
