"""The open orders of a customer whose address has changed: which have another one, and changing it on those chosen."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from customers.models import Customer
from orders.editing.edit import NotAsReviewed, edit
from orders.editing.edited import Addresses, Edited, Wanted
from orders.handling.errors import OrderError
from orders.models import Order

MOST = 50


@dataclass(frozen=True)
class Offer:
    """An order that could take over the addresses of its customer, and what that would change."""

    order: Order
    edited: Edited

    @property
    def value(self) -> str:
        """What its checkbox sends: the order, and what was shown of it."""
        return f"{self.order.pk}:{self.edited.fingerprint}"

    @property
    def is_likely(self) -> bool:
        """Whether it is chosen at first: not where it goes somewhere that the record never named, such as a gift."""
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
    """The newest orders with another address that can still be changed."""
    addresses = addresses_of_record(customer)
    orders = customer.orders.editable().newest_first().prefetch_related("addresses", "lines__product")
    wanted = Wanted(addresses=addresses)
    offers = [Offer(order, Edited.of(order, wanted)) for order in orders[:MOST]] if addresses else []
    return [offer for offer in offers if offer.edited.changes]


def lead(customer: Customer) -> str:
    """Where they are offered; nothing where there are none."""
    return reverse("customer_open_orders", args=[customer.pk]) if offers_for(customer) else ""


def change(customer: Customer, values: Collection[str], *, by: Customer) -> tuple[int, list[str]]:
    """Change the orders whose checkboxes were sent, each by itself; returns how many, and why others were not."""
    addresses, changed, refused = addresses_of_record(customer), 0, []
    offers = {offer.value: offer.order for offer in offers_for(customer)}
    for value in dict.fromkeys(values):
        try:
            edit(offers[value], Wanted(addresses=addresses), agreed=value.partition(":")[2], by=by)
            changed += 1
        except (KeyError, NotAsReviewed):
            refused.append(
                _("An order or the address has changed since you opened this page. Check the orders below again.")
            )
        except OrderError as error:
            refused.append(f"{offers[value]}: {error}")
    return changed, list(dict.fromkeys(refused))
