"""A sale to somebody at the checkout, as VAT sees it."""

from collections.abc import Mapping

from customers.models import Customer
from orders.models import DeliveryMethod, VatCheck
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


def check_for(details: Mapping, addresses: Mapping[str, Mapping[str, str]]) -> VatCheck | None:
    """The check of the VAT number that a business orders with; None for everybody else."""
    is_business = details["customer_type"] == Customer.Type.BUSINESS
    return check_of(details["vat_number"], addresses["billing"]["country"]) if is_business else None
