"""Taking over a customer's new address or email address on their open orders that have the old one."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext as _

from customers.email_addresses import normalise_email
from customers.models import Customer
from orders.editing.edit import NotAsReviewed, edit
from orders.editing.edited import Addresses, Edited, Wanted
from orders.editing.ownership import is_another_address
from orders.handling.errors import OrderError
from orders.models import Order

MOST = 50


class What(StrEnum):
    """What an order may take over, each by itself: a gift may get the email address and not the address."""

    EMAIL = "email"
    ADDRESS = "address"


@dataclass(frozen=True)
class Offer:
    """An order that could take over the addresses, or the email address, of its customer: what that would change.

    `former` are the email addresses that the customer had before.
    """

    order: Order
    what: What
    edited: Edited
    former: Collection[str]

    @property
    def value(self) -> str:
        """What its checkbox sends: the order, and what was shown of it."""
        return f"{self.order.pk}:{self.what}:{self.edited.fingerprint}"

    @property
    def is_likely(self) -> bool:
        """Whether it is chosen at first: not where it goes somewhere that the record never named, such as a gift."""
        if self.what == What.EMAIL:
            return normalise_email(self.order.email) in self.former
        kinds = {address.kind for address in self.order.addresses.all()}
        return "shipping" not in kinds or "shipping" in self.edited.addresses

    @property
    def is_dearer_or_cheaper(self) -> bool:
        return self.edited.sums.total.gross != self.order.total


def addresses_of_record(customer: Customer) -> Addresses:
    """The addresses of a record by kind: billing, and shipping when it is another; none without a billing address."""
    kept = {address.kind: address for address in customer.addresses.all() if not address.is_empty}
    if "billing" not in kept:
        return {}
    kinds = ["billing", "shipping"] if customer.ship_elsewhere and "shipping" in kept else ["billing"]
    return {kind: kept[kind].as_dict() for kind in kinds}


def offers_for(customer: Customer) -> list[Offer]:
    """The newest orders with another address or email address that can still be changed."""
    wanted = _wanted(customer)
    orders = customer.orders.editable().newest_first().prefetch_related("addresses", "lines__product")
    newest = list(orders[:MOST])
    elsewhere = [order for order in newest if is_another_address(order.email, customer.email)]
    former = set(customer.history.filter(field="email").values_list("old", flat=True)) if elsewhere else set()
    of_kind = {What.EMAIL: elsewhere, What.ADDRESS: newest}
    offers = [Offer(order, what, Edited.of(order, wanted[what]), former) for what in wanted for order in of_kind[what]]
    return [offer for offer in offers if offer.edited.changes]


def _wanted(customer: Customer) -> dict[What, Wanted]:
    wanted = {What.EMAIL: Wanted(contact={"email": customer.email})}
    addresses = addresses_of_record(customer)
    return wanted | {What.ADDRESS: Wanted(addresses=addresses)} if addresses else wanted


def lead(customer: Customer) -> str:
    """Where they are offered; nothing where there are none."""
    return reverse("customer_open_orders", args=[customer.pk]) if offers_for(customer) else ""


def change(customer: Customer, values: Collection[str], *, by: Customer) -> tuple[int, list[str]]:
    """Change the orders whose checkboxes were sent, each by itself; returns how many, and why others were not."""
    wanted, changed, refused = _wanted(customer), set[int](), []
    offers = {offer.value: offer for offer in offers_for(customer)}
    for value in dict.fromkeys(values):
        try:
            offer = offers[value]
            edit(offer.order, wanted[offer.what], agreed=offer.edited.fingerprint, by=by)
            changed.add(offer.order.pk)
        except (KeyError, NotAsReviewed):
            refused.append(
                _("An order or the address has changed since you opened this page. Check the orders below again.")
            )
        except OrderError as error:
            refused.append(f"{offers[value].order}: {error}")
    return len(changed), list(dict.fromkeys(refused))
