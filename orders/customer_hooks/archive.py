"""What orders hold on a person: the orders with all below them, and withdrawals stated with their address."""

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.field_rules import COPY, LINK, SECRET, No
from customers.privacy.archive import archive
from customers.privacy.archive import notes as archive_notes
from customers.privacy.archive.archive import Notes, Person, Section
from customers.privacy.archive.sections import STAFF, WORK
from customers.privacy.archive.tables import Part, Record, Table, fact, in_batches
from customers.privacy.archive.words import in_words
from orders.checkout.payment_methods import label_of
from orders.documents.files import pdf_of
from orders.editing import changes as edits
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
    RefundLine,
    Shipment,
    ShipmentLine,
    WithdrawalLine,
    WithdrawalNotice,
)

EMPTY = No("empty while there is somebody to hand the archive to")
FORM = No("the key of a form, which prevents that it counts twice")
NOT_TOLD = ("mail", "key", "who")
STOCK = No("the stock of the shop")
BELOW = (
    "lines",
    "addresses",
    "payments__lines__order_line",
    "payment_attempts",
    "shipments__lines__order_line",
    "events",
    "documents__credits",
    "withdrawals__lines__order_line",
    "messages",
    "order_tags__tag",
)


def _currency(row: models.Model) -> str:
    return row.order.currency


def _facts_in_words(event: OrderEvent) -> str:
    """What an edit changed, one after another; of anything else the values that are no number of an email."""
    if event.kind != OrderEvent.Kind.EDITED:
        return in_words([value for name, value in event.facts.items() if name not in NOT_TOLD])
    changes = edits.in_words(edits.changes_in(event.facts), event.order)
    return "; ".join(f"{label}: {old} → {new}" for label, old, new in changes)


