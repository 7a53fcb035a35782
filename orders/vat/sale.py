"""A sale to somebody at the checkout, as VAT sees it."""

from collections.abc import Mapping

from orders.models import DeliveryMethod
from orders.vat.territories import territory_of
from orders.vat.treatment import Sale
from shopadmin.models import StoreSettings


def sale_of(details: Mapping, addresses: Mapping[str, Mapping[str, str]], delivery: DeliveryMethod | None) -> Sale:
    """Say where the goods end up (what is picked up stays at home), and which business buys them."""
    sale = Sale.at_home(StoreSettings.current())
    address = addresses.get("shipping") or addresses["billing"]
    is_picked_up = delivery is not None and delivery.is_pickup
    there = sale.destination if is_picked_up else territory_of(address["country"], address["postcode"])
    return sale.to(there)
