"""A sale as VAT sees it: to somebody at the checkout, or to the addresses of an order as it stands or shall stand."""

from collections.abc import Mapping

from customers.models import Customer
from orders.models import DeliveryMethod, VatCheck
from orders.vat.checks import check_of, number_abroad, state_of
from orders.vat.territories import territory_of
from orders.vat.treatment import Sale
from shopadmin.models import StoreSettings


def sale_of(details: Mapping, addresses: Mapping[str, Mapping[str, str]], delivery: DeliveryMethod | None) -> Sale:
    """Say where the goods end up (what is picked up stays at home), and which business buys them."""
    check = check_for(details, addresses)
    proven = details["vat_number"] if check and check.is_valid else ""
    return sale_to(addresses, is_pickup=delivery is not None and delivery.is_pickup, proven_number=proven)


def sale_to(addresses: Mapping[str, Mapping[str, str]], *, is_pickup: bool, proven_number: str) -> Sale:
    """Say which sale it is to these addresses; `proven_number` is a VAT number that was found valid, or empty."""
    sale = Sale.at_home(StoreSettings.current())
    billing = addresses.get("billing")
    if billing is None:
        return sale
    address = addresses.get("shipping") or billing
    there = sale.destination if is_pickup else territory_of(address["country"], address["postcode"])
    number = number_abroad(proven_number, billing["country"]) if proven_number else ""
    return sale.to(there, business_in=state_of(number))


def check_for(details: Mapping, addresses: Mapping[str, Mapping[str, str]]) -> VatCheck | None:
    """The check of the VAT number that a business orders with; None for everybody else."""
    is_business = details["customer_type"] == Customer.Type.BUSINESS
    return check_of(details["vat_number"], addresses["billing"]["country"]) if is_business else None
