"""Orders as a CSV file, a row for each line of an order, in the columns that an import reads.

Read and written batch by batch: two million orders take no more memory than two thousand. Of whoever was erased, or had
the use of their data restricted, nothing is written.
"""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import Prefetch, QuerySet

from customers.exporting.cells import written
from customers.exporting.csv_file import BYTE_ORDER_MARK, Progress, lines
from customers.models import Address
from orders.models import Document, Order, OrderLine, Shipment
from orders.models.order_queryset import OrderQuerySet

BATCH = 500
# Column: where it stands on the order, where not under its own name.
OF_ORDER = {
    "number": "", "placed_at": "", "channel": "", "state": "", "payment_method": "", "paid": "payment_state",
    "shipped": "shipping_state", "cancelled_at": "", "currency": "", "total": "", "total_vat": "",
    "amount_paid": "paid", "refunded": "", "amount_credited": "credited", "pay_by": "",
    "delivery_name": "", "delivery": "delivery_gross", "order_note": "",
    "reference": "",
}  # fmt: skip
PERSON = ("email", "first_name", "last_name", "phone", "language", "company_name", "coc_number", "vat_number")
OF_LINE = {
    "item": "name", "sku": "", "quantity": "", "line_shipped": "sent", "unit_price": "unit_gross",
    "line_total": "gross", "vat_rate": "",
}  # fmt: skip
OF_ADDRESS = [(f"{kind}_{name}", kind.value, name) for kind in Address.Kind for name in Address.FIELDS]
# Column: what stands in it, of rows that an order may have several of.
OF_ROWS: dict[str, Callable[[Order], Iterable[str]]] = {
    "tags": lambda order: [row.tag.name for row in order.order_tags.all()],
    "carriers": lambda order: [parcel.carrier_label for parcel in order.shipments.all()],
    "tracking_numbers": lambda order: [parcel.tracking_number for parcel in order.shipments.all()],
    "invoice_numbers": lambda order: _numbers(order, Document.Kind.INVOICE),
    "credit_note_numbers": lambda order: _numbers(order, Document.Kind.CREDIT_NOTE),
}
HEADER = [*OF_ORDER, *OF_ROWS, *PERSON, *(name for name, _kind, _field in OF_ADDRESS), *OF_LINE]


def may_be_exported(orders: OrderQuerySet) -> OrderQuerySet:
    """Those whose customers are there, and have not restricted the use of their data."""
    return orders.filter(erased_at=None, customer__restricted_at=None)


def export(
    orders: OrderQuerySet, *, separator: str = ",", bom: bool = True, on_progress: Progress | None = None
) -> Iterator[bytes]:
    """The file, piece by piece, in the order in which they were placed; `on_progress` is told how many are written."""
    yield lines([HEADER], separator, before=BYTE_ORDER_MARK if bom else "")
    done = 0
    for batch in _batches(may_be_exported(orders)):
        rows = (row for order in batch for row in _rows(order))
        yield lines(([written(value, separator) for value in row] for row in rows), separator)
        done += len(batch)
        if on_progress:
            on_progress(done)


def _batches(orders: QuerySet[Order]) -> Iterator[list[Order]]:
    documents = Prefetch("documents", Document.objects.only("order_id", "kind", "number", "issued_at"))
    parcels = Prefetch("shipments", Shipment.objects.order_by("at", "id"))
    below, last = ("lines", "addresses", "order_tags__tag", documents, parcels), 0
    while ids := list(orders.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        rows = Order.objects.filter(pk__in=ids).order_by("pk").defer("search_text").prefetch_related(*below)
        yield list(rows)
        last = ids[-1]


def _rows(order: Order) -> Iterator[list]:
    """What the whole order has stands in each of its rows."""
    whole = _of_whole(order)
    for line in order.lines.all() or [None]:
        yield [*whole, *(_of_line(line, field or name) for name, field in OF_LINE.items())]


def _of_whole(order: Order) -> list:
    addresses = {address.kind: address for address in order.addresses.all()}
    return [
        *(getattr(order, field or name) for name, field in OF_ORDER.items()),
        *(", ".join(dict.fromkeys(filter(None, map(str, values(order))))) for values in OF_ROWS.values()),
        *(getattr(order, name) for name in PERSON),
        *(str(getattr(addresses[kind], field)) if kind in addresses else "" for _name, kind, field in OF_ADDRESS),
    ]


def _numbers(order: Order, kind: str) -> list[str]:
    return [document.number for document in order.documents.all() if document.kind == kind]


def _of_line(line: OrderLine | None, field: str):
    if line is None:
        return ""
    return line.sent >= line.quantity if field == "sent" else getattr(line, field)
