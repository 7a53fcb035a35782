"""How far an order had come, worked out of all that a file says about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from orders.checkout.totals import ZERO
from orders.importing.states import Meaning, Payment, Shipping, State

NOTHING = Meaning()


@dataclass
class Outcome:
    """State and shipping of an order, and the money that came in and went back."""

    state: str
    shipping: str
    received: Decimal
    refunded: Decimal


def outcome_of(values: dict, *, line_states: list[str]) -> tuple[Outcome, list[tuple[str, str]]]:
    """The outcome, and what could not be worked out as (column, reason)."""
    of_state, of_payment, of_shipping = (values.get(name) or NOTHING for name in ("state", "paid", "shipped"))
    payment = of_payment.payment or of_state.payment
    if not of_payment.payment and values.get("paid_at"):
        payment = Payment.PAID
    shipping = of_shipping.shipping or _of_lines(line_states) or of_state.shipping
    state = of_state.state or _likely(payment, shipping)
    if values.get("cancelled_at"):
        state = State.CANCELLED
    is_done = state == State.COMPLETED
    payment = payment or (Payment.PAID if is_done else Payment.UNPAID)
    shipping = shipping or (Shipping.SHIPPED if is_done else Shipping.NOT_SHIPPED)
    is_partly_refunded = of_state.is_partly_refunded or of_payment.is_partly_refunded
    received, refunded, doubts = _money(values, payment, is_partly_refunded=is_partly_refunded)
    return Outcome(state, shipping, received, refunded), doubts


def _likely(payment: str, shipping: str) -> str:
    """The state of an order of which a file gives none: under way where something is left to do."""
    is_under_way = payment in (Payment.UNPAID, Payment.PARTLY_PAID) or shipping in (
        Shipping.NOT_SHIPPED,
        Shipping.PARTLY_SHIPPED,
    )
    return State.OPEN if is_under_way and payment != Payment.REFUNDED else State.COMPLETED


def _of_lines(states: list[str]) -> str:
    """The shipping of an order whose lines have theirs."""
    if not any(states):
        return ""
    return states[0] if len(set(states)) == 1 else Shipping.PARTLY_SHIPPED


def _money(values: dict, payment: str, *, is_partly_refunded: bool) -> tuple[Decimal, Decimal, list]:
    total, said, refunded = values["total"], values.get("amount_paid"), values.get("refunded") or ZERO
    is_paid = payment in (Payment.PAID, Payment.REFUNDED) or is_partly_refunded or refunded
    received = said if said is not None else total if is_paid else ZERO
    if payment == Payment.REFUNDED and not refunded:
        refunded = received
    is_part_unknown = payment == Payment.PARTLY_PAID and said is None
    doubts = _doubts(received, refunded, is_part_unknown=is_part_unknown, is_partly_refunded=is_partly_refunded)
    return received, min(refunded, received), list(doubts)


def _doubts(
    received: Decimal, refunded: Decimal, *, is_part_unknown: bool, is_partly_refunded: bool
) -> Iterator[tuple[str, str]]:
    if is_part_unknown and not refunded:
        yield "paid", _("The amount paid is missing, so the order is imported as unpaid.")
    if is_partly_refunded and not refunded:
        yield "paid", _("The amount refunded is missing, so no refund is imported.")
    if refunded > received:
        words = _("The refund is higher than the amount paid, so only the amount paid is imported as refunded.")
        yield "refunded", words
