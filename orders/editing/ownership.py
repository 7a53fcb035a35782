"""Whose order it is once its email address has been corrected.

Nobody has proved the mailbox of an order that was placed without signing in, so such an order goes with its address.
One of somebody who is registered stays theirs, unless the merchant says that it never was.
"""

from enum import StrEnum
from typing import NamedTuple

from django.db.models import Q

from customers.email_addresses import normalise_email
from customers.history import acting
from customers.models import Address, Customer, HistoryEntry
from customers.models.history import ActorKind
from orders.customer_hooks import totals
from orders.models import Order


class Outcome(StrEnum):
    """What becomes of the order and of its customer's record."""

    STAYS = "stays"
    RECORD = "record"  # the guest's record gets the new address
    MOVES = "moves"  # to the customer who has the new address
    NEW_GUEST = "new_guest"  # the guest has other orders, and nobody has the new address


class Ownership(NamedTuple):
    """What becomes of them; `customer` is whose order it will be, 0 where the record is yet to be made."""

    outcome: Outcome
    customer: int


def is_another_address(old: str, new: str) -> bool:
    """Whether these are two mailboxes."""
    return normalise_email(old) != normalise_email(new)


def may_be_somebody_elses(order: Order) -> bool:
    """Whether a guest placed this order with the email address of a registered customer, who may not be the buyer."""
    customer = order.customer
    return customer is not None and customer.is_registered and order.channel == Order.Channel.GUEST


def ownership_after(order: Order, email: str, *, is_not_theirs: bool) -> Ownership:
    """Whose the order is once it has that email address; `is_not_theirs` takes it from a registered customer."""
    customer = order.customer
    if customer is None:
        return Ownership(Outcome.STAYS, 0)
    owner = Customer.objects.behind(normalise_email(email)).values_list("pk", flat=True).first()
    is_parted = is_not_theirs and may_be_somebody_elses(order)
    if owner == customer.pk or not (is_parted or _is_guest(customer)):
        return Ownership(Outcome.STAYS, customer.pk)
    if owner:
        return Ownership(Outcome.MOVES, owner)
    if is_parted:
        return Ownership(Outcome.NEW_GUEST, 0)
    if is_another_address(customer.email, order.email):  # the record was corrected by itself
        return Ownership(Outcome.STAYS, customer.pk)
    has_others = customer.orders.exclude(pk=order.pk).exists()
    return Ownership(Outcome.NEW_GUEST, 0) if has_others else Ownership(Outcome.RECORD, customer.pk)


def _is_guest(customer: Customer) -> bool:
    return not (customer.is_registered or customer.is_staff or customer.is_restricted)


def lock_people(order: Order, email: str) -> None:
    """Let nobody else change the customer of an order and whoever has that address, until the transaction ends."""
    behind = Customer.objects.behind(normalise_email(email)).values("pk")
    people = Customer.objects.filter(Q(pk=order.customer_id) | Q(pk__in=behind))
    list(people.select_for_update(no_key=True).order_by("pk").values("pk"))


def hand_over(order: Order, ownership: Ownership, *, by: Customer | None) -> None:
    """Give the order, which has its new email address already, to its new owner; the caller saves it and recounts.

    IntegrityError where somebody else has just taken the address.
    """
    customer = order.customer
    if ownership.outcome == Outcome.STAYS or customer is None:
        return
    with acting.acting_meanwhile(ActorKind.MERCHANT, by=by, source="backoffice"):
        if ownership.outcome == Outcome.RECORD:
            customer.change_email(order.email, by=by)
            return
        order.customer = _owner(order, ownership)
    _note(order, left=customer, by=by)


def _owner(order: Order, ownership: Ownership) -> Customer:
    if ownership.customer:
        return Customer.objects.get(pk=ownership.customer)
    guest, is_new = Customer.objects.get_or_add_guest(**order.customer_defaults())
    if is_new:
        addresses = [Address(customer=guest, kind=row.kind, **row.as_dict()) for row in order.addresses.all()]
        Address.objects.bulk_create(addresses)
        guest.ship_elsewhere = any(address.kind == "shipping" for address in addresses)
        guest.save(update_fields=["ship_elsewhere"])
    return guest


def _note(order: Order, *, left: Customer, by: Customer | None) -> None:
    """Note in the history of both customers that the order left or came, by its number alone."""
    shared = {"actor_kind": ActorKind.MERCHANT if by else ActorKind.SHELL, "actor": by, "source": "backoffice"}
    shared |= {"field": HistoryEntry.ORDER, "seen": True}
    HistoryEntry.objects.bulk_create(
        [
            HistoryEntry(customer=left, old=order.number, new="", **shared),
            HistoryEntry(customer=order.customer, old="", new=order.number, **shared),
        ]
    )


def recount(order: Order, *, left: Customer | None) -> None:
    """Count the orders of whoever it belongs to now, and of whom it left."""
    if left is not None and left.pk != order.customer_id:
        totals.recount(left)
    totals.recount_customer_of(order)
