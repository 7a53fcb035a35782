"""Recording refunds of an order, by line or by amount, with the credit note that goes with them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext

from customers.models import Customer
from orders.checkout.totals import ZERO
from orders.documents import issue
from orders.documents.remaining_lines import LinePart, positions_on_order, remaining_of_order
from orders.documents.standing import standing_invoice
from orders.handling import payments
from orders.handling.completion import complete
from orders.handling.errors import OrderError
from orders.models import Document, Order, OrderLine, Payment, Product
from shopadmin.models import StoreSettings
from shopadmin.rendering.formats import money


@dataclass(frozen=True)
class RefundedLine:
    """How many pieces of a line are refunded; `amount` (VAT included) where that is not their price.

    `restock`: they go back in stock, unsent ones first.
    """

    quantity: int
    amount: Decimal | None = None
    restock: bool = False


@transaction.atomic
def refund(
    order: Order,
    *,
    amount: Decimal | None = None,
    lines: Mapping[int, RefundedLine] | None = None,
    method: str = "",
    credit_note: bool = False,
    remark: str = "",
    by: Customer | None = None,
    key: uuid.UUID | None = None,
) -> Payment:
    """Record a refund of an amount or of lines (by position); the same `key` (of a form) counts once.

    With `credit_note` the standing invoice is credited by as much. OrderError for more than was paid, or more of a line
    than remains.
    """
    order.lock()
    if entered := key and order.payments.filter(key=key).first():
        return entered
    _lock_products(order, lines or {})
    taken = {at: LinePart(line.quantity, line.amount) for at, line in lines.items()} if lines is not None else None
    amounts = _amounts(order, taken) if taken is not None else {}
    note = _credit(order, taken, amount, method=method, remark=remark, by=by) if credit_note else None
    if note and taken is not None:
        amounts = amounts_on(note)
    total = sum(amounts.values(), ZERO) if amount is None else amount
    if not ZERO < total <= order.paid:
        raise OrderError(gettext("You can refund up to %s") % money(order.paid, order.currency))
    payment = payments.record(order, -total, "refund", method=method, by=by, key=key, document=note)
    for at, line in (lines or {}).items():
        _keep(payment, _line_at(order, at), line, amounts.get(at, ZERO))
    if any(line.restock for line in (lines or {}).values()):
        order.look_at_what_is_left(order.lines.all())
        order.save(update_fields=["ready_at", "only_services_left"])
        _end_shipping(order, by=by)
    return payment


def _lock_products(order: Order, lines: Mapping[int, RefundedLine]) -> None:
    """Lock what goes back in stock, before a customer is counted or a number drawn for a credit note."""
    order_lines = [_line_at(order, at) for at, line in lines.items() if line.restock]
    if products := {line.product_id for line in order_lines if line and line.product_id}:
        Product.objects.filter(pk__in=products).lock()


def to_credit(order: Order) -> Decimal:
    """How much was refunded without a credit note, apart from what had been paid too much."""
    return max(min(order.refunded - order.credited, order.total - order.credited - order.paid), ZERO)


def _amounts(order: Order, taken: Mapping[int, LinePart]) -> dict[int, Decimal]:
    remaining = remaining_of_order(order)
    return {at: remaining[at].amount_of(line) for at, line in taken.items()}


def _credit(
    order: Order,
    lines: Mapping[int, LinePart] | None,
    amount: Decimal | None,
    *,
    method: str,
    remark: str,
    by: Customer | None,
) -> Document:
    invoice = standing_invoice(order)
    if invoice is None:
        raise OrderError(gettext("This order has no invoice that can be credited."))
    refunded_by = method or order.payment_method
    if lines is not None:
        lines = on_invoice(invoice, lines)
    return issue.credit(invoice, lines=lines, amount=amount, remark=remark, refunded_by=refunded_by, by=by)


def on_invoice(invoice: Document, lines: Mapping[int, LinePart]) -> dict[int, LinePart]:
    """Lines by their position on the order → by that on the invoice; those that the invoice leaves out are dropped."""
    there = {on_order: position for position, on_order in enumerate(positions_on_order(invoice))}
    return {there[at]: taken for at, taken in lines.items() if at in there}


def amounts_on(note: Document) -> dict[int, Decimal]:
    """How much a credit note takes off each line of the order, by the line's position on the order."""
    invoice: Document = note.credits  # type: ignore[assignment]  # by a constraint
    on_order = positions_on_order(invoice)
    parts = [line for line in note.content["lines"] if line.get("of") is not None]
    return {on_order[line["of"]]: Decimal(line["gross"]) for line in parts}


def _line_at(order: Order, position: int) -> OrderLine | None:
    """The line at a position; None for the delivery, which comes after the last."""
    lines = list(order.lines.all())
    return lines[position] if position < len(lines) else None


def _keep(payment: Payment, line: OrderLine | None, refunded: RefundedLine, amount: Decimal) -> None:
    """Note on the refund what of a line it was for, and put back in stock what came back."""
    if not refunded.quantity and not amount:
        return
    restocked = line.restock_refunded(refunded.quantity) if line and refunded.restock else 0
    payment.lines.create(order_line=line, quantity=refunded.quantity, amount=amount, restocked=restocked)


def _end_shipping(order: Order, *, by: Customer | None) -> None:
    """Count a partly shipped order as shipped once the rest of it is refunded; complete any order that is done.

    An order of which nothing was sent stays not shipped.
    """
    if order.shipping_state == order.ShippingState.PARTLY_SHIPPED and not order.has_unsent:
        order.shipping_state = order.ShippingState.SHIPPED
        order.save(update_fields=["shipping_state"])
        issue.issue_when(StoreSettings.InvoiceWhen.SHIPPED, order)
    if order.is_done:
        complete(order, by=by)
