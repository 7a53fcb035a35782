from django.core.management.base import CommandError

from customers.models import Customer


def customer_named(name: str) -> Customer:
    """The customer of a number or an address that a command was given; of a merged one, whoever it became."""
    is_number = name.isascii() and name.isdecimal() and len(name) < 19
    named = Customer.objects.filter(pk=name) if is_number else Customer.objects.behind(name.replace("\0", ""))
    customer = named.select_related("merged_into").first()
    if customer is None:
        raise CommandError(f"No customer found: {name}. Nothing was done.")
    return customer.merged_into or customer