ORDERS = Table(
    Order,
    told=(
        "number", "placed_at", "channel", "state", "shipping_state", "payment_state", "cancelled_at", "cancel_reason",
        "withdrawal_at", "email", "first_name", "last_name", "phone", "language", "customer_type", "company_name",
        "coc_number", "vat_number", "vat_checked_at", "vat_consultation", "reference", "order_note", "delivery_name",
        "is_pickup", "ready_at", "payment_method", "currency", "items_gross", "delivery_vat_category",
        "delivery_vat_country", "delivery_vat_rate", "delivery_net", "delivery_vat",
        "delivery_gross", "total_net", "total_vat", "total", "paid", "refunded", "credited", "pay_by",
    ),
    left_out={
        "id": LINK, "customer": LINK, "key": FORM, "token": SECRET, "search_text": COPY,
        "erased_at": EMPTY, "anonymised_at": EMPTY, "withdrawal_waits": COPY,
        "delivery_method": LINK, "delivery_country": COPY, "has_goods": COPY, "only_services_left": COPY,
    },
    words={
        "cancelled_at": gettext_lazy("cancelled"), "withdrawal_at": gettext_lazy("withdrawal received"),
        "customer_type": gettext_lazy("customer type"), "coc_number": gettext_lazy("chamber of commerce number (KvK)"),
        "vat_number": gettext_lazy("VAT number"), "vat_checked_at": gettext_lazy("VAT number checked"),
        "vat_consultation": gettext_lazy("consultation number"), "is_pickup": gettext_lazy("picked up"),
        "delivery_vat_country": gettext_lazy("country of the VAT on the delivery"),
        "delivery_vat_category": gettext_lazy("VAT treatment of the delivery"),
        "items_gross": gettext_lazy("items"), "delivery_vat_rate": gettext_lazy("VAT rate of the delivery"),
        "delivery_net": gettext_lazy("delivery excl. VAT"), "delivery_vat": gettext_lazy("VAT on the delivery"),
        "delivery_gross": gettext_lazy("delivery costs"), "total_net": gettext_lazy("total excl. VAT"),
        "total_vat": gettext_lazy("VAT"),
    },
    worded={
        "payment_method": lambda order: label_of(order.payment_method),
        "shipping_state": lambda order: str(order.shipping_badge.label),
    },
    currency=lambda order: order.currency,
)  # fmt: skip
LINES = Table(
    OrderLine,
    told=(
        "name", "sku", "quantity", "sent", "unit_gross", "discount", "vat_category", "vat_country",
        "vat_rate", "net", "vat", "gross", "is_service", "withdrawal_excepted", "withdrawn",
    ),
    left_out={
        "id": LINK, "order": LINK, "product": LINK, "picture": No("a picture of the product"),
        "order_discount": No("a part of the discount"),
        "order_placed_at": COPY, "order_total": COPY,
        "withdrawn_unsent": STOCK, "withdrawn_restocked": STOCK, "refunded_unsent": STOCK,
    },
    words={
        "name": gettext_lazy("product"), "sku": gettext_lazy("SKU"), "quantity": gettext_lazy("quantity"),
        "sent": gettext_lazy("shipped"), "unit_gross": gettext_lazy("price"), "discount": gettext_lazy("discount"),
        "vat_rate": gettext_lazy("VAT rate"),
        "vat_category": gettext_lazy("VAT treatment"), "vat_country": gettext_lazy("country of the VAT"),
        "net": gettext_lazy("excl. VAT"), "vat": gettext_lazy("VAT"), "gross": gettext_lazy("incl. VAT"),
        "is_service": gettext_lazy("service"), "withdrawal_excepted": gettext_lazy("no right of withdrawal"),
        "withdrawn": gettext_lazy("withdrawn"),
    },
    currency=_currency,
)  # fmt: skip
ADDRESSES = Table(
    OrderAddress,
    told=("kind", *OrderAddress.FIELDS),
    left_out={"id": LINK, "order": LINK},
    words={"kind": gettext_lazy("kind")},
)
PAYMENTS = Table(
    Payment,
    told=("at", "amount", "method"),
    left_out={"id": LINK, "order": LINK, "by": STAFF, "key": FORM},
    worded={"method": lambda payment: label_of(payment.method)},
    currency=_currency,
)
PAYMENT_ATTEMPTS = Table(
    PaymentAttempt,
    told=("at", "amount", "method", "state"),
    left_out={"id": LINK, "order": LINK, "key": FORM, "address": LINK},
    worded={"method": lambda attempt: label_of(attempt.method)},
    currency=_currency,
)
REFUND_LINES = Table(
    RefundLine,
    told=("order_line", "quantity", "amount"),
    left_out={"id": LINK, "refund": LINK, "restocked": STOCK},
    words={
        "order_line": gettext_lazy("product"), "quantity": gettext_lazy("quantity"), "amount": gettext_lazy("amount"),
    },
    values={"order_line": lambda line: line.order_line.name if line.order_line else line.refund.order.delivery_name},
    currency=lambda line: line.refund.order.currency,
)  # fmt: skip
SHIPMENTS = Table(
    Shipment,
    told=("at", "carrier", "carrier_name", "tracking_number", "tracking_link"),
    left_out={"id": LINK, "order": LINK, "by": STAFF, "key": FORM},
)
SHIPMENT_LINES = Table(
    ShipmentLine,
    told=("order_line", "quantity"),
    left_out={"id": LINK, "shipment": LINK},
    words={"order_line": gettext_lazy("product"), "quantity": gettext_lazy("quantity")},
    values={"order_line": lambda line: line.order_line.name},
)
EVENTS = Table(
    OrderEvent,
    told=("at", "kind", "by", "facts"),
    left_out={"id": LINK, "order": LINK},
    words={
        "at": gettext_lazy("when"), "kind": gettext_lazy("what happened"), "by": gettext_lazy("by"),
        "facts": gettext_lazy("details"),
    },
    worded={"facts": _facts_in_words},
)  # fmt: skip
DOCUMENTS = Table(
    Document,
    told=("kind", "number", "issued_at", "credits", "total", "currency", "language"),
    left_out={
        "id": LINK, "order": LINK, "by": STAFF, "content": No("stands in the PDF, which is in the archive"),
        "path": LINK, "sha256": LINK, "size": LINK, "key": FORM,
    },
    words={
        "kind": gettext_lazy("document"), "credits": gettext_lazy("credits"), "total": gettext_lazy("total"),
        "currency": gettext_lazy("currency"), "language": gettext_lazy("language"),
    },
    currency=lambda document: document.currency,
)  # fmt: skip
WITHDRAWALS = Table(
    WithdrawalNotice,
    told=("at", "name", "order_number", "email", "remark", "language", "late", "excepted", "answered_at"),
    left_out={"id": LINK, "order": LINK, "key": FORM, "answered_by": STAFF},
)
WITHDRAWAL_LINES = Table(
    WithdrawalLine,
    told=("order_line", "quantity"),
    left_out={"id": LINK, "notice": LINK},
    words={"order_line": gettext_lazy("product"), "quantity": gettext_lazy("quantity")},
    values={"order_line": lambda line: line.order_line.name},
)
MESSAGES = Table(OrderMessage, told=("at", "text"), left_out={"id": LINK, "order": LINK, "by": STAFF, "key": FORM})
NOTES = Table(
    OrderNote,
    told=("at", "order", "text"),
    left_out={"id": LINK, "author": STAFF},
    words={"order": gettext_lazy("order")},
    values={"order": lambda note: note.order.number},
)
TAGS = Table(
    OrderTag,
    told=("tag",),
    left_out={"id": LINK, "order": LINK, "order_placed_at": COPY, "order_total": COPY},
    words={"tag": gettext_lazy("tag")},
)


