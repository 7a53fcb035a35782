"""Links that hand out an archive to whoever reads the person's mailbox: signed, and stored nowhere but in the email.

They end with their time, with the address or password they were made for, and with the customer. The file is made anew
when it is downloaded; of the shop's notes it has those that a merchant had looked over when the link was made.
"""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from customers.models import Customer
from customers.privacy.archive.archive import Notes, Person
from shopadmin.mail.compose import absolute
from shopadmin.secret_keys import is_sealed

SALT = "customers.privacy.archive.archive"
ASKED_FOR, RELEASED = timedelta(hours=1), timedelta(days=7)


def link_to(person: Person, *, until: datetime) -> str:
    """The address where this archive can be downloaded until then."""
    token = {
        "customer": person.customer.pk,
        "seal": _seal(person.customer, settings.SECRET_KEY),
        "until": until.timestamp(),
        "notes": sorted(person.notes),
        "seen_at": person.seen_at and person.seen_at.isoformat(),
    }
    return absolute(reverse("archive_by_link", args=[signing.dumps(token, salt=SALT)]))


def person_of(token: str) -> Person | None:
    """Whose archive a link hands out; None where it is none of ours, or dead."""
    try:
        read = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    customer = Customer.objects.filter(pk=read["customer"], merged_into=None).first()
    if customer is None or read["until"] < timezone.now().timestamp():
        return None
    if not is_sealed(read["seal"], partial(_seal, customer)):
        return None
    seen_at = read["seen_at"] and datetime.fromisoformat(read["seen_at"])
    return Person(customer, frozenset(map(Notes, read["notes"])), seen_at)


def _seal(customer: Customer, key: str) -> str:
    what = f"{customer.email}|{customer.password}"
    return salted_hmac(SALT, what, secret=key, algorithm="sha256").hexdigest()[:32]
