"""Whom a command was told to do something for."""

from django.core.management.base import CommandError

from customers.models import Customer
from customers.models.customer_manager import CustomerQuerySet
from shopadmin.row_ids import is_row_id


def customer_named(name: str, *, otherwise: str = "Nothing was done.") -> Customer:
    """The customer of a number or an address; of a merged one, whoever it became."""
    record = record_named(name, among=Customer.objects.select_related("merged_into"), otherwise=otherwise)
    return record.merged_into or record


def record_named(name: str, *, among: CustomerQuerySet, otherwise: str) -> Customer:
    """The record of a number, a merged one too, or the one to which an address belongs.

    `otherwise` is what the error says that did not happen.
    """
    named = among.filter(pk=name) if is_row_id(name) else among.behind(name.replace("\0", ""))
    record = named.first()
    if record is None:
        raise CommandError(f"No customer found: {name}. {otherwise}")
    return record
