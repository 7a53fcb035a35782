"""How the states of an order look: a mark and a word each, alike on every page."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from orders.checkout.payment_methods import is_in_advance
from shopadmin.rendering.badges import Badge

if TYPE_CHECKING:
    from orders.models import Order

ON_ITS_WAY = Badge(_("On its way"), "is-half is-note")
AWAITING_PAYMENT = Badge(_("Awaiting payment"), "is-open is-warn")
OVERDUE = Badge(_("Overdue"), "is-open is-stop")
STATES = {
    "open": "is-open is-note",
    "completed": "is-ok",
    "cancelled": "is-stopped is-stop",
    "withdrawn": "is-stopped is-stop",
}
PAYMENT_STATES = {
    "unpaid": "is-open is-warn",
    "partly_paid": "is-half is-warn",
    "paid": "is-ok",
    "partly_refunded": "is-half",
    "refunded": "is-stopped",
    "no_payment_due": "is-stopped",
}
SHIPPING_STATES = {
    "not_shipped": Badge(_("Not sent"), "is-open"),
    "partly_shipped": Badge(_("Partly sent"), "is-half is-note"),
    "shipped": Badge(_("Sent"), "is-ok"),
}


def badge(order: "Order") -> Badge:
    """The one word for how far the order is."""
    state = Badge(order.get_state_display(), STATES[order.state])
    if not order.is_open:
        return state
    if order.shipping_state != order.ShippingState.NOT_SHIPPED:
        return ON_ITS_WAY if order.shipping_state == order.ShippingState.SHIPPED else shipping_badge(order)
    is_awaited = order.asks_for_payment and is_in_advance(order.payment_method)
    return AWAITING_PAYMENT if is_awaited else state


def payment_badges(order: "Order") -> list[Badge]:
    """The payment status, and the mark beside it when its term is over."""
    status = Badge(order.get_payment_state_display(), PAYMENT_STATES[order.payment_state])
    return [status, OVERDUE] if order.is_overdue else [status]


def shopper_payment_badges(order: "Order") -> list[Badge]:
    """What the shopper is shown of it: nothing while the shop has yet to answer a withdrawal from an unpaid order."""
    return payment_badges(order) if order.asks_for_payment or not order.outstanding else []


def shipping_badge(order: "Order") -> Badge:
    """How much of the order was sent."""
    return SHIPPING_STATES[order.shipping_state]
