"""An order with the rows below it, read in one query: lines, addresses, payments, parcels and papers.

Both databases make a JSON list of a subquery's rows, each with a function of its own; here is the difference. The
lists are kept where `prefetch_related` would keep them: `order.lines.all()` and the like ask for nothing more.
"""

from datetime import UTC, datetime

from django.db import models
from django.db.models import F, JSONField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404

from orders.models import Document, Order, OrderAddress, OrderLine, Payment, Shipment, ShipmentLine

# Relation of the order: what it holds, and what its pages do not need.
BELOW = {
    "lines": (OrderLine, set()),
    "addresses": (OrderAddress, set()),
    "payments": (Payment, {"key"}),
    "shipments": (Shipment, {"key"}),
    "documents": (Document, {"content"}),
}


class Rows(Subquery):
    """The rows of a query as one JSON list, in the order of the query."""

    output_field = JSONField()
    template = "(SELECT json_group_array(json(listed.row)) FROM (%(subquery)s) listed)"

    def __init__(self, queryset: QuerySet, **columns: object) -> None:
        super().__init__(queryset.values(row=JSONObject(**columns)))

    def as_postgresql(self, compiler, connection, **extra_context):
        """The same in PostgreSQL's words."""
        template = "(SELECT COALESCE(jsonb_agg(listed.row), '[]') FROM (%(subquery)s) listed)"
        return self.as_sql(compiler, connection, template=template, **extra_context)


def order_in_full_or_404(orders: QuerySet, **which: object) -> Order:
    """The order that `which` says, with everything that its pages show; `parcel.articles` counts what was in it."""
    lists = {f"{name}_list": _rows(model, without) for name, (model, without) in BELOW.items()}
    order = get_object_or_404(orders.annotate(**lists), **which)
    for name, (model, _without) in BELOW.items():
        _keep(order, name, [_instance(model, columns) for columns in getattr(order, f"{name}_list")])
    return order


def _rows(model: type[models.Model], without: set[str]) -> Rows:
    columns = {field.attname: F(field.attname) for field in model._meta.concrete_fields}
    columns = {name: column for name, column in columns.items() if name not in without}
    if model is Shipment:
        columns["articles"] = _articles()
    return Rows(model.objects.filter(order=OuterRef("pk")), **columns)


def _articles() -> Subquery:
    lines = ShipmentLine.objects.filter(shipment=OuterRef("pk")).order_by().values("shipment")
    return Subquery(lines.annotate(articles=Sum("quantity")).values("articles"))


def _keep(order: Order, name: str, rows: list[models.Model]) -> None:
    kept = getattr(order, name).all()
    kept._result_cache = rows
    for row in rows:
        row.order = order
    order.__dict__.setdefault("_prefetched_objects_cache", {})[name] = kept


def _instance(model: type[models.Model], columns: dict) -> models.Model:
    """A row as the model reads it; what was left out is read when it is asked for."""
    fields = [field for field in model._meta.concrete_fields if field.attname in columns]
    values = [_typed(field, columns.pop(field.attname)) for field in fields]
    instance = model.from_db(None, [field.attname for field in fields], values)
    instance.__dict__.update(columns)
    return instance


def _typed(field: models.Field, value: object) -> object:
    typed = field.to_python(value)
    if isinstance(field, models.DecimalField):
        return round(typed, field.decimal_places)
    # SQLite keeps moments in UTC without saying so.
    return typed.replace(tzinfo=UTC) if isinstance(typed, datetime) and typed.tzinfo is None else typed
