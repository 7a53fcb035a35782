"""What wants a merchant's attention: counted in one query, each count capped, for the menu and the dashboard."""

from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from operator import add

from django.db.models import Expression, F, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject, Least
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.models import Customer, HistoryEntry, PrivacyRequest, Segment
from customers.models.customer_manager import start_of
from customers.privacy.retention import Record, first_day_kept
from orders.models import Document, Order, Product, WithdrawalNotice
from shopadmin.lists.json_rows import JSONRows, parsed_datetime, parsed_object
from shopadmin.lists.listing import capped
from shopadmin.lists.precompiled_query import PrecompiledQuery
from shopadmin.models import Mail, StoreSettings
from shopadmin.rendering.formats import ago, day

CAP, CAP_OF_LINE = 99, 999
IN_MENU = ("approvals", "orders", "withdrawals", "privacy", "mails")


class Capped(Subquery):
    """How many rows a query has, counted no further than one beyond the cap."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) capped)"
    output_field = IntegerField()

    def __init__(self, queryset: QuerySet, cap: int, *, by: str = "pk") -> None:
        super().__init__(queryset.order_by().values(by)[: cap + 1])


@dataclass(frozen=True)
class Queue:
    """What waits: the rows that the list behind it shows, and those that say since when, by a column if they do.

    `by` is the column of which each value counts once, where rows are not what is counted.
    `more` are the rest of these rows, in parts that an index gives in order: asked for with one OR, PostgreSQL walks
    past every open order to count to a hundred, or to find the oldest.
    """

    rows: QuerySet
    column: str = ""
    dated: QuerySet | None = None
    more: tuple[QuerySet, ...] = ()
    by: str = "pk"

    def count(self, cap: int) -> Expression:
        """How many there are; where that is more than the cap, some number above it."""
        return reduce(add, (Capped(rows, cap, by=self.by) for rows in (self.rows, *self.more)))

    @property
    def oldest(self) -> Expression:
        dated = self.rows if self.dated is None else self.dated
        return reduce(_earlier, map(self._first, (dated, *self.more)))

    def _first(self, rows: QuerySet) -> Subquery:
        return Subquery(rows.order_by(self.column).values(self.column)[:1])


def _earlier(one: Expression, other: Expression) -> Expression:
    # SQLite's least of a value and nothing is nothing.
    return Least(Coalesce(one, other), Coalesce(other, one))


@dataclass(frozen=True)
class Waiting:
    """One line of the queue: how many of what, since when, and where to look."""

    count: str
    what: str
    since: str
    url: str


@dataclass(frozen=True)
class Menu:
    """What the menu of the backoffice shows of the rows: how many wait, by kind, as words, and saved views, by list."""

    counts: dict[str, str]
    segments: dict[str, list[dict[str, str]]]


def menu(*, sees_restricted: bool) -> Menu:
    """How many wait of what the menu counts (99+; nothing for none), and the views of lists with a name."""
    segments, *found = _in_menu(sees_restricted).row() or [[]]
    counts = {name: capped(count, CAP) for name, count in zip(IN_MENU, found, strict=False) if count}
    views: dict[str, list[dict[str, str]]] = {}
    for segment in segments:
        views.setdefault(segment["list"], []).append(segment)
    return Menu(counts, views)


@cache
def _in_menu(sees_restricted: bool) -> PrecompiledQuery:
    queues = _queues(sees_restricted)
    segments = JSONRows(Segment.objects.all(), name=F("name"), query=F("query"), list=F("list"))
    counts = [queues[name].count(CAP) for name in IN_MENU]
    return PrecompiledQuery(lambda: StoreSettings.objects.values_list(segments, *counts)[:1])


def subqueries(*, sees_restricted: bool) -> dict[str, Expression]:
    """How many wait of each kind (by its name), and since when (by `…_since`), for a query that counts more besides."""
    return _subqueries_of(_queues(sees_restricted))


def oldest_document() -> Subquery:
    """When the oldest document was issued: before the term of the law is over, no document can be past it."""
    return Subquery(Document.objects.order_by("issued_at").values("issued_at")[:1])


def kept_too_long(found: dict, store: StoreSettings) -> dict:
    """How many documents are past their retention, and since when; asked only if the oldest in the row can be."""
    first_day = start_of(first_day_kept(timezone.localdate(), store, Record.DOCUMENT))
    issued = _parsed(found.get("oldest_document"))
    if not issued or issued >= first_day:
        return {}
    queues = {"retention": Queue(Document.objects.past_retention(store), "issued_at")}
    [row] = StoreSettings.objects.values_list(JSONObject(**_subqueries_of(queues)))[0]
    return parsed_object(row)


def _subqueries_of(queues: dict[str, Queue]) -> dict[str, Expression]:
    counts: dict[str, Expression] = {name: queue.count(CAP_OF_LINE) for name, queue in queues.items()}
    return counts | {f"{name}_since": queue.oldest for name, queue in queues.items() if queue.column}


def waiting(found: dict) -> list[Waiting]:
    """The lines of the dashboard, of a row that has the `subqueries`; what does not wait is left out."""
    return [
        Waiting(capped(found[name], CAP_OF_LINE), what, since(_parsed(found.get(f"{name}_since"))), url)
        for name, what, since, url in _lines()
        if found.get(name)
    ]


def _parsed(since: str | None) -> date | None:
    """A day, or a moment, as the row's JSON has it."""
    if not since:
        return None
    return date.fromisoformat(since) if len(since) == len("2026-11-29") else parsed_datetime(since)


