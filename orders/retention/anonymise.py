"""What becomes of orders that are past their retention: number, dates, amounts and items stay, and nothing on a person.

Parted from a customer who is still there, too: an order that leads to somebody is not anonymous.
"""

from collections import Counter

from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from customers.models import Consent, HistoryEntry
from orders.customer_hooks import totals_check
from orders.customer_hooks.erasure import erase_person_on
from orders.documents import frozen
from orders.documents.files import AREA
from orders.models import Document, Order, OrderAddress, OrderEvent, Payment, Shipment, WithdrawalNotice
from shopadmin.mail.files import forget_files_of
from shopadmin.models import Mail
from shopadmin.storage.kept import delete_on_commit


def anonymise(ids: list[int]) -> Counter:
    """Take everything from these orders, which the caller has locked, that tells who they were for.

    Returns how many documents were deleted, by kind. What customers' rows know of their orders follows.
    """
    orders = Order.objects.filter(pk__in=ids)
    customers = list(orders.exclude(customer=None).values_list("customer", flat=True).distinct())
    deleted = _delete_documents(ids)
    _delete_mails(ids)
    _forget_where_from(orders)
    for model in (OrderEvent, Payment, Shipment):
        model.objects.filter(order__in=ids).exclude(by=None).update(by=None)
    erase_person_on(orders)
    OrderAddress.objects.filter(order__in=ids).delete()
    WithdrawalNotice.objects.filter(order__in=ids).delete()
    now = timezone.now()
    orders.update(customer=None, erased_at=Coalesce("erased_at", Value(now)), anonymised_at=now)
    totals_check.mend_customers(customers)
    return deleted


def _delete_documents(ids: list[int]) -> Counter:
    documents = Document.objects.filter(order__in=ids)
    found = list(documents.values_list("kind", "path"))
    with frozen.purging():
        documents.purge()
    delete_on_commit(AREA, [path for _kind, path in found if path])
    return Counter(kind for kind, _path in found)


def _delete_mails(ids: list[int]) -> None:
    """Delete the emails about these orders: they name the person, and the documents were attached."""
    events = OrderEvent.objects.filter(order__in=ids, kind=OrderEvent.Kind.MAIL)
    mails = Mail.objects.filter(pk__in=[facts["mail"] for facts in events.values_list("facts", flat=True)])
    forget_files_of(mails)
    mails.delete()
    events.delete()


def _forget_where_from(orders) -> None:
    """Let no customer's record say that it was changed, or consent given, with one of these orders."""
    placed_by = Q()
    for number, customer in orders.exclude(customer=None).values_list("number", "customer"):
        placed_by |= Q(customer=customer, source=f"order {number}")
    if placed_by:
        HistoryEntry.objects.filter(placed_by).update(source="order")
        Consent.objects.filter(placed_by).update(source="checkout")
