"""What moves when two records become one, of all that customers themselves hold."""

from django.db import models

from customers.merging.merge import Moved
from customers.models import Consent, Customer, CustomerTag, HistoryEntry, Merge, Note, PrivacyRequest, Tag
from shopadmin.models import Mail

# The history first: what the moving itself writes down stays where it happened.
TABLES: dict[str, type[models.Model]] = {
    "history": HistoryEntry,
    "notes": Note,
    "consents": Consent,
    "mails": Mail,
    "privacy_requests": PrivacyRequest,
}


def move(kept: Customer, merged: Customer) -> Moved:
    """Give the kept record what the merged one has in its history, notes, consents, mails and privacy requests."""
    moved = {}
    for name, table in TABLES.items():
        rows = table.objects.filter(customer=merged)
        moved[name] = list(rows.order_by("pk").values_list("pk", flat=True))
        rows.update(customer=kept)
    return moved


def put_back(merge: Merge) -> None:
    """Give back what is still with the kept record."""
    for name, table in TABLES.items():
        rows = table.objects.filter(pk__in=merge.moved.get(name, []), customer=merge.kept)
        rows.update(customer=merge.merged)


def move_tags(kept: Customer, merged: Customer) -> Moved:
    """Give the kept record the tags that it has not; one that both have is taken off the merged one."""
    shared = CustomerTag.objects.filter(customer=merged, tag__in=kept.customer_tags.values("tag"))
    moved = {"shared_tags": list(shared.values_list("tag", flat=True))}
    shared.delete()
    moved["tags"] = list(merged.customer_tags.values_list("pk", flat=True))
    CustomerTag.objects.filter(pk__in=moved["tags"]).update(customer=kept)
    return moved


def put_tags_back(merge: Merge) -> None:
    CustomerTag.objects.filter(pk__in=merge.moved.get("tags", []), customer=merge.kept).update(customer=merge.merged)
    shared = Tag.objects.filter(pk__in=merge.moved.get("shared_tags", []))
    missing = shared.exclude(pk__in=merge.merged.customer_tags.values("tag"))
    CustomerTag.objects.bulk_create([CustomerTag(customer=merge.merged, tag=tag) for tag in missing])


def move_aliases(kept: Customer, merged: Customer) -> Moved:
    """Let the records that were merged into the merged one point to the kept one, so that one step always suffices."""
    aliases = list(merged.merged.values_list("pk", flat=True))
    merged.merged.update(merged_into=kept)
    return {"aliases": aliases}


def put_aliases_back(merge: Merge) -> None:
    aliases = Customer.objects.filter(pk__in=merge.moved.get("aliases", []), merged_into=merge.kept)
    aliases.update(merged_into=merge.merged)
