"""Tags that may be named after a person who is erased: asked about, deleted with the person, or left."""

from dataclasses import dataclass

from django.db.models import Count

from customers.models import Customer, HistoryEntry, Tag
from customers.privacy.erasure.names_in_text import Traces


@dataclass(frozen=True)
class Suspect:
    """A tag that may name the person: by its name, or because nobody else has it."""

    tag: Tag
    uses: int
    names_them: bool


def suspects(customer: Customer, traces: Traces) -> list[Suspect]:
    """The tags to ask about, those that look like the person's name first."""
    own = set(customer.customer_tags.values_list("tag", flat=True))
    tags = Tag.objects.annotate(uses=Count("customer_tags")).order_by("folded")
    found = [Suspect(tag, tag.uses, traces.are_in(tag.name)) for tag in tags]
    asked = [one for one in found if one.names_them or (one.uses == 1 and one.tag.pk in own)]
    return sorted(asked, key=lambda one: not one.names_them)


def naming(traces: Traces) -> list[Tag]:
    """The tags that name somebody who is erased."""
    return [tag for tag in Tag.objects.all() if traces.are_in(tag.name)]


def forget(tags: list[Tag]) -> None:
    """Delete tags, and take their names out of everybody's history."""
    names = [tag.name for tag in tags]
    Tag.objects.filter(pk__in=[tag.pk for tag in tags]).delete()
    for column in ("old", "new"):
        HistoryEntry.objects.filter(field="tag", **{f"{column}__in": names}).delete()
