"""The rows of the list of customers as plain words, in one query and one for their tags.

A template finds a word in a dict many times as fast as behind a model, and a page has fifty rows of them.
"""

from collections import defaultdict

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from customers.countries import country_name
from customers.models import Address, Customer, CustomerTag
from customers.models.customer import status_of
from customers.models.customer_manager import CustomerQuerySet
from shopadmin.formats import ago, money, number

COLUMNS = (
    "pk", "first_name", "initials", "last_name", "email", "customer_type", "company_name", "country", "access",
    "registered_at", "created_at", "orders_count", "spent", "last_order_at", "last_order_sort",
)  # fmt: skip


def as_rows(customers: CustomerQuerySet) -> CustomerQuerySet:
    """The columns that the list shows and sorts by, and the city of the billing address."""
    billing = Address.objects.filter(customer=OuterRef("pk"), kind=Address.Kind.BILLING)
    return customers.values(*COLUMNS, city=Subquery(billing.values("city")))


def in_words(rows: list[dict], currency: str, tags: dict[str, str]) -> list[dict]:
    """Each row as the list shows it; `tags` has the name of each tag by its number."""
    address = reverse("customers")
    chips = _chips(rows, tags) if tags else {}
    return [_in_words(row, f"{address}{row['pk']}/", currency) | {"tags": chips.get(row["pk"], "")} for row in rows]


def _chips(rows: list[dict], names: dict[str, str]) -> dict[int, SafeString]:
    """The tags of each customer who has any, in the order of `names`; each tag is written once."""
    who_has = defaultdict(list)
    on_this_page = CustomerTag.objects.filter(customer__in=[row["pk"] for row in rows])
    for customer, tag in on_this_page.values_list("customer", "tag"):
        who_has[str(tag)].append(customer)
    chips = defaultdict(SafeString)
    for tag in filter(who_has.get, names):
        chip = format_html('<span class="tag">{}</span>', names[tag])
        for customer in who_has[tag]:
            chips[customer] += chip
    return chips


def _in_words(row: dict, url: str, currency: str) -> dict:
    status = status_of(row["access"], row["registered_at"] is not None)
    name = f"{row['first_name'] or row['initials']} {row['last_name']}".strip()
    is_business = row["customer_type"] == Customer.Type.BUSINESS
    return {
        "id": str(row["pk"]),
        "url": url,
        "name": name,
        "label": name or row["email"],
        "email": row["email"],
        "status": str(status.label),
        "status_css": status.css,
        "company": row["company_name"] if is_business else "",
        "place": ", ".join(filter(None, [row["city"], country_name(row["country"])])),
        "has_ordered": row["orders_count"] > 0,
        "orders": number(row["orders_count"]),
        "has_spent": row["spent"] > 0,
        "spent": money(row["spent"], currency),
        "last_order": ago(row["last_order_at"]),
    }
