"""What happened to orders, in sentences for timelines."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from django.db.models import F, OuterRef
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from customers.history.timeline import Day, Entry, days_of
from customers.history.words import NAMES, name_columns, named
from customers.models import Customer
from orders.checkout.payment_methods import label_of
from orders.editing.changes import changes_in, in_words
from orders.models import Order, OrderEvent, OrderMessage, OrderNote
from orders.models.carrier import Carrier
from shopadmin.lists.json_rows import JSONRows, model_instance, parsed_amount, parsed_datetime, parsed_object
from shopadmin.models import Mail
from shopadmin.rendering.formats import money, number

Kind = OrderEvent.Kind
ICONS = {
    Kind.PAYMENT: "money",
    Kind.NOT_PAID: "alert",
    Kind.REFUND: "undo",
    Kind.READY: "store",
    Kind.SHIPMENT: "truck",
    Kind.INVOICE: "file",
    Kind.CREDIT_NOTE: "file",
    Kind.CANCELLED: "close",
    Kind.WITHDRAWAL: "undo",
    Kind.WITHDRAWN: "undo",
    Kind.COMPLETED: "check",
    Kind.VAT: "money",
    Kind.REMINDER: "bell",
    Kind.EDITED: "edit",
}
IN_A_LINE = (
    "number", "currency", "total", "paid", "credited", "pay_by", "state", "payment_state", "shipping_state",
    "payment_method", "placed_at", "withdrawal_waits", "is_pickup", "ready_at",
    "has_goods",
)  # fmt: skip
OF_ORDER = ("number", "currency", "state", "erased_at", "is_pickup", "has_goods")
# With the person who did it, and without.
SENTENCES = {
    Kind.PAYMENT: (_("{who} recorded a payment of {amount}"), _("A payment of {amount} was recorded")),
    Kind.REFUND: (_("{who} recorded a refund of {amount}"), _("A refund of {amount} was recorded")),
    Kind.READY: (_("{who} marked the order as ready for pick-up"), _("The order is ready for pick-up")),
    Kind.INVOICE: (_("{who} issued invoice {document}"), _("Invoice {document} was issued")),
    Kind.CREDIT_NOTE: (_("{who} issued credit note {document}"), _("Credit note {document} was issued")),
    Kind.CANCELLED: (_("{who} cancelled the order"), _("The order was cancelled")),
    Kind.WITHDRAWAL: (_("The customer withdrew from the contract"), _("The customer withdrew from the contract")),
    Kind.WITHDRAWN: (_("{who} accepted the withdrawal"), _("The withdrawal was accepted")),
    Kind.COMPLETED: (_("The order was completed"), _("The order was completed")),
    Kind.REMINDER: (_("{who} sent a payment reminder for {amount}"), _("A payment reminder for {amount} was sent")),
    Kind.VAT: (_("{who} took {amount} of VAT off"), _("{amount} of VAT was taken off")),
    Kind.EDITED: (_("{who} edited the order"), _("The order was edited")),
}  # fmt: skip
# How a try to pay at a provider ended; `unavailable` before it began.
NOT_PAID = {
    "failed": _("A payment of {amount} failed: {method}"),
    "given_up": _("The customer did not complete a payment of {amount}: {method}"),
    "unavailable": _("A payment of {amount} could not be started, the provider was unavailable: {method}"),
}
TOLD = (*SENTENCES, Kind.SHIPMENT, Kind.NOT_PAID)


def timeline_of(order: Order, events: Iterable[OrderEvent], mails: dict[int, Mail]) -> list[Day]:
    """Everything that happened to an order, newest first; `mails` are those to be shown, by id."""
    entries = []
    for event in events:
        if event.kind == Kind.MAIL:
            entries += [_mail_entry(mails[event.facts["mail"]])] if event.facts["mail"] in mails else []
        elif event.kind in TOLD:
            text, changes = sentence_of(event, _by(event)), in_words(changes_in(event.facts), order)
            entries.append(Entry(at=event.at, icon=ICONS[event.kind], text=text, changes=changes))
    entries += [_message_entry(message) for message in order.messages.all()]
    entries += [_note_entry(note) for note in order.notes.all()]
    placed = format_html(gettext("Order placed: {channel}"), channel=order.get_channel_display())
    entries.append(Entry(at=order.placed_at, icon="orders", text=placed))
    return days_of(sorted(entries, key=lambda entry: entry.at, reverse=True))


def rows_of_newest() -> JSONRows:
    """The newest five orders of a customer, for the customer's overview."""
    orders = Order.objects.filter(customer=OuterRef("pk")).newest_first()
    return JSONRows(orders[:5], **{name: F(name) for name in IN_A_LINE})


