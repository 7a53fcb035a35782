"""How the states of an order look: a mark and a word each, alike on every page."""

from django.utils.translation import gettext_lazy as _

from shopadmin.rendering.badges import Badge

AWAITING_PAYMENT = Badge(_("Awaiting payment"), "is-open is-warn")
WITHDRAWAL = Badge(_("Withdrawal to answer"), "is-open is-stop")
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
