"""Views of the customer list as addresses write them."""

from urllib.parse import urlencode

from django.http import QueryDict

from customers.forms.filters import CustomerFilter
from customers.models import Customer, Segment, Tag
from customers.search import fold

NAMES = (*CustomerFilter.base_fields, "sort")


def query_of(address: QueryDict) -> str:
    """A view in the one way of writing it: search, filters and order that are set; pages are no part of it."""
    return urlencode([(name, address[name]) for name in NAMES if address.get(name)])


def follow(old: int, tag: Tag) -> None:
    """A tag became one with another: saved views that asked for the one by its number ask for the other."""
    for segment in Segment.objects.filter(query__contains=f"tag={old}"):
        view = QueryDict(segment.query, mutable=True)
        if view.get("tag") == str(old):
            view["tag"] = str(tag.pk)
            segment.query = query_of(view)
            segment.save(update_fields=["query"])


def forget(customer: Customer) -> None:
    """Before an erasure: delete the saved views that look for this very person, by address or whole name."""
    names = {fold(name) for name in (*customer.emails, customer.get_full_name())} - {""}
    for segment in Segment.objects.filter(query__startswith="q="):
        words = fold(QueryDict(segment.query).get("q", ""))
        if any(f" {name} " in f" {words} " for name in names):
            segment.delete()