def newest(rows: list[dict]) -> list[Order]:
    """Orders with what one line about each shows."""
    return [model_instance(Order, row) for row in rows]


def rows_of_first() -> JSONRows:
    """The first order of a customer."""
    orders = Order.objects.filter(customer=OuterRef("pk")).order_by("placed_at", "id")
    return JSONRows(orders[:1], placed_at=F("placed_at"))


def first_at(rows: list[dict]) -> datetime | None:
    """When it was placed; None where there is none."""
    return parsed_datetime(rows[0]["placed_at"]) if rows else None


def rows_of_orders(before: datetime, limit: int) -> JSONRows:
    """The newest orders of a customer, for the customer's timeline."""
    orders = Order.objects.filter(customer=OuterRef("pk"), placed_at__lt=before).newest_first()
    return JSONRows(orders[:limit], **{name: F(name) for name in ("placed_at", "number", "total", "currency")})


def orders_in_words(customer: Customer, rows: list[dict]) -> Iterator[Entry]:
    """An entry for each order that was placed."""
    for row in rows:
        text = _placed(row["number"], parsed_amount(row["total"]), row["currency"])
        yield Entry(at=parsed_datetime(row["placed_at"]), icon="orders", text=text)


def rows_of_events(before: datetime, limit: int) -> JSONRows:
    """The newest things that happened to the orders of a customer."""
    events = OrderEvent.objects.filter(order__customer=OuterRef("pk"), at__lt=before, kind__in=TOLD)
    of_order = {f"order_{name}": F(f"order__{name}") for name in OF_ORDER}
    columns = {name: F(name) for name in ("at", "kind", "facts")}
    return JSONRows(events.order_by("-at", "-id")[:limit], **columns, **of_order, **name_columns("by"))


def events_in_words(customer: Customer, rows: list[dict]) -> Iterator[Entry]:
    """An entry for each thing that happened to an order."""
    for row in rows:
        order = Order(**{name: row[f"order_{name}"] for name in OF_ORDER})
        event = OrderEvent(order=order, kind=row["kind"], facts=parsed_object(row["facts"]))
        yield Entry(at=parsed_datetime(row["at"]), icon=ICONS[event.kind], text=_with_order(event, named(row, "by")))


def lately(length: int) -> list[Entry]:
    """What happened to any order last, by the time at which it did."""
    events = OrderEvent.objects.filter(kind__in=[Kind.PLACED, *TOLD]).order_by("-at", "-pk")
    of_order, of_person = (f"order__{name}" for name in (*OF_ORDER, "total")), (f"by__{name}" for name in NAMES)
    newest = events.select_related("order", "by").only("at", "kind", "facts", *of_order, *of_person)[:length]
    return [Entry(at=event.at, icon="", text=_text_of(event)) for event in newest]


def sentence_of(event: OrderEvent, by: str) -> SafeString:
    """Say what happened, and who did it where that is known."""
    with_person, without = _sentences(event)
    if event.facts.get("who") == "shopper":
        without = _("The customer cancelled the order")
    who = format_html("<strong>{}</strong>", by) if by else ""
    return format_html(str(with_person if by else without), who=who, **_words(event))


