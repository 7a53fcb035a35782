"""What may be kept of an email address where the address itself may not: HMACs with ERASURE_KEY.

Whoever reads a database or a file without the key cannot try addresses on them, as with a bare hash. It is a key that
is never changed, so that an erasure still finds what was noted before SECRET_KEY was.
"""

import hmac
import re
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.utils.crypto import salted_hmac

from customers.email_addresses import normalise_email

NOT = r"""\s"\\<>()\[\],;:|"""  # in no address
# No local part is longer than 64 (RFC 5321); without that end a long text takes the square of its length.
ADDRESS = re.compile(f"[^{NOT}]{{1,64}}@[^{NOT}]*[^{NOT}.]")


def fingerprint(email: str) -> str:
    """Return what is kept of an address, in whichever form it is written."""
    keyed = _keyed(settings.ERASURE_KEY).copy()
    keyed.update(normalise_email(email).encode())
    return keyed.hexdigest()


@cache
def _keyed(secret: str) -> hmac.HMAC:
    # Copied for each address, since deriving the key takes longer than all the rest.
    return salted_hmac("customers.importing.erased", b"", secret=secret, algorithm="sha256")


def fingerprints(emails: Iterable[str]) -> list[str]:
    """Return what is kept of each."""
    return [fingerprint(email) for email in emails]


def addresses_in(text: str) -> set[str]:
    """Return all that looks like an email address in a text."""
    return {found.strip("'") for found in ADDRESS.findall(text)} if "@" in text else set()
