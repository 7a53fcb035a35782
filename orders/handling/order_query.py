"""An order with the rows below it, read in one query: lines, addresses, payments, parcels, papers and messages; for the
backoffice also what happened to it, the withdrawals from it, notes and tags.

The lists are kept where `prefetch_related` would keep them: `order.lines.all()` and the like ask for nothing more.
"""

from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
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

# Relation of the order: what it holds, and what its pages do not need.
BELOW = {
    "lines": (OrderLine, set()),
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
    "order_tags": (OrderTag, set()),
}

PEOPLE = {OrderEvent: "by", OrderMessage: "by", OrderNote: "author"}


def order_in_full_or_404(orders: QuerySet, below: dict = BELOW, **which) -> Order:
    """The order that `which` says, with everything that its pages show; `parcel.articles` counts what was in it."""
    lists = {f"{name}_list": _rows(model, without) for name, (model, without) in below.items()}
    order = get_object_or_404(orders.annotate(**lists), **which)
    for name, (model, _without) in below.items():
        rows = [model_instance(model, columns) for columns in getattr(order, f"{name}_list")]
        for row in rows:
            row.order = order
            if person := PEOPLE.get(model):
                setattr(row, person, _person(row, person))
        store_prefetched(order, name, rows)
    return order


def _rows(model: type[models.Model], without: set[str]) -> JSONRows:
    columns = columns_of(model, without)
    if model is Shipment:
        columns["articles"] = _articles()
    if person := PEOPLE.get(model):
        columns |= name_columns(person)
    if model is OrderTag:
        columns["name"] = F("tag__name")
    return JSONRows(model.objects.filter(order=OuterRef("pk")), **columns)


def _person(row: models.Model, relation: str) -> Customer | None:
    number = getattr(row, f"{relation}_id")
    names = {name: getattr(row, f"{relation}_{name}") or "" for name in NAMES}
    return Customer(pk=number, **names) if number else None


def _articles() -> Subquery:
    lines = ShipmentLine.objects.filter(shipment=OuterRef("pk")).order_by().values("shipment")
    return Subquery(lines.annotate(articles=Sum("quantity")).values("articles"))
