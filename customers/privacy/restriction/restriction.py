"""Restricting the use of a person's data (GDPR, art. 18): it is kept, and seen by owners alone.

The person still signs in, orders and asks; lists, searches, files, merges and bulk actions leave the record out, and
nobody edits it until an owner lifts the restriction.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.history import acting
from customers.models import Customer
from customers.models.customer_manager import CustomerQuerySet
from customers.privacy.requests import mails as request_mails
from shopadmin.access import has_right
from shopadmin.rendering import formats
from shopadmin.roles import Right


def sees_restricted(staff: Customer | None) -> bool:
    """Whether this member of staff may see those whose data is restricted."""
    return staff is not None and has_right(staff, Right.RESTRICTED)


def sees(staff: Customer, customer: Customer) -> bool:
    """Whether this member of staff may see this customer."""
    return not customer.is_restricted or sees_restricted(staff)


def shoppers_seen_by(staff: Customer | None) -> CustomerQuerySet:
    """The customers whom this member of staff may see."""
    shoppers = Customer.objects.shoppers()
    return shoppers if sees_restricted(staff) else shoppers.unrestricted()


def shopper_seen_by(staff: Customer, pk: int, *, among: CustomerQuerySet | None = None) -> Customer:
    """The customer of a page, who may be one of some; PermissionDenied where only an owner may see them."""
    customer = get_object_or_404(Customer.objects.shoppers() if among is None else among, pk=pk)
    must_be_seen_by(staff, customer)
    return customer


def shopper_edited_by(staff: Customer, pk: int, *, among: CustomerQuerySet | None = None) -> Customer:
    """The same for a page that changes the record, which nobody does while the use of the data is restricted."""
    customer = shopper_seen_by(staff, pk, among=among)
    must_be_usable(customer)
    return customer


def must_be_seen_by(staff: Customer, customer: Customer) -> None:
    """PermissionDenied, with the reason, where only an owner may see a customer."""
    if not sees(staff, customer):
        raise PermissionDenied(_("The use of this customer's data is restricted. Only owners of the shop can see it."))


def must_be_usable(customer: Customer) -> None:
    """PermissionDenied, with the reason, while the use of the data is restricted."""
    if customer.is_restricted:
        words = _("The use of this customer's data has been restricted since %(day)s. Lift the restriction first.")
        raise PermissionDenied(words % {"day": formats.long_day(customer.restricted_at)})


def restrict(customer: Customer, *, by: Customer) -> None:
    """Restrict the use of the data from now on; a restriction that there is goes on."""
    with acting.merchant(by, source="privacy request"):
        Customer.objects.filter(pk=customer.pk).unrestricted().update(restricted_at=timezone.now())


@transaction.atomic
def lift(customer: Customer, *, by: Customer) -> bool:
    """End the restriction, which the person is told; False when it has ended meanwhile."""
    with acting.merchant(by):
        lifted = Customer.objects.filter(pk=customer.pk).restricted().update(restricted_at=None)
    if lifted:
        request_mails.tell_of_lifting(customer)
    return bool(lifted)