def register() -> None:
    """Called once, when the app is ready."""
    below = (
        LINES, ADDRESSES, PAYMENTS, REFUND_LINES, SHIPMENTS, SHIPMENT_LINES, EVENTS, DOCUMENTS, WITHDRAWAL_LINES,
        MESSAGES, TAGS, PAYMENT_ATTEMPTS,
    )  # fmt: skip
    archive.sections += [
        Section("orders", gettext_lazy("Orders"), (ORDERS, *below), _orders, files=_documents),
        Section("order_notes", gettext_lazy("Notes on orders"), (NOTES,), _notes, needs=Notes.DATED),
        Section("withdrawals", gettext_lazy("Withdrawals without an order"), (WITHDRAWALS,), _withdrawals),
    ]
    archive_notes.further_notes.append(lambda customers: OrderNote.objects.filter(order__customer__in=customers))
    work = ("OrderImport", "ProductImport", "OrderBulkAction", "OrderBulkSkip")
    archive.left_out |= {f"orders.{name}": WORK for name in work}


def _orders(person: Person) -> Iterator[Record]:
    for order in in_batches(Order.objects.filter(customer__in=person.numbers).prefetch_related(*BELOW)):
        yield ORDERS.record(order, person.numbers, parts=list(_below(order, person)))


def _below(order: Order, person: Person) -> Iterator[Part]:
    rows = [
        ("lines", _("Items"), LINES, order.lines),
        ("addresses", _("Addresses"), ADDRESSES, order.addresses),
        ("payments", _("Payments and refunds"), PAYMENTS, order.payments),
        ("payment_attempts", _("Online payments"), PAYMENT_ATTEMPTS, order.payment_attempts),
        ("events", _("What happened"), EVENTS, order.events),
        ("messages", _("Messages"), MESSAGES, order.messages),
        ("tags", _("Tags"), TAGS, order.order_tags),
    ]
    for name, title, table, below in rows:
        is_table = name != "addresses"
        yield Part(name, title, [table.record(row, person.numbers) for row in below.all()], is_table)
    refunded = [line for payment in order.payments.all() for line in payment.lines.all()]
    lines = [REFUND_LINES.record(line, person.numbers) for line in refunded]
    yield Part("refund_lines", _("Items refunded"), lines, is_table=True)
    yield Part("withdrawals", _("Withdrawals"), [_withdrawal(notice, person) for notice in order.withdrawals.all()])
    yield Part(
        "shipments", str(order.delivery_words.records), [_shipment(parcel, person) for parcel in order.shipments.all()]
    )
    yield Part("documents", _("Documents"), [_document(one, person) for one in order.documents.all()], is_table=True)


def _shipment(parcel: Shipment, person: Person) -> Record:
    lines = [SHIPMENT_LINES.record(line, person.numbers) for line in parcel.lines.all()]
    return SHIPMENTS.record(parcel, person.numbers, parts=[Part("lines", _("Items"), lines, is_table=True)])


def _withdrawal(notice: WithdrawalNotice, person: Person) -> Record:
    lines = [WITHDRAWAL_LINES.record(line, person.numbers) for line in notice.lines.all()]
    return WITHDRAWALS.record(notice, person.numbers, parts=[Part("lines", _("Items"), lines, is_table=True)])


def _document(document: Document, person: Person) -> Record:
    record = DOCUMENTS.record(document, person.numbers)
    return Record([*record.facts, fact("file", _("File"), _file_name(document))])


def _documents(person: Person) -> Iterator[tuple[str, bytes]]:
    for document in in_batches(Document.objects.filter(order__customer__in=person.numbers)):
        yield _file_name(document), pdf_of(document)


def _file_name(document: Document) -> str:
    return f"documents/{document.number}.pdf"


def _notes(person: Person) -> Iterator[Record]:
    notes = OrderNote.objects.filter(order__customer__in=person.numbers, at__lte=person.notes_until(Notes.DATED))
    return (NOTES.record(note, person.numbers) for note in in_batches(notes.select_related("order")))


def _withdrawals(person: Person) -> Iterator[Record]:
    """Those on an order are told with it; these name an order that was not found, with an address of the person."""
    notices = WithdrawalNotice.objects.unmatched().filter(email__in=person.emails)
    return (WITHDRAWALS.record(notice, person.numbers) for notice in in_batches(notices))
