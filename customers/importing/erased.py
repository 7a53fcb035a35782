"""Whoever is erased while a file is taken in stays erased, whether their row was read before or comes later.

The import keeps a fingerprint of the address (HMAC with ERASURE_KEY) until it is done, for a month at most;
a row with that address is refused, and nothing that it holds is written anywhere. Refused rows that are kept with
the import and name them go at once.
"""

from collections.abc import Iterable

from django.utils import timezone

from customers.email_addresses import normalise_email
from customers.importing.doubles import print_of
from customers.importing.rejects import forget_rows_with
from customers.models import CustomerImport, FileImport, ImportSeen
from customers.models.customer_import import CAN_GO_ON_FOR
from customers.privacy.fingerprints import fingerprints

# What files are brought for; the apps above add theirs.
IMPORTS: list[type[FileImport]] = [CustomerImport]


def keep_out(emails: Iterable[str]) -> None:
    """Tell every import that may go on, in the transaction of an erasure and before it locks the customer.

    An import locks its own row before those of customers, so that neither waits for the other in a circle.
    """
    emails = list(emails)
    wanted, prints = fingerprints(emails), [print_of(normalise_email(email)) for email in emails]
    for model in IMPORTS:
        for job in model.objects.that_may_go_on().select_for_update().order_by("pk"):
            job.erased = [*job.erased, *wanted]
            job.save(update_fields=["erased"])
            ImportSeen.objects.of(job).filter(print__in=prints).delete()
            forget_rows_with(wanted, job)


def forget_fingerprints() -> None:
    """Leave none with an import that nobody goes on with any more."""
    for model in IMPORTS:
        old = model.objects.filter(created_at__lt=timezone.now() - CAN_GO_ON_FOR)
        old.exclude(erased=[]).update(erased=[])
        for job in old.idle().exclude(state=model.State.DONE):
            ImportSeen.objects.of(job).delete()
