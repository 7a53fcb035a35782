"""Whoever is erased while a file is taken in stays erased, whether their row was read before or comes later.

The import keeps a fingerprint of the address (HMAC with ERASURE_KEY) until it is done, for a month at most;
a row with that address is refused, and nothing that it holds is written anywhere.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from customers.models import CustomerImport, FileImport
from customers.privacy.fingerprints import fingerprints

# What files are brought for; the apps above add theirs.
IMPORTS: list[type[FileImport]] = [CustomerImport]
FOLLOWED = timedelta(days=30)


def keep_out(emails: Iterable[str]) -> None:
    """Tell every import that may go on, in the transaction of an erasure and before it locks the customer.

    An import locks its own row before those of customers, so that neither waits for the other in a circle.
    """
    wanted = fingerprints(emails)
    may_go_on = ~Q(state=FileImport.State.DONE) & Q(created_at__gt=timezone.now() - FOLLOWED)
    for model in IMPORTS:
        for job in model.objects.filter(may_go_on).select_for_update().order_by("pk"):
            job.erased = [*job.erased, *wanted]
            job.save(update_fields=["erased"])


def forget_fingerprints() -> None:
    """Leave none with an import that nobody goes on with any more."""
    for model in IMPORTS:
        old = model.objects.filter(created_at__lt=timezone.now() - FOLLOWED)
        old.exclude(erased=[]).update(erased=[])