def _queues(sees_restricted: bool) -> dict[str, Queue]:
    """What can wait, by the name of its line; without whom the lists behind leave out."""
    shoppers, unseen = Customer.objects.shoppers(), HistoryEntry.objects.filter(seen=False, customer__is_shopper=True)
    mails = Mail.objects.failing()
    unpaid_to_ship = tuple(Order.objects.to_ship_unpaid(method) for method in sorted(Order.PAID_AFTERWARDS))
    if not sees_restricted:
        shoppers, unseen = shoppers.unrestricted(), unseen.filter(customer__restricted_at__isnull=True)
        mails = mails.about_unrestricted()
    return {
        "approvals": Queue(shoppers.awaiting_approval(), "created_at"),
        "orders": Queue(Order.objects.to_ship_paid(), "placed_at", more=unpaid_to_ship),
        "services": Queue(Order.objects.to_provide(), "placed_at"),
        "unpaid": Queue(Order.objects.unpaid(), "placed_at"),
        "overdue": Queue(Order.objects.overdue(), "pay_by"),
        "stock": Queue(Product.objects.low_on_stock()),
        "withdrawals": Queue(WithdrawalNotice.objects.unanswered(), "at"),
        "mails": Queue(mails, "created_at"),
        # Customers by the history, which an index has in their order: the other way round all of it is read.
        "changes": Queue(unseen.distinct(), "at", unseen, by="customer"),
        "privacy": Queue(PrivacyRequest.objects.open(), "due_on"),
    }


def _lines() -> list[tuple]:
    """(kind, words, words for the date, address) in the order of the dashboard."""
    orders, customers = reverse("backoffice_orders"), reverse("customers")
    return [
        ("approvals", _("Customers awaiting approval"), _oldest_day, f"{customers}?status=awaiting"),
        ("orders", _("Orders to ship"), _oldest_day, f"{orders}?todo=send"),
        ("services", _("Services to provide"), _oldest_day, f"{orders}?todo=provide"),
        ("unpaid", _("Orders with payment due"), _oldest_day, f"{orders}?todo=pay"),
        ("overdue", _("Orders with overdue payment"), _due_since, f"{orders}?overdue=on"),
        ("withdrawals", _("Withdrawals to answer"), _oldest_day, reverse("withdrawals")),
        ("stock", _("Products low in stock"), _no_day, f"{reverse('products')}?status=low"),
        ("mails", _("Emails with delivery problems"), _oldest_day, f"{reverse('mails')}?state=failing"),
        ("changes", _("Customers with new changes"), _oldest_day, f"{customers}?unseen=on"),
        ("privacy", _("Privacy requests to answer"), _due, reverse("privacy_requests")),
        (
            "retention",
            _("Documents past their retention period"),
            _oldest_day,
            reverse("settings_section", args=["privacy"]),
        ),
    ]


def _no_day(at: None) -> str:
    return ""


def _oldest_day(at: date) -> str:
    return _("oldest: %s") % ago(at)


def _due_since(on: date) -> str:
    return _("earliest due date: %s") % ago(on)


def _due(on: date) -> str:
    return _("next due: %s") % day(on)
