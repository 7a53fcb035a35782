"""What the shop changed about a customer, in words for the customer.

By merchants, commands and in the database, but not by the customer; and of what the archive tells them anyhow, so that
notes, tags and whatever else is the shop's own stay out of it.
"""

from datetime import datetime
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from customers.field_rules import ADDRESS_FIELDS, ARCHIVED, CUSTOMER_FIELDS
from customers.history.timeline import Entry, Thread, days_of
from customers.history.words import ROWS_OF_A_SAVE, change_shown, saves
from customers.models import Address, Customer
from customers.models.history import ActorKind
from shopadmin.models import StoreSettings

STAFFS = {"is_staff", "role"}
OF_CUSTOMER = {name for name, rule in CUSTOMER_FIELDS.items() if rule.history and rule.archive is ARCHIVED} - STAFFS
OF_ADDRESS = {name for name, rule in ADDRESS_FIELDS.items() if rule.history and rule.archive is ARCHIVED}
TOLD = sorted(OF_CUSTOMER | {f"{kind}.{name}" for kind in Address.Kind.values for name in OF_ADDRESS})
OF_COMPANY = {"customer_type", "company_name", "company_number", "coc_number", "vat_number", "invoice_email"}
COLUMNS = ("at", "actor_kind", "actor_id", "source", "field", "old", "new")


def changes_by_the_shop(customer: Customer, *, length: int, before: datetime | None = None) -> Thread:
    """The newest changes, from `before` backwards."""
    rows = _rows(customer, before or timezone.now())[: (length + 1) * ROWS_OF_A_SAVE]
    newest = [_entry(save) for save in islice(saves(rows.values(*COLUMNS)), length + 1)]
    shown = newest[:length]
    return Thread(days_of(shown), shown[-1].at if len(newest) > length else None)


def _rows(customer: Customer, before: datetime) -> QuerySet:
    by_others = customer.history.exclude(actor_kind=ActorKind.SHOPPER)
    return by_others.filter(field__in=TOLD, at__lt=before).order_by("-at", "-id")


def _entry(save: list[dict]) -> Entry:
    changes = [change_shown(row) for row in reversed(save)]
    return Entry(at=save[-1]["at"], icon="edit", text=_sentence({row["field"] for row in save}), changes=changes)


def _sentence(fields: set[str]) -> SafeString:
    sentences = {
        "billing": _("<strong>{shop}</strong> changed your billing address"),
        "shipping": _("<strong>{shop}</strong> changed your shipping address"),
        "company": _("<strong>{shop}</strong> changed your company details"),
    }
    parts = {_part(field) for field in fields}
    sentence = sentences.get(parts.pop()) if len(parts) == 1 else None
    shop = StoreSettings.current().name
    return format_html(sentence or _("<strong>{shop}</strong> changed your details"), shop=shop)


def _part(field: str) -> str:
    return "company" if field in OF_COMPANY else field.partition(".")[0]
