"""Views of lists as addresses write them."""

from urllib.parse import urlencode

from django.forms import Form
from django.http import QueryDict
from django.utils.translation import gettext as _

from customers.browse.filters import CustomerFilter
from customers.models import Segment, Tag
from customers.privacy.erasure.names_in_text import Traces

# What narrows each list; upper apps add theirs.
FILTERS: dict[str, type[Form]] = {Segment.List.CUSTOMERS: CustomerFilter}


def names_in(which: str) -> tuple[str, ...]:
    """What of an address makes a view of a list."""
    return (*FILTERS[which].base_fields, "sort")


def query_of(address: QueryDict, which: str) -> str:
    """A view of a list in the one way of writing it: search, filters and sort that are set; pages are no part of it."""
    return urlencode([(name, address[name]) for name in names_in(which) if address.get(name)])


def follow(old: int, tag: Tag) -> None:
    """A tag became one with another: saved views that asked for the one by its number ask for the other."""
    for segment in Segment.objects.filter(query__contains=f"tag={old}"):
        view = QueryDict(segment.query, mutable=True)
        if view.get("tag") == str(old):
            view["tag"] = str(tag.pk)
            segment.query = query_of(view, segment.list)
            segment.save(update_fields=["query"])


def forget(traces: Traces) -> None:
    """Before an erasure: delete the saved views that look for these very people, and rename those called after them."""
    searching, called = about(traces)
    Segment.objects.filter(pk__in=[segment.pk for segment in searching]).delete()
    for segment in called:
        segment.name = _("View %(number)s") % {"number": segment.pk}
        segment.save(update_fields=["name"])


def about(traces: Traces) -> tuple[list[Segment], list[Segment]]:
    """The saved views that look for these very people, and the others that are called after them."""
    segments = list(Segment.objects.all())
    searching = [segment for segment in segments if traces.are_in(QueryDict(segment.query).get("q", ""))]
    return searching, [one for one in segments if one not in searching and traces.are_in(one.name)]
