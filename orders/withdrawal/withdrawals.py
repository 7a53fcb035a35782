"""Withdrawing from a contract: stated, confirmed and received (directive 2011/83/EU, art. 11a).

Whoever states it gets the same answer and a receipt, whether or not there is such an order: nobody learns what others
ordered. What is matched to an order is matched for the merchant alone.
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from customers.email_addresses import normalise_email
from customers.models import Customer
from orders import mails
from orders.customer_hooks.erasure import scrub_when_done
from orders.handling.completion import end_unsent
from orders.handling.errors import OrderError
from orders.models import Order, WithdrawalNotice
from shopadmin.models import Mail

SALT = "withdrawal"
SEALED_FOR = timedelta(days=1)
STRANGERS_KEPT = timedelta(days=365)


def sealed(statement: Mapping[str, str]) -> str:
    """A statement as its confirmation page carries it: unchangeable, and with the key that makes it count once."""
    return signing.dumps({**statement, "key": str(uuid4())}, salt=SALT)


def unsealed(seal: str) -> dict[str, str] | None:
    """The statement that was shown; None for what is none of ours, or too old."""
    try:
        return signing.loads(seal, salt=SALT, max_age=SEALED_FOR)
    except signing.BadSignature:
        return None


@transaction.atomic
def receive(
    statement: Mapping[str, str], *, language: str, is_flood: bool = False, is_own: bool = False
) -> WithdrawalNotice:
    """Take in a confirmed statement; pressed twice, it is taken in once.

    `is_flood` holds mails to its address back; `is_own` says that its mailbox was proved by who stated it.
    """
    order = _order_of(statement)
    about_order = {
        "order": order,
        "late": order is not None and order.is_past_withdrawal,
        "excepted": order is not None and not order.has_right_of_withdrawal,
    }
    defaults = {**statement, **about_order, "language": language}
    notice, is_new = WithdrawalNotice.objects.get_or_create(key=statement["key"], defaults=defaults)
    if is_new:
        if order:
            _note_on(order, notice)
        mails.tell_of_withdrawal(notice, is_flood=is_flood, is_own=is_own)
    return notice


@transaction.atomic
def accept_withdrawal(order: Order, *, by: Customer | None = None) -> None:
    """Accept that the shopper withdraws: what was not sent goes back on the shelf; a refund is entered by itself."""
    order.lock()
    if not order.can_be_withdrawn:
        raise OrderError(gettext("Withdrawal is no longer possible for this order"))
    order.withdrawals.unanswered().update(answered_at=timezone.now(), answered_by=by)
    end_unsent(order, state=Order.State.WITHDRAWN, by=by)
    mails.tell_of_accepted_withdrawal(order)
    scrub_when_done(order)


def forget_strangers() -> None:
    """Delete what no erasure would: notices without an order, and their receipts, a year after they were answered."""
    long_ago = timezone.now() - STRANGERS_KEPT
    WithdrawalNotice.objects.unmatched().filter(answered_at__lt=long_ago).delete()
    Mail.objects.filter(name="withdrawal_received", customer=None, created_at__lt=long_ago).delete()


def _note_on(order: Order, notice: WithdrawalNotice) -> None:
    if order.withdrawal_at is None:
        order.withdrawal_at = notice.at
        Order.objects.filter(pk=order.pk).update(withdrawal_at=notice.at)
    order.log("withdrawal")


def _order_of(statement: Mapping[str, str]) -> Order | None:
    """The order of that number, if the address is its own or its customer's."""
    number = statement["order_number"].replace(" ", "").lstrip("#")
    orders = Order.objects.select_for_update(of=("self",)).select_related("customer").defer("search_text")
    for order in orders.filter(number__in={number, number.upper()}):
        if statement["email"] in _addresses_of(order):
            return order
    return None


def _addresses_of(order: Order) -> set[str]:
    return {normalise_email(order.email), order.customer.email if order.customer else ""}
