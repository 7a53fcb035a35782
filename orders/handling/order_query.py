"""An order with the rows below it, in two queries: lines, addresses, payments, parcels, documents and messages.

For the backoffice also its events, withdrawals, notes and tags. They are kept where `prefetch_related` would keep them,
so that `order.lines.all()` and the like query nothing more.
"""

from functools import cache

from django.db import models
from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.shortcuts import get_object_or_404

from customers.history.words import NAMES, name_columns
from customers.models import Customer
from orders.models import (
    Document,
    Order,
    OrderAddress,
    OrderEvent,
    OrderLine,
    OrderMessage,
    OrderNote,
    OrderTag,
    Payment,
    PaymentAttempt,
    Shipment,
    ShipmentLine,
    WithdrawalNotice,
)
from shopadmin.lists.json_rows import JSONRows, columns_of, model_instance, store_prefetched
from shopadmin.lists.precompiled_query import PrecompiledQuery
from shopadmin.models import Mail

# Relation of the order: what it holds, and what its pages do not need.
BELOW = {
    "lines": (OrderLine, {"order_placed_at", "order_total"}),
    "addresses": (OrderAddress, set()),
    "payments": (Payment, {"key"}),
    "shipments": (Shipment, {"key"}),
    "documents": (Document, {"content"}),
    "messages": (OrderMessage, {"key"}),
    "payment_attempts": (PaymentAttempt, {"key", "address"}),
}
# What the backoffice shows besides; whoever caused an event or wrote a note comes with it.
BELOW_IN_BACKOFFICE = BELOW | {
    "events": (OrderEvent, set()),
    "withdrawals": (WithdrawalNotice, {"key"}),
    "notes": (OrderNote, set()),
    "order_tags": (OrderTag, {"order_placed_at", "order_total"}),
}

PEOPLE = {OrderEvent: "by", OrderMessage: "by", OrderNote: "author"}


def order_in_full_or_404(orders: QuerySet, *, in_backoffice: bool = False, **which) -> Order:
    """The order that the filters in `which` find, with everything that its pages show.

    Each parcel has how many pieces were in it (`articles`); for the backoffice the order has the emails about it
    (`order.mails`).
    """
    order = get_object_or_404(orders, **which)
    below = BELOW_IN_BACKOFFICE if in_backoffice else BELOW
    lists = _query(in_backoffice).row(order.pk)
    for (name, (model, _without)), found in zip(below.items(), lists, strict=False):
        rows = [model_instance(model, columns) for columns in found]
        for row in rows:
            row.order = order
            if person := PEOPLE.get(model):
                setattr(row, person, _person(row, person))
        store_prefetched(order, name, rows)
    if in_backoffice:
        order.mails = [model_instance(Mail, columns) for columns in lists[-1]]
    return order


@cache
def _query(in_backoffice: bool) -> PrecompiledQuery:
    below = BELOW_IN_BACKOFFICE if in_backoffice else BELOW

    def lists(pk: int) -> QuerySet:
        rows = [_rows(model, without) for model, without in below.values()]
        rows += [_mails()] if in_backoffice else []
        return Order.objects.filter(pk=pk).values_list(*rows)

    return PrecompiledQuery(lists, -1)


def _rows(model: type[models.Model], without: set[str]) -> JSONRows:
    columns = columns_of(model, without)
    if model is Shipment:
        columns["articles"] = _articles()
    if person := PEOPLE.get(model):
        columns |= name_columns(person)
    if model is OrderTag:
        columns["name"] = F("tag__name")
    return JSONRows(model.objects.filter(order=OuterRef("pk")), **columns)


def _mails() -> JSONRows:
    """What was mailed about it, as its events say; an erasure takes mails and leaves events."""
    number = Cast(KT("facts__mail"), BigIntegerField())
    told = OrderEvent.objects.filter(order=OuterRef(OuterRef("pk")), kind=OrderEvent.Kind.MAIL).order_by()
    mails = Mail.objects.filter(pk__in=told.annotate(mail=number).values("mail"))
    return JSONRows(mails, **columns_of(Mail, {"text", "html", "search_text"}))


def _person(row: models.Model, relation: str) -> Customer | None:
    number = getattr(row, f"{relation}_id")
    names = {name: getattr(row, f"{relation}_{name}") or "" for name in NAMES}
    return Customer(pk=number, **names) if number else None


def _articles() -> Subquery:
    lines = ShipmentLine.objects.filter(shipment=OuterRef("pk")).order_by().values("shipment")
    return Subquery(lines.annotate(articles=Sum("quantity")).values("articles"))
