"""Something in every field of a customer, for tests that none is forgotten."""

from collections.abc import Collection

from django.db import models

from customers.field_rules import CUSTOMER_FIELDS
from customers.models import Customer
from customers.search.text import CODES, PHONES

# What fits a field by its kind, where it is no text.
OF_KIND = {
    models.BooleanField: True, models.JSONField: {"vat_number": "X"}, models.DateField: "1986-05-04",
    models.DateTimeField: "2020-01-02T10:00Z", models.PositiveIntegerField: 7, models.DecimalField: 9,
}  # fmt: skip
WORDS = {
    "email": "qxv@post.example", "customer_type": "business", "gender": "female", "language": "de", "country": "DE",
    "origin": "import", "access": "blocked",
    **dict.fromkeys(PHONES, "+31612345678"), **dict.fromkeys(CODES, "90807060"),
}  # fmt: skip
# The database works them out, or they go together with another one.
NOT_BY_THEMSELVES = {"id", "is_staff", "role", "merged_into"}
FIELDS = [
    name for name in CUSTOMER_FIELDS if name not in NOT_BY_THEMSELVES and not Customer._meta.get_field(name).generated
]


def another_value(name: str, stem: str = "Qxv"):
    """Something else than a fresh record has in this field, that stands nowhere else."""
    kind = type(Customer._meta.get_field(name))
    return WORDS.get(name) or OF_KIND.get(kind) or f"{stem}{name.replace('_', '')}"


def fill_every_field(customer: Customer, but: Collection[str] = (), stem: str = "Qxv") -> dict:
    """Write something else than a fresh record has into every column that can be written."""
    values = {name: another_value(name, stem) for name in FIELDS if name not in but}
    Customer.objects.filter(pk=customer.pk).update(**values)
    return values
