"""Paying at a provider: an attempt is started, the provider tells how it ended, and the payment is entered once."""

import logging
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from orders.checkout.payment_methods import Notification, ProviderUnavailable, provider_of
from orders.editing.edit import edit
from orders.editing.edited import Wanted
from orders.handling.errors import OrderError
from orders.handling.payments import take_payment
from orders.models import Order, PaymentAttempt
from shopadmin.mail.compose import absolute

State = PaymentAttempt.State
logger = logging.getLogger(__name__)


class UnknownAttempt(Exception):
    """A notification about an attempt that is none of ours, or of another amount."""


def newest_attempt(order: Order) -> PaymentAttempt | None:
    """The last try to pay an order at a provider, where there was one."""
    return order.payment_attempts.first()


def attempt_come_back_from(key: str) -> PaymentAttempt | None:
    """The try that the way back from a provider names, whatever became of its order meanwhile; None of no such key."""
    try:
        return PaymentAttempt.objects.select_related("order").get(key=UUID(key))
    except (ValueError, PaymentAttempt.DoesNotExist):
        return None


def is_pending(attempt: PaymentAttempt | None, *, is_back: bool) -> bool:
    """Whether the payment waits for the provider; once the shopper is back (`is_back`), even without a word from it."""
    return attempt is not None and (attempt.state == State.PENDING or (attempt.state == State.STARTED and is_back))


def page_after(order: Order) -> str:
    """The page after placing an order: the order's own, or the way to the provider, whose attempt is started."""
    if provider_of(order.payment_method) is None:
        return reverse("guest_order", args=[order.token])
    try:
        start(order)
    except OrderError:
        pass  # the page says what can be done
    return reverse("order_payment", args=[order.token])


def start(order: Order) -> PaymentAttempt:
    """Start an attempt to pay what is left of an order, or return the one that is under way.

    OrderError where nothing is left to pay, or the provider is unavailable. The provider is called outside the
    transaction, so that no lock is held while it answers.
    """
    provider = provider_of(order.payment_method)
    if provider is None:
        raise OrderError(gettext("This order is not paid online"))
    attempt, is_new = _begin(order)
    if is_new:
        # By the key one is told how the payment ended even where the order's link is another by then.
        back = absolute(f"{reverse('order_payment', args=[order.token])}?back={attempt.key}")
        try:
            attempt.address = provider.start(attempt, back=back)
        except ProviderUnavailable as error:
            _end(attempt, State.FAILED, how="unavailable")
            words = gettext("Online payment is not available at the moment. Try again in a few minutes.")
            raise OrderError(words) from error
        attempt.save(update_fields=["address"])
    return attempt


@transaction.atomic
def _begin(order: Order) -> tuple[PaymentAttempt, bool]:
    order.lock()
    if not order.asks_for_payment:
        raise OrderError(gettext("Nothing left to pay on this order"))
    newest = newest_attempt(order)
    if newest and newest.is_under_way and (newest.method, newest.amount) == (order.payment_method, order.outstanding):
        return newest, False
    return order.payment_attempts.create(method=order.payment_method, amount=order.outstanding), True


@transaction.atomic
def pay_by_other_method(order: Order, method: str) -> None:
    """Change an order that is paid at a provider to another payment method, as its shopper wants.

    OrderError once it is paid, and while the provider may still take the money.
    """
    order.lock()
    if provider_of(order.payment_method) is None:
        raise OrderError(gettext("This order is not paid online"))
    if not order.asks_for_payment:
        raise OrderError(gettext("Nothing left to pay on this order"))
    newest = newest_attempt(order)
    if newest and newest.state == State.PENDING:
        raise OrderError(gettext("We are waiting for the confirmation of your payment."))
    edit(order, Wanted(payment_method=method))


@transaction.atomic
def take_notification(method: str, told: Notification) -> None:
    """Act on a provider's notification, once, however often, late or out of turn it comes.

    What was paid stays paid. A payment of an attempt that had failed or was given up counts: the money is there.
    UnknownAttempt where there is no such attempt, or it is of another amount.
    """
    attempt = PaymentAttempt.objects.select_related("order").filter(key=told.key, method=method).first()
    if attempt is None or (told.amount, told.currency) != (attempt.amount, attempt.order.currency):
        logger.error("A notification of %s is about no attempt of that amount", method)
        raise UnknownAttempt
    order = attempt.order
    order.lock()
    attempt.refresh_from_db(fields=["state"])
    if attempt.state == State.PAID or (told.state in PaymentAttempt.UNDER_WAY and not attempt.is_under_way):
        return
    if told.state in PaymentAttempt.WITHOUT_MONEY:
        _end(attempt, told.state, how=told.state)
        return
    attempt.state = told.state
    attempt.save(update_fields=["state"])
    if told.state == State.PAID:
        take_payment(order, amount=attempt.amount, method=method, key=attempt.key)


@transaction.atomic
def _end(attempt: PaymentAttempt, state: str, *, how: str) -> None:
    """End an attempt without money, and note it once on the order's timeline (`how`: failed, given_up, unavailable)."""
    if PaymentAttempt.objects.filter(pk=attempt.pk).exclude(state=state).update(state=state):
        attempt.order.log("not_paid", amount=str(attempt.amount), method=attempt.method, how=how)
