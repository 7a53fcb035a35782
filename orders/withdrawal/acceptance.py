"""Accepting a withdrawal from an order or from some of its lines, with the credit note, refund and restocking."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from customers.models import Customer
from orders import mails
from orders.checkout.totals import ZERO
from orders.customer_hooks.erasure import erase_person_when_done
from orders.customer_hooks.totals import recount_customer_of
from orders.documents import issue
from orders.documents.remaining_lines import LinePart, RemainingLine, refund_lines_of, remaining_of_order
from orders.documents.standing import standing_invoice
from orders.handling import payment_status
from orders.handling.completion import call_off, complete
from orders.handling.errors import OrderError
from orders.handling.payments import record
from orders.handling.refunds import amounts_on, on_invoice
from orders.models import Document, Order, OrderEvent, OrderLine, Payment
from shopadmin.models import StoreSettings


@dataclass(frozen=True)
class Withdrawn:
    """How many pieces of a line are withdrawn; `restock`: those that were sent have come back."""

    quantity: int
    restock: bool = False


@transaction.atomic
def accept_withdrawal(
    order: Order,
    *,
    lines: Mapping[int, Withdrawn] | None = None,
    refund: bool = False,
    method: str = "",
    by: Customer | None = None,
    key: UUID | None = None,
) -> None:
    """Accept a withdrawal from lines (by position), or from all that remains; the same `key` (of a form) counts once.

    Once nothing remains, the order is withdrawn and its delivery is paid back too (directive 2011/83/EU, art. 13(1)).
    `refund`: record that what is owed for it went back, by `method`. OrderError where the order is over already, or
    less remains of a line.
    """
    order.lock()
    if key and order.events.filter(kind=OrderEvent.Kind.WITHDRAWN, facts__key=str(key)).exists():
        return
    if not order.can_be_withdrawn:
        raise OrderError(gettext("Withdrawal is no longer possible for this order"))
    remaining = remaining_of_order(order)
    taken, ends = _chosen(order, remaining, lines)
    amounts, refunded_apart = _amounts(order, remaining, taken, ends=ends), _refunded_apart(order)
    pieces = _take_out(order, taken)
    note = _credit(order, taken, ends=ends, refunded_by=method or order.payment_method if refund else "", by=by)
    _write_down(order, ends=ends, by=by, facts={"key": str(key)} if key else {})
    owed = _owed(order, amounts, refunded_apart)
    payment = None
    if refund and owed:
        payment = record(order, -owed, "refund", method=method, by=by, key=key, document=note)
        _keep_lines(order, payment, taken, amounts_on(note) if note else amounts)
    elif note:
        mails.tell_of_document(note)
    mails.tell_of_accepted_withdrawal(order, pieces, to_refund=ZERO if payment else owed)
    _follow_up(order, by=by)


def _chosen(
    order: Order, remaining: list[RemainingLine], lines: Mapping[int, Withdrawn] | None
) -> tuple[dict[int, Withdrawn], bool]:
    """What is withdrawn from, by position, and whether nothing of the order remains then."""
    there = {at: remaining[at].quantity for at, _line in enumerate(order.lines.all())}
    if lines is None:
        return {at: Withdrawn(quantity) for at, quantity in there.items() if quantity}, True
    taken = {at: line for at, line in lines.items() if line.quantity}
    if not taken:
        raise OrderError(gettext("Choose at least 1 item"))
    for at, line in taken.items():
        remaining[at].amount_of(LinePart(line.quantity))  # refuses more than there is
    return taken, all(taken[at].quantity == quantity if at in taken else not quantity for at, quantity in there.items())


def _amounts(
    order: Order, remaining: list[RemainingLine], taken: Mapping[int, Withdrawn], *, ends: bool
) -> dict[int, Decimal]:
    """The amounts of what is withdrawn from, by position; with the last piece also that of the delivery."""
    amounts = {at: remaining[at].price_of(line.quantity) for at, line in taken.items()}
    delivery = len(order.lines.all())
    return amounts | ({delivery: remaining[delivery].gross} if ends and delivery < len(remaining) else {})


def _take_out(order: Order, taken: Mapping[int, Withdrawn]) -> list[tuple[OrderLine, int]]:
    """Withdraw and restock line by line, in the sequence in which everything locks products."""
    lines = list(order.lines.all())
    for at in sorted(taken, key=lambda at: lines[at].product_id or 0):
        lines[at].withdraw(taken[at].quantity, restock=taken[at].restock)
    return [(lines[at], taken[at].quantity) for at in sorted(taken)]


def _credit(
    order: Order, taken: Mapping[int, Withdrawn], *, ends: bool, refunded_by: str, by: Customer | None
) -> Document | None:
    """Credit the standing invoice by as much; None where there is none, or none of these lines is on it."""
    invoice = standing_invoice(order)
    if invoice is None:
        return None
    lines = None if ends else on_invoice(invoice, {at: LinePart(line.quantity) for at, line in taken.items()})
    return issue.credit(invoice, lines=lines, refunded_by=refunded_by, by=by) if lines is None or lines else None


def _write_down(order: Order, *, ends: bool, by: Customer | None, facts: dict[str, str]) -> None:
    """Update the statuses, mark all notices as answered, and count the customer anew."""
    order.withdrawals.unanswered().update(answered_at=timezone.now(), answered_by=by)
    order.withdrawal_waits = False
    if ends:
        order.save(update_fields=["withdrawal_waits"])
        call_off(order, state=Order.State.WITHDRAWN, by=by, facts=facts)
        return
    lines = list(order.lines.all())
    if order.shipments.exists() and not any(line.unsent for line in lines):
        order.shipping_state = Order.ShippingState.SHIPPED
    order.look_at_what_is_left(lines)
    order.save(update_fields=["withdrawal_waits", "shipping_state", "ready_at", "only_services_left"])
    payment_status.refresh(order)
    order.log(OrderEvent.Kind.WITHDRAWN, by=by, **facts)
    recount_customer_of(order)


def _refunded_apart(order: Order) -> Decimal:
    """What was refunded of other pieces and still counts as due, since no credit note took it off."""
    gap = order.due - order.paid
    if gap <= 0 or order.payment_state in order.AWAITS_PAYMENT:
        return ZERO
    return min(gap, sum((part.amount for part, is_of_others in refund_lines_of(order) if is_of_others), ZERO))


def _owed(order: Order, amounts: Mapping[int, Decimal], refunded_apart: Decimal) -> Decimal:
    """What the shopper is to get back: what is overpaid now, up to the price where other pieces were refunded."""
    missing = max(sum(amounts.values(), ZERO) - order.overpaid, ZERO)
    return min(order.overpaid + min(refunded_apart, missing), order.paid)


def _keep_lines(order: Order, payment: Payment, taken: Mapping[int, Withdrawn], amounts: Mapping[int, Decimal]) -> None:
    """Note on the refund what of each line it was for, unless it is another amount because not all had been paid."""
    if sum(amounts.values(), ZERO) != -payment.amount:
        return
    lines = list(order.lines.all())
    for at, amount in amounts.items():
        line, quantity = (lines[at], taken[at].quantity) if at in taken else (None, 1)
        payment.lines.create(order_line=line, quantity=quantity, amount=amount)


def _follow_up(order: Order, *, by: Customer | None) -> None:
    """Do what the smaller order is now ready for: invoice it, complete it, erase the person."""
    if order.is_open and order.payment_state == Order.PaymentState.PAID:
        issue.issue_when(StoreSettings.InvoiceWhen.PAID, order)
    if order.is_open and order.shipping_state == Order.ShippingState.SHIPPED:
        issue.issue_when(StoreSettings.InvoiceWhen.SHIPPED, order)
    if order.is_done:
        complete(order, by=by)
    erase_person_when_done(order)
