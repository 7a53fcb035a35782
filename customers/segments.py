"""Views of the customer list as addresses write them, and those that were saved under a name."""

from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from customers.forms.filters import CustomerFilter
from customers.models import Segment

NAMES = (*CustomerFilter.base_fields, "sort")


def query_of(address: QueryDict) -> str:
    """A view in the one way of writing it: search, filters and order that are set; pages are no part of it."""
    return urlencode([(name, address[name]) for name in NAMES if address.get(name)])


def of_the_request(request: HttpRequest) -> list[Segment]:
    """The saved views, read once a request however often they are shown."""
    if not hasattr(request, "segments"):
        request.segments = list(Segment.objects.all())
    return request.segments
