"""Accepting a withdrawal, of the whole order or by line: credit note, refund and stock follow in the same act."""

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
from orders.documents.remaining_lines import LinePart, RemainingLine, remaining_of_order
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
    """Accept that the shopper withdraws from these lines, by position, or from all that is left; a `key` counts once.

    The order is withdrawn once nothing is left of it; the delivery is then paid back too (art. 13(1)). What is paid too
    much goes back with `refund`.
    """
    order.lock()
    if key and order.events.filter(kind=OrderEvent.Kind.WITHDRAWN, facts__key=str(key)).exists():
        return
    if not order.can_be_withdrawn:
        raise OrderError(gettext("Withdrawal is no longer possible for this order"))
    remaining = remaining_of_order(order)
    taken, ends = _chosen(order, remaining, lines)
    amounts = _amounts(order, remaining, taken, ends=ends)
    pieces = _take_out(order, taken)
    note = _credit(order, taken, ends=ends, refunded_by=method or order.payment_method if refund else "", by=by)
    _write_down(order, ends=ends, by=by, facts={"key": str(key)} if key else {})
    payment = _pay_back(order, note, method=method, by=by, key=key) if refund else None
    if payment:
        _keep_lines(order, payment, taken, amounts_on(note) if note else amounts)
    elif note:
        mails.tell_of_document(note)
    mails.tell_of_accepted_withdrawal(order, pieces)
    _follow_up(order, by=by)


def _chosen(
    order: Order, remaining: list[RemainingLine], lines: Mapping[int, Withdrawn] | None
) -> tuple[dict[int, Withdrawn], bool]:
    """What is taken of each line, and whether nothing is left then."""
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
    """What is taken comes to, line by line; with the last piece the delivery."""
    amounts = {at: remaining[at].price_of(line.quantity) for at, line in taken.items()}
    delivery = len(order.lines.all())
    return amounts | ({delivery: remaining[delivery].gross} if ends and delivery < len(remaining) else {})


def _take_out(order: Order, taken: Mapping[int, Withdrawn]) -> list[tuple[OrderLine, int]]:
    """Take the pieces out of the contract; products in the sequence in which all lock them."""
    lines = list(order.lines.all())
    for at in sorted(taken, key=lambda at: lines[at].product_id or 0):
        lines[at].withdraw(taken[at].quantity, restock=taken[at].restock)
    return [(lines[at], taken[at].quantity) for at in sorted(taken)]


def _credit(
    order: Order, taken: Mapping[int, Withdrawn], *, ends: bool, refunded_by: str, by: Customer | None
) -> Document | None:
    """Credit the invoice that stands by as much; None where there is none, or it leaves these lines out."""
    invoice = standing_invoice(order)
    if invoice is None:
        return None
    lines = None if ends else on_invoice(invoice, {at: LinePart(line.quantity) for at, line in taken.items()})
    return issue.credit(invoice, lines=lines, refunded_by=refunded_by, by=by) if lines is None or lines else None


def _write_down(order: Order, *, ends: bool, by: Customer | None, facts: dict[str, str]) -> None:
    """Bring the statuses into step, answer what was stated, and count its customer anew."""
    order.withdrawals.unanswered().update(answered_at=timezone.now(), answered_by=by)
    order.withdrawal_waits = False
    if ends:
        order.save(update_fields=["withdrawal_waits"])
        call_off(order, state=Order.State.WITHDRAWN, by=by, facts=facts)
        return
    if order.shipments.exists() and not any(line.unsent for line in order.lines.all()):
        order.shipping_state = Order.ShippingState.SHIPPED
    order.save(update_fields=["withdrawal_waits", "shipping_state"])
    payment_status.refresh(order)
    order.log(OrderEvent.Kind.WITHDRAWN, by=by, **facts)
    recount_customer_of(order)


def _pay_back(
    order: Order, note: Document | None, *, method: str, by: Customer | None, key: UUID | None
) -> Payment | None:
    """Enter the refund of what is paid too much."""
    total = order.overpaid
    return record(order, -total, "refund", method=method, by=by, key=key, document=note) if total else None


def _keep_lines(order: Order, payment: Payment, taken: Mapping[int, Withdrawn], amounts: Mapping[int, Decimal]) -> None:
    """Keep what was refunded line by line; a refund of another amount, since not all was paid, is one by amount."""
    if sum(amounts.values(), ZERO) != -payment.amount:
        return
    lines = list(order.lines.all())
    for at, amount in amounts.items():
        line, quantity = (lines[at], taken[at].quantity) if at in taken else (None, 1)
        payment.lines.create(order_line=line, quantity=quantity, amount=amount)


def _follow_up(order: Order, *, by: Customer | None) -> None:
    """What a smaller order is ready for: its invoice, to be completed, or to lose the person who was erased."""
    if order.is_open and order.payment_state == Order.PaymentState.PAID:
        issue.issue_when(StoreSettings.InvoiceWhen.PAID, order)
    if order.is_open and order.shipping_state == Order.ShippingState.SHIPPED:
        issue.issue_when(StoreSettings.InvoiceWhen.SHIPPED, order)
    if order.is_done:
        complete(order, by=by)
    erase_person_when_done(order)
