"""Notices of withdrawal from a contract (directive 2011/83/EU, art. 11a): stated, confirmed, received and answered.

A *statement* is what a shopper typed, on its way through the confirmation page; received, it is a `WithdrawalNotice`.
Whoever states it gets the same answer and a receipt, whether or not there is such an order: nobody learns what others
ordered. The order is looked up for the merchant alone.
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

from django.core import signing
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from customers.email_addresses import normalise_email
from customers.models import Customer
from orders import mails
from orders.models import Order, WithdrawalLine, WithdrawalNotice
from shopadmin.models import Mail

SALT = "withdrawal"
SEALED_FOR = timedelta(days=1)
STATED = ("name", "order_number", "email", "remark")
STRANGERS_KEPT = timedelta(days=365)


def sealed(statement: Mapping) -> str:
    """A statement signed, for its confirmation page to send back, with a new key by which it counts once."""
    return signing.dumps({**statement, "key": str(uuid4())}, salt=SALT)


def unsealed(seal: str) -> dict | None:
    """The statement that was signed; None where the signature is wrong, or older than a day."""
    try:
        return signing.loads(seal, salt=SALT, max_age=SEALED_FOR)
    except signing.BadSignature:
        return None


@transaction.atomic
def receive(statement: Mapping, *, language: str, is_flood: bool = False, is_own: bool = False) -> WithdrawalNotice:
    """Keep a confirmed statement as a notice and tell both sides; the same key counts once.

    A statement has `order` and `lines` (how many of each, by id) where the shopper has shown that the order is theirs.
    `is_flood`: too many notices name this mailbox, so no receipt goes there. `is_own`: who stated it owns the mailbox.
    """
    order = _order_of(statement)
    about_order = {
        "order": order,
        "late": order is not None and order.is_past_withdrawal,
        "excepted": order is not None and not order.has_right_of_withdrawal,
    }
    defaults = {name: statement.get(name, "") for name in STATED} | about_order | {"language": language}
    notice, is_new = WithdrawalNotice.objects.get_or_create(key=statement["key"], defaults=defaults)
    if is_new:
        if order:
            _add_to_order(order, notice, statement.get("lines", {}))
        mails.tell_of_withdrawal(notice, is_flood=is_flood, is_own=is_own)
    return notice


@transaction.atomic
def answer(notice: WithdrawalNotice, *, by: Customer) -> None:
    """Write down that the shop has answered; who was quicker stays the one who did."""
    if notice.order:
        notice.order.lock()  # as `receive` does: another notice that arrives meanwhile goes on waiting for its answer
    WithdrawalNotice.objects.unanswered().filter(pk=notice.pk).update(answered_at=timezone.now(), answered_by=by)
    if notice.order and not notice.order.withdrawals.unanswered().exists():
        Order.objects.filter(pk=notice.order.pk).update(withdrawal_waits=False)


def stated_quantities(order: Order) -> dict[int, int]:
    """How many of each line (by id) unanswered notices withdraw from; empty where one is about the whole order."""
    waiting = WithdrawalLine.objects.filter(notice__order=order, notice__answered_at=None)
    if order.withdrawals.unanswered().filter(lines=None).exists():
        return {}
    return dict(waiting.values_list("order_line").annotate(Sum("quantity")))


def forget_strangers() -> None:
    """Delete notices without an order, and their receipts, a year after they were answered: no erasure finds them."""
    long_ago = timezone.now() - STRANGERS_KEPT
    WithdrawalNotice.objects.unmatched().filter(answered_at__lt=long_ago).delete()
    Mail.objects.filter(name="withdrawal_received", customer=None, created_at__lt=long_ago).delete()


def _add_to_order(order: Order, notice: WithdrawalNotice, quantities: Mapping[str, int]) -> None:
    order.withdrawal_at, order.withdrawal_waits = order.withdrawal_at or notice.at, True
    order.save(update_fields=["withdrawal_at", "withdrawal_waits"])
    lines = {str(line.pk): line for line in order.lines.all()}
    WithdrawalLine.objects.bulk_create(
        WithdrawalLine(notice=notice, order_line=lines[pk], quantity=quantity)
        for pk, quantity in quantities.items()
        if pk in lines
    )
    order.log("withdrawal")


def _order_of(statement: Mapping) -> Order | None:
    """The order that was shown, or that of the number, if the address is its own or its customer's."""
    number = statement["order_number"].replace(" ", "").lstrip("#")
    orders = Order.objects.select_for_update(of=("self",)).select_related("customer").defer("search_text")
    if "order" in statement:
        return orders.filter(pk=statement["order"], erased_at=None).first()
    for order in orders.filter(number__in={number, number.upper()}):
        if statement["email"] in _addresses_of(order):
            return order
    return None


def _addresses_of(order: Order) -> set[str]:
    return {normalise_email(order.email), order.customer.email if order.customer else ""}
