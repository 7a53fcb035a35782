"""What becomes of the orders of somebody who is erased.

A finished order keeps its number, dates, amounts, states and documents; what tells who it was for goes. Of the
addresses the country stays, since VAT returns ask where goods went (art. 63c of Regulation (EU) 282/2011). An order
under way keeps what its delivery needs until it is done.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import models
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import Customer
from customers.privacy.erasure.summary import Kept
from orders.models import (
    Document,
    Order,
    OrderAddress,
    OrderEvent,
    OrderMessage,
    OrderNote,
    OrderTag,
    Shipment,
    WithdrawalNotice,
)
from orders.models.withdrawal import WithdrawalNoticeQuerySet
from orders.retention.term import order_kept_until
from orders.vat import checks
from shopadmin.models import StoreSettings


def _texts(model: type[models.Model], *, but: tuple[str, ...]) -> tuple[str, ...]:
    """The fields that somebody may have typed into: all texts that are not said to stay."""
    fields = [field for field in model._meta.concrete_fields if not field.generated and field.name not in but]
    return tuple(field.name for field in fields if isinstance(field, models.CharField | models.TextField))


# Of an order, its addresses and parcels, and of a withdrawal.
PERSON = _texts(Order, but=(
    "number", "token", "channel", "state", "payment_state", "shipping_state", "language", "customer_type",
    "delivery_name", "payment_method", "currency", "delivery_vat_category", "delivery_vat_country",
    "delivery_country", "vat_consultation",
    "search_text",  # of an erased order the number alone, by constraint
))  # fmt: skip
WHERE = _texts(OrderAddress, but=("kind", "country"))
PARCEL = _texts(Shipment, but=("carrier", "carrier_name"))
STATED = _texts(WithdrawalNotice, but=("language",))
# What is told of an order that stays.
OF_KEPT = ("number", "customer", "placed_at", "state")


def goes(customer: Customer, emails: list[str]) -> list[str]:
    """What an erasure takes out of the orders of a customer, in sentences."""
    orders = customer.orders.only("customer", "email", "state")
    finished = sum(not order.is_open for order in orders)
    sentence = ngettext(
        "On %s finished order: name, email address, phone number, addresses, tracking number, notes and tags",
        "On %s finished orders: name, email address, phone number, addresses, tracking numbers, notes and tags",
        finished,
    )
    sentences = [sentence % finished] if finished else []
    if _notices_of(orders, emails).exists():
        sentences.append(_("Details given when withdrawing from an order"))
    return sentences


def stays(customers: Collection[int]) -> dict[int | None, list[Kept]]:
    """The orders that stay when these customers are erased, by the number of each."""
    store = StoreSettings.current()
    kept: dict[int | None, list[Kept]] = defaultdict(list)
    documents = Document.objects.only("order_id", "kind", "number", "issued_at")
    orders = Order.objects.filter(customer__in=customers).newest_first().only(*OF_KEPT)
    for order in orders.with_last_records().prefetch_related(Prefetch("documents", documents)):
        kept[order.customer_id].append(_kept(order, store))
    return kept


def detach_orders(customers: Collection[int], *, emails: Iterable[str]) -> None:
    """Take orders from their customers (by id), who are being erased, and the person from those that are done.

    `emails`: all email addresses that the customers have or had. Orders under way keep the person until
    `erase_person_when_done`.
    """
    orders = list(Order.objects.select_for_update().filter(customer__in=customers).order_by("pk").only("pk", "email"))
    numbers = [order.pk for order in orders]
    checks.forget(Customer.objects.filter(pk__in=customers).values_list("vat_number", flat=True))
    _forget_notices(_notices_of(orders, emails))
    Order.objects.filter(pk__in=numbers).update(customer=None, erased_at=timezone.now())
    _forget_edits(numbers)
    erase_person_on(Order.objects.filter(pk__in=numbers).exclude(state=Order.State.OPEN))


def erase_person_when_done(order: Order) -> None:
    """Take the person from an order that outlived its customer, once it is done; whatever ends an order calls it."""
    if order.is_closed_and_erased:
        erase_person_on(Order.objects.filter(pk=order.pk))
        order.refresh_from_db()


def erase_person_on(orders: QuerySet) -> None:
    """Take from orders and all below them who they were for, with notes and tags.

    Countries, dates and amounts stay.
    """
    done = list(orders.values_list("pk", flat=True))
    _forget_notices(WithdrawalNotice.objects.filter(order__in=done))
    _forget_edits(done)
    OrderAddress.objects.filter(order__in=done).update(**dict.fromkeys(WHERE, ""))
    Shipment.objects.filter(order__in=done).update(**dict.fromkeys(PARCEL, ""))
    for model in (OrderMessage, OrderNote, OrderTag):
        model.objects.filter(order__in=done).delete()
    checks.forget(orders.values_list("vat_number", flat=True))
    Order.objects.filter(pk__in=done).update(**dict.fromkeys(PERSON, ""))


def _notices_of(orders: Iterable[Order], emails: Iterable[str]) -> WithdrawalNoticeQuerySet:
    """What customers stated: on these orders, or with their addresses on an order that was not found."""
    orders = list(orders)
    stated_with = {*emails, *(order.email for order in orders if order.email)}
    return WithdrawalNotice.objects.filter(Q(order__in=orders) | Q(order=None, email__in=stated_with))


def _forget_notices(notices: WithdrawalNoticeQuerySet) -> None:
    """Of a notice on an order stays that and when it came; one without an order goes."""
    notices.unmatched().delete()
    notices.update(**dict.fromkeys(STATED, ""))


def _forget_edits(orders: Collection[int]) -> None:
    """Take the names and addresses out of what the timelines of these orders tell of edits."""
    edits = OrderEvent.objects.filter(order__in=orders, kind=OrderEvent.Kind.EDITED)
    telling = [event for event in edits if event.facts.pop("person", None)]
    OrderEvent.objects.bulk_update(telling, ["facts"])


def _kept(order: Order, store: StoreSettings) -> Kept:
    return Kept(
        number=order.number,
        day=timezone.localdate(order.placed_at),
        documents=[f"{document.get_kind_display()} {document.number}" for document in order.documents.all()],
        until=None if order.is_open else order_kept_until(order, store),
    )
