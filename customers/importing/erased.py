"""Whoever is erased while a file is taken in stays erased, whether their row was read before or comes later.

The import keeps a fingerprint of the address (HMAC with the shop's secret key) until it is done; a row with that
address is refused, and nothing that it holds is written anywhere.
"""

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from customers.models import CustomerImport


def keep_out(emails: Iterable[str]) -> None:
    """Tell every import that is not done, in the transaction of an erasure and before it locks the customer.

    An import locks its own row before those of customers, so that neither waits for the other in a circle.
    """
    wanted = [fingerprint(email) for email in emails]
    for job in CustomerImport.objects.exclude(state=CustomerImport.State.DONE).select_for_update().order_by("pk"):
        job.erased = [*job.erased, *wanted]
        job.save(update_fields=["erased"])


def fingerprint(email: str) -> str:
    """What is kept of an address, in its normal form."""
    return salted_hmac("customers.importing.erased", email, algorithm="sha256").hexdigest()
