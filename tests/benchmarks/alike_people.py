"""Addresses of every kind, so many of each, as JSON: `python -m tests.benchmarks.alike_people 100`."""

import json
import sys

import django

if __name__ == "__main__":
    django.setup()

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from customers.models import Customer


def people(count: int) -> dict[str, list[str]]:
    """Make so many customers of each kind, and name as many who are none."""
    kinds = {
        "registered": {"registered_at": timezone.now()},
        "guest": {},
        "awaiting": {"registered_at": timezone.now(), "access": "awaiting"},
        "blocked": {"registered_at": timezone.now(), "access": "blocked"},
        "merged": {"registered_at": timezone.now(), "merged_into": Customer.objects.shoppers().first()},
    }
    hashed = make_password("the one that is right")
    return {kind: _made(kind, count, hashed, fields) for kind, fields in kinds.items()} | {
        "unknown": _named("unknown", count)
    }


def _made(kind: str, count: int, hashed: str, fields: dict) -> list[str]:
    emails = _named(kind, count)
    secret = hashed if "registered_at" in fields else make_password(None)
    Customer.objects.bulk_create(
        Customer(email=email, password=secret, last_name="Alike", **fields) for email in emails
    )
    return emails


def _named(kind: str, count: int) -> list[str]:
    return [f"{kind}{number}@alike.example" for number in range(count)]


if __name__ == "__main__":
    json.dump(people(int(sys.argv[1])), sys.stdout)
