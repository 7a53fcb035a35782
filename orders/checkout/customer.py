"""The customer of an order that is being placed: found by session or email address, or made, and brought up to date."""

from collections.abc import Mapping
from contextlib import AbstractContextManager

from customers.email_addresses import normalise_email
from customers.history.acting import acting_to_the_end
from customers.models import Address, Consent, Customer, PostalAddress
from customers.models.history import ActorKind
from orders.handling.errors import AccountGone
from orders.models import Order

Addresses = Mapping[str, Mapping[str, str]]  # billing, and shipping when it is another


def join_customer(
    order: Order, *, details: Mapping, addresses: Addresses, shopper: Customer | None = None
) -> tuple[Customer, bool]:
    """Set the customer of an order, found or made, with its row locked; returns it, and whether it is a new one.

    A guest's record takes name and addresses from the order. A registered customer's record is left alone, since
    anybody can type their email address; but a signed-in shopper who has no postal address yet gets this one.
    """
    customer = _known(order, shopper=shopper)
    if customer is None:
        customer, is_new = _add(order, details=details, addresses=addresses)
        if is_new:
            return customer, True
    order.customer = customer
    with _by(order, shopper=shopper, adds=False):
        if _is_guest(customer):
            _take_everything(order, details=details, addresses=addresses)
        elif shopper:
            if not customer.addresses.exists():
                _update(customer, ship_elsewhere="shipping" in addresses)
                _take_addresses(customer, addresses)
            _take_consent(customer, order, given=details["marketing_consent"])
    return customer, False


def take_customer(order: Order, customer: Customer) -> Customer:
    """Set the customer of an order that a merchant enters: the row is locked, the record stays as it is.

    AccountGone where the customer was erased, merged or restricted since.
    """
    rows = Customer.objects.select_for_update(no_key=True)
    locked = rows.filter(pk=customer.pk, merged_into=None, restricted_at=None).first()
    if locked is None:
        raise AccountGone
    order.customer = locked
    return locked


def _by(order: Order, *, shopper: Customer | None = None, adds: bool) -> AbstractContextManager:
    return acting_to_the_end(ActorKind.SHOPPER, by=shopper, source=f"order {order.number}", adds=adds)


def _is_guest(customer: Customer) -> bool:
    """Whether an order may change the record: only a guest's, and not while its use is restricted."""
    return not (customer.is_registered or customer.is_staff or customer.is_restricted)


def _known(order: Order, *, shopper: Customer | None) -> Customer | None:
    """The customer of the session, else of the email address, with the row locked; None where the address is new.

    AccountGone where the signed-in shopper was erased since the request came in.
    """
    signed_in = shopper and Customer.objects.select_for_update(no_key=True).filter(pk=shopper.pk).first()
    if shopper and signed_in is None:
        raise AccountGone
    if signed_in and signed_in.merged_into_id is None:
        return signed_in
    return Customer.objects.locked_behind(order.email)


def _add(order: Order, *, details: Mapping, addresses: Addresses) -> tuple[Customer, bool]:
    """Make the customer of a new email address; (customer, False) where another order has just made it."""
    with _by(order, adds=True):
        known = {**order.customer_defaults(), "confirmed_numbers": details.get("confirmed_numbers", {})}
        customer, is_new = Customer.objects.add_guest(**known, ship_elsewhere="shipping" in addresses)
        if is_new:
            order.customer = customer
            _take_everything(order, details=details, addresses=addresses)
            if customer.marketing_consent:
                # What came with the record is not a change for the merchant to look at.
                customer.history.update(seen=True)
    return customer, is_new


def _take_everything(order: Order, *, details: Mapping, addresses: Addresses) -> None:
    """Take over what an order says of its guest."""
    customer = order.customer
    confirmed = {**customer.confirmed_numbers, **details.get("confirmed_numbers", {})}
    # Whoever orders services says nothing of where goods go.
    where = {"ship_elsewhere": "shipping" in addresses} if order.has_goods else {}
    _take_newest(customer, order, **where, confirmed_numbers=confirmed)
    _take_addresses(customer, addresses)
    # Consent is given for the address that was typed, which may have been merged into this record.
    agrees = details["marketing_consent"] and normalise_email(order.email) == customer.email
    _take_consent(customer, order, given=customer.marketing_consent or agrees)


def _take_newest(customer: Customer, order: Order, **others) -> None:
    """Name, phone and language of the newest order; the company's data only from an order of a company."""
    names = order.PERSON_FIELDS
    if order.customer_type == Customer.Type.BUSINESS:
        names += order.COMPANY_FIELDS
    newest = {name: getattr(order, name) for name in names} | others
    if order.phone:
        newest["phone"] = order.phone
    _update(customer, **{name: value for name, value in newest.items() if getattr(customer, name) != value})


def _update(customer: Customer, **changes) -> None:
    """Write some fields; the search text follows when the order is counted."""
    if changes:
        Customer.objects.filter(pk=customer.pk).update(**changes)
    for name, value in changes.items():
        setattr(customer, name, value)


def _take_addresses(customer: Customer, addresses: Addresses) -> None:
    Address.objects.bulk_create(
        [Address(customer=customer, kind=kind, **address) for kind, address in addresses.items()],
        update_conflicts=True,
        unique_fields=["customer", "kind"],
        update_fields=PostalAddress.FIELDS,
    )


def _take_consent(customer: Customer, order: Order, *, given: bool) -> None:
    if given != customer.marketing_consent:
        customer.set_marketing_consent(given, text=str(Consent.TEXT), source=f"order {order.number}", by=customer)
