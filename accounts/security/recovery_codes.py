"""Recovery codes: ten random numbers of 120 bits, each good once. The database keeps hashes of them alone."""

import hashlib
import re
import secrets
from base64 import b32encode

from allauth.mfa.models import Authenticator
from django.db import transaction

from customers.models import Customer

COUNT, BYTES = 10, 15
HASHES = "hashes"
KIND = Authenticator.Type.RECOVERY_CODES


@transaction.atomic
def make_codes(customer: Customer) -> list[str]:
    """Make new ones, which end those before; nobody can read them again."""
    codes = [b32encode(secrets.token_bytes(BYTES)).decode() for _number in range(COUNT)]
    data = {HASHES: [_hash(code) for code in codes]}
    Authenticator.objects.update_or_create(user=customer, type=KIND, defaults={"data": data})
    return ["-".join(re.findall("....", code)) for code in codes]


def codes_left(customer: Customer) -> int:
    """How many have not been used."""
    data = Authenticator.objects.filter(user=customer, type=KIND).values_list("data", flat=True).first()
    return len(data[HASHES]) if data else 0


@transaction.atomic
def use_code(customer: Customer, typed: str) -> Authenticator | None:
    """Use one up; None for what is none (any more)."""
    codes = Authenticator.objects.select_for_update().filter(user=customer, type=KIND).first()
    spent = _hash(typed)
    if codes is None or spent not in codes.data[HASHES]:
        return None
    codes.data[HASHES].remove(spent)
    codes.save(update_fields=["data"])
    return codes


def looks_like_one(typed: str) -> bool:
    """Whether it is as long as one, and so nothing that could be guessed."""
    return len(_bare(typed)) == BYTES * 8 // 5


def _bare(typed: str) -> str:
    return re.sub(r"[\W_]", "", typed).upper()


def _hash(code: str) -> str:
    return hashlib.sha256(_bare(code).encode()).hexdigest()
