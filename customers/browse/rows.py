"""The rows of the list of customers as plain words, read in one query; no models are made of them."""

from functools import cache
from typing import NamedTuple

from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from customers.addresses.countries import country_name
from customers.models import Address, CustomerTag
from customers.models.customer import status_of
from customers.models.customer_manager import CustomerQuerySet
from customers.names import company_of, full_name
from shopadmin.lists.json_rows import JSONRows
from shopadmin.rendering.formats import active_locale, ago, email_address, money, number

COLUMNS = (
    "pk", "first_name", "initials", "last_name", "email", "customer_type", "company_name", "country", "access",
    "orders_count", "spent", "last_order_at", "restricted_at",
)  # fmt: skip


class Row(NamedTuple):
    """A customer as the list shows it."""

    pk: int
    url: str
    name: str
    email: str
    tags: list[str]
    status: str
    status_css: str
    company: str
    place: str
    has_ordered: bool
    orders: str
    has_spent: bool
    spent: str
    last_order: str


def as_rows(customers: CustomerQuerySet, *sorted_by: str) -> CustomerQuerySet:
    """The columns that the list shows and is sorted by, the city of the billing address and the numbers of the tags."""
    billing = Address.objects.filter(customer=OuterRef("pk"), kind=Address.Kind.BILLING)
    return customers.values(
        *dict.fromkeys((*COLUMNS, *sorted_by)),
        is_registered=Q(registered_at__isnull=False),
        city=Subquery(billing.values("city")),
        worn=JSONRows(CustomerTag.objects.filter(customer=OuterRef("pk")), tag=F("tag")),
    )


def in_words(rows: list[dict], currency: str, tags: dict[str, str]) -> list[Row]:
    """Each row as the list shows it; `tags` has the name of each tag by its number, in the order of the names."""
    write = Writer(currency, tags)
    return [write.row(row) for row in rows]


class Writer:
    """Writes one row after the other; what they share is worked out once."""

    def __init__(self, currency: str, tags: dict[str, str]) -> None:
        self.currency, self.tags, self.locale = currency, tags, active_locale()
        self.country_name, self.status, self.ago = cache(country_name), cache(_status), cache(ago)
        self.address = reverse("customers")

    def row(self, row: dict) -> Row:
        status, status_css = self.status(row["access"], row["is_registered"], row["restricted_at"] is not None)
        return Row(
            pk=row["pk"],
            url=f"{self.address}{row['pk']}/",
            name=full_name(row["first_name"], row["initials"], row["last_name"]),
            email=email_address(row["email"]),
            tags=self._names(row["worn"]),
            status=status,
            status_css=status_css,
            company=company_of(row["customer_type"], row["company_name"]),
            place=", ".join(filter(None, [row["city"], self.country_name(row["country"])])),
            has_ordered=row["orders_count"] > 0,
            orders=number(row["orders_count"], self.locale),
            has_spent=row["spent"] > 0,
            spent=money(row["spent"], self.currency, self.locale),
            last_order=self.ago(row["last_order_at"] and timezone.localdate(row["last_order_at"])),
        )

    def _names(self, worn: list[dict]) -> list[str]:
        numbers = {str(one["tag"]) for one in worn}
        return [name for number, name in self.tags.items() if number in numbers] if worn else []


def _status(access: str, is_registered: bool, is_restricted: bool) -> tuple[str, str]:
    status = status_of(access, is_registered, is_restricted)
    return str(status.label), status.css
