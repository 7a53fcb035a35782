"""What an edit changes, as it is kept on the order's timeline, and the words for it in whatever language reads it."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Address
from orders.checkout.payment_methods import label_of
from orders.models import Order
from shopadmin.rendering.formats import email_address, money, number

LABELS = {
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "company_name": gettext_lazy("Company name"),
    "coc_number": gettext_lazy("Company registration number"),
    "vat_number": capfirst(gettext_lazy("VAT number")),
    "email": gettext_lazy("Email address"),
    "customer": gettext_lazy("Customer"),
    "phone": gettext_lazy("Phone"),
    "reference": gettext_lazy("Customer's reference"),
    "billing": gettext_lazy("Billing address"),
    "shipping": gettext_lazy("Shipping address"),
    "delivery": gettext_lazy("Delivery"),
    "order_discount": gettext_lazy("Discount on the order"),
    "delivery_cost": gettext_lazy("Delivery cost"),
    "payment_method": gettext_lazy("Payment method"),
    "vat": gettext_lazy("VAT"),
    "total": gettext_lazy("Total"),
}
AMOUNTS = ("line_discount", "order_discount", "delivery_cost", "vat", "total")
COMPANY_FIELDS = (*Order.COMPANY_FIELDS, "reference")
# Who the order is for and where it goes: an erasure takes these out of the timeline.
PERSONAL_FIELDS = ("first_name", "last_name", *COMPANY_FIELDS, "email", "customer", "phone", "billing", "shipping")


class Change(NamedTuple):
    """One thing that becomes another: a field, or of something called `name` how many there are (`line`) or the
    discount on it (`line_discount`)."""

    field: str
    old: str
    new: str
    name: str = ""


def address_in_words(address: Mapping[str, str] | None) -> str:
    """An address in one line; a region stands there too where the country writes none."""
    if not address:
        return ""
    lines = Address(**address).lines()
    return ", ".join(lines if address["region"] in " ".join(lines) else [*lines, address["region"]])


# --- On the timeline


def without_former_customer(changes: Iterable[Change], order: Order) -> list[Change]:
    """The changes for the timeline of an order that went to another customer: whose it was is told by number alone.

    So erasing one of the two customers leaves nothing of them with the other.
    """
    known = {"email": Change("email", "", order.email)}
    return [
        change._replace(new=str(order.customer_id)) if change.field == "customer" else known.get(change.field, change)
        for change in changes
    ]


def facts_of(changes: Iterable[Change]) -> dict[str, list[list[str]]]:
    """What the timeline keeps: apart, what tells who it is."""
    kept: dict[str, list[list[str]]] = {"person": [], "order": []}
    for change in changes:
        kept["person" if change.field in PERSONAL_FIELDS else "order"].append(list(change))
    return {name: rows for name, rows in kept.items() if rows}


def changes_in(facts: Mapping) -> list[Change]:
    """What an entry of the timeline keeps."""
    return [Change(*row) for name in ("person", "order") for row in facts.get(name, [])]


def told_to_shopper(changes: Iterable[Change], order: Order) -> list[Change]:
    """The changes that an email to the shopper lists: nothing personal, and the company only to a confirmed address."""
    told = () if order.is_unproven else COMPANY_FIELDS
    return [change for change in changes if change.field in told or change.field not in PERSONAL_FIELDS]


def in_words(changes: Iterable[Change], order: Order) -> list[tuple[str, str, str]]:
    """Label, old and new value of each, in the active language."""
    return [(_label(change), *_values(change, order.currency)) for change in changes]


def _label(change: Change) -> str:
    if change.field == "line_discount":
        return _("Discount, %s") % change.name
    return change.name if change.field == "line" else str(LABELS[change.field])


def _values(change: Change, currency: str) -> tuple[str, str]:
    show = _shown(change.field, currency)
    return show(change.old), show(change.new)


def _shown(field: str, currency: str) -> Callable[[str], str]:
    if field == "line":
        return _pieces
    if field in AMOUNTS:
        return lambda amount: money(Decimal(amount), currency)
    if field in SHOWN:
        return SHOWN[field]
    return str


def _pieces(quantity: str) -> str:
    return number(int(quantity)) if quantity != "0" else _("not ordered")


def _as_billing(address: str) -> str:
    return address or _("the billing address")


def _delivery(name: str) -> str:
    return name or _("no delivery")


def _customer(number: str) -> str:
    return f"#{number}" if number else _("new guest")


SHOWN = {
    "delivery": _delivery,
    "payment_method": label_of,
    "shipping": _as_billing,
    "email": email_address,
    "customer": _customer,
}
