"""The indexes of the customers' table: one for every sort on offer, each with all that lists filter by."""

from django.db import models
from django.db.models import F, Q

from customers.models.customer_manager import NEVER_ORDERED

# What lists are filtered and sorted by.
FACTS = (
    "last_name", "first_name", "created_at", "last_order_sort", "orders_count", "spent", "country", "language",
    "access", "customer_type", "marketing_consent", "registered_at", "restricted_at",
)  # fmt: skip
# Whose orders were brought in after them; all others come before their last order.
PAST_ORDERS = {"created_at__gt": F("last_order_sort"), "last_order_sort__gt": NEVER_ORDERED}


def _in_order_of(*columns: str, name: str, **only) -> models.Index:
    """An index of the rows that lists show, in an order that the id makes whole, and with all that filters ask for.

    Whoever reads along it need not look into the table, which takes ten times as long.
    """
    carried = [column for column in FACTS if column not in columns]
    return models.Index(fields=[*columns, "id", *carried], name=name, condition=Q(is_shopper=True, **only))


INDEXES = [
    models.Index(fields=["id"], name="customer_staff", condition=Q(is_staff=True)),
    _in_order_of("created_at", name="customer_newest"),
    _in_order_of("last_name", "first_name", name="customer_by_name"),
    _in_order_of("last_order_sort", name="customer_last_order"),
    _in_order_of("orders_count", name="customer_orders"),
    _in_order_of("spent", name="customer_spent"),
    _in_order_of("access", "created_at", name="customer_of_access"),
    _in_order_of("country", "created_at", name="customer_of_country"),
    _in_order_of("language", "created_at", name="customer_of_language"),
    _in_order_of(name="customer_facts"),
    _in_order_of("created_at", name="customer_of_past_orders", **PAST_ORDERS),
    models.Index(fields=["restricted_at"], name="customer_restricted", condition=Q(restricted_at__isnull=False)),
    models.Index(fields=["phone"], name="customer_by_phone", condition=Q(phone__gt="")),
    models.Index(fields=["mobile"], name="customer_by_mobile", condition=Q(mobile__gt="")),
    models.Index(fields=["vat_number"], name="customer_by_vat_number", condition=Q(vat_number__gt="")),
]
