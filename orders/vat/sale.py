"""A sale as VAT sees it: to somebody at the checkout, or by an order as it stands or shall stand."""

from collections.abc import Mapping

from customers.models import Customer
from orders.models import DeliveryMethod, Order, VatCheck
from orders.vat.checks import check_of, number_abroad, state_of
from orders.vat.territories import territory_of
from orders.vat.treatment import Sale
from shopadmin.models import StoreSettings


def sale_of(details: Mapping, addresses: Mapping[str, Mapping[str, str]], delivery: DeliveryMethod | None) -> Sale:
    """Say where the goods end up (what is picked up stays at home), and which business buys them."""
    sale = Sale.at_home(StoreSettings.current())
    address = addresses.get("shipping") or addresses["billing"]
    is_picked_up = delivery is not None and delivery.is_pickup
    there = sale.destination if is_picked_up else territory_of(address["country"], address["postcode"])
    check = check_for(details, addresses)
    number = number_abroad(details["vat_number"], addresses["billing"]["country"]) if check and check.is_valid else ""
    return sale.to(there, business_in=state_of(number))


def sale_of_order(order: Order, addresses: Mapping[str, Mapping[str, str]], *, is_pickup: bool) -> Sale:
    """Say which sale an order is with these addresses; a business keeps the proof that its VAT number was valid."""
    sale = Sale.at_home(StoreSettings.current())
    billing = addresses.get("billing")
    if billing is None:
        return sale
    address = addresses.get("shipping") or billing
    there = sale.destination if is_pickup else territory_of(address["country"], address["postcode"])
    number = number_abroad(order.vat_number, billing["country"]) if order.vat_checked_at else ""
    return sale.to(there, business_in=state_of(number))


def check_for(details: Mapping, addresses: Mapping[str, Mapping[str, str]]) -> VatCheck | None:
    """The check of the VAT number that a business orders with; None for everybody else."""
    is_business = details["customer_type"] == Customer.Type.BUSINESS
    return check_of(details["vat_number"], addresses["billing"]["country"]) if is_business else None
