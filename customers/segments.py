"""Views of the customer list as addresses write them."""

from urllib.parse import urlencode

from django.http import QueryDict

from customers.forms.filters import CustomerFilter

NAMES = (*CustomerFilter.base_fields, "sort")


def query_of(address: QueryDict) -> str:
    """A view in the one way of writing it: search, filters and order that are set; pages are no part of it."""
    return urlencode([(name, address[name]) for name in NAMES if address.get(name)])
