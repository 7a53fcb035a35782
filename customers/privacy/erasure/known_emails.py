"""The email addresses by which the shop knows or has known its customers."""

from collections import defaultdict
from collections.abc import Iterable

from customers.models import Customer, HistoryEntry


def emails_of(customers: Iterable[Customer]) -> dict[int, list[str]]:
    """All addresses of each, by their number.

    Their own comes first, then those of the records merged into theirs, and those that they had before and that are
    nobody else's now.
    """
    emails = {customer.pk: [customer.email] for customer in customers}
    for number, email in Customer.objects.filter(merged_into__in=emails).values_list("merged_into", "email"):
        emails[number].append(email)
    changes = HistoryEntry.objects.filter(customer__in=emails, field="email")
    past: dict[int, set[str]] = defaultdict(set)
    for number, *values in changes.values_list("customer", "old", "new"):
        past[number].update(filter(None, values))
    in_use = Customer.objects.filter(email__in={email for one in past.values() for email in one})
    taken = set(in_use.values_list("email", flat=True))
    return {number: [*own, *sorted(past[number] - taken - {*own})] for number, own in emails.items()}