def _sentences(event: OrderEvent) -> tuple[str, str]:
    if event.kind == Kind.NOT_PAID:
        return (str(NOT_PAID[event.facts["how"]]),) * 2
    return _shipped(event) if event.kind == Kind.SHIPMENT else SENTENCES[event.kind]


def _shipped(event: OrderEvent) -> tuple[str, str]:
    count = event.facts["quantity"]
    if not (event.order.has_goods and event.facts.get("has_goods", True)):
        return (
            ngettext("{who} provided {quantity} service", "{who} provided {quantity} services", count),
            ngettext("{quantity} service was provided", "{quantity} services were provided", count),
        )
    if event.order.is_pickup:
        return (
            ngettext("{who} handed over {quantity} item", "{who} handed over {quantity} items", count),
            ngettext("{quantity} item was picked up", "{quantity} items were picked up", count),
        )
    if event.facts["carrier"] == Carrier.OTHER:
        return (
            ngettext("{who} shipped {quantity} item", "{who} shipped {quantity} items", count),
            ngettext("{quantity} item shipped", "{quantity} items shipped", count),
        )
    return (
        ngettext(
            "{who} shipped {quantity} item with {carrier}", "{who} shipped {quantity} items with {carrier}", count
        ),
        ngettext("{quantity} item shipped with {carrier}", "{quantity} items shipped with {carrier}", count),
    )


def _words(event: OrderEvent) -> dict:
    facts, words = event.facts, {}
    if "amount" in facts:
        words["amount"] = money(Decimal(facts["amount"]), event.order.currency)
    if "method" in facts:
        words["method"] = label_of(facts["method"])
    if "quantity" in facts:
        carrier = dict(Carrier.choices).get(facts["carrier"], facts["carrier"])
        words |= {"quantity": number(facts["quantity"]), "carrier": carrier}
    if "number" in facts:
        words["document"] = _document(event.order, facts["number"])
    return words


def _document(order: Order, number: str) -> SafeString | str:
    """A link, but for the documents of an order whose person is erased: not everybody may open those."""
    if order.is_closed_and_erased:
        return number
    url = reverse("backoffice_document", args=[order.number, number])
    return format_html('<a href="{}">{}</a>', url, number)


def _placed(number: str, total: Decimal, currency: str) -> SafeString:
    words = {"number": _link(number), "total": money(total, currency)}
    return format_html(gettext("Order {number} for {total} was placed"), **words)


def _with_order(event: OrderEvent, by: str) -> SafeString:
    return format_html(gettext("Order {number}: {what}"), number=_link(event.order.number), what=sentence_of(event, by))


def _link(number: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("backoffice_order", args=[number]), number)


def _note_entry(note: OrderNote) -> Entry:
    text = format_html(gettext("<strong>{name}</strong> added a note"), name=note.author) if note.author else ""
    return Entry(at=note.at, icon="note", text=text or gettext("Note added"), quote=note.text)


def _message_entry(message: OrderMessage) -> Entry:
    text = format_html(gettext("<strong>{name}</strong> wrote to the customer"), name=message.by) if message.by else ""
    return Entry(at=message.at, icon="mail", text=text or gettext("Message to the customer"), quote=message.text)


def _mail_entry(mail: Mail) -> Entry:
    url = reverse("mail", args=[mail.pk])
    subject = format_html('<a href="{}">{}</a>', url, mail.subject)
    text = gettext("Email {subject} to {address}: {state}")
    text = format_html(text, subject=subject, address=mail.to, state=mail.get_state_display())
    return Entry(at=mail.created_at, icon="mail", text=text)


def _text_of(event: OrderEvent) -> SafeString:
    order = event.order
    is_placed = event.kind == Kind.PLACED
    return _placed(order.number, order.total, order.currency) if is_placed else _with_order(event, _by(event))


def _by(event: OrderEvent) -> str:
    return str(event.by) if event.by else ""
