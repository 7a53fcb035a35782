"""Codes that commands print on the server: good once and for an hour, to set up a first second factor.

They do instead of a mailed code where a new shop's emails may not work yet, or an owner has lost everything else.
"""

import hashlib
from datetime import timedelta

from allauth.core.internal.cryptokit import generate_user_code, normalize_user_code
from django.utils import timezone

from accounts.models import SetUpCode
from customers.models import Customer

LASTS = timedelta(hours=1)


def make_code(customer: Customer) -> str:
    """Make one, which ends an earlier one."""
    code = generate_user_code(length=15)
    values = {"code_hash": _hash(code), "expires_at": timezone.now() + LASTS}
    SetUpCode.objects.update_or_create(customer=customer, defaults=values)
    return code


def use_code(customer: Customer, typed: str) -> bool:
    """Use it up; False for one that is wrong, was used or is too old."""
    good = SetUpCode.objects.filter(customer=customer, code_hash=_hash(typed), expires_at__gt=timezone.now())
    used, _rows = good.delete()
    return bool(used)


def forget_old_codes() -> None:
    """Delete those that nobody used in time."""
    SetUpCode.objects.filter(expires_at__lt=timezone.now()).delete()


def _hash(code: str) -> str:
    return hashlib.sha256(normalize_user_code(code).encode()).hexdigest()
