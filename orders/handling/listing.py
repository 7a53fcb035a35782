"""The list of orders as its URL says, and what the pages of one order know of the list they were opened from.

Such a page has the list's filters and sort in its own query string, so that it can lead back and to the next order.
"""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from orders.handling.filters import OrderFilter
from orders.handling.rows import COLUMNS
from orders.models import Order
from shopadmin.lists.listing import Listing, Sort
from shopadmin.lists.neighbours import neighbours

SORTS = [
    Sort("newest", _("Newest first"), ("placed_at",)),
    Sort("total", _("Highest total"), ("total",)),
]
LIST_PARAMETERS = ("q", *(name for name in OrderFilter.base_fields if name != "q"), "sort")


def listing_of(request: HttpRequest) -> Listing:
    """The orders that the filters in the URL let through, in its sort."""
    orders, exact = Order.objects.only(*COLUMNS), Order.objects.exactly(request.GET.get("q", ""))
    form = OrderFilter(request.GET)
    return Listing(request, orders, form, SORTS, below=form.tags_or_lines(), exact=exact)


def list_state(request: HttpRequest) -> str:
    """The query string of the list that a page was opened from, such as `?state=open&sort=total`; else empty."""
    state = [(name, request.GET[name]) for name in LIST_PARAMETERS if request.GET.get(name)]
    return f"?{urlencode(state)}" if "sort" in request.GET else ""


def order_url(request: HttpRequest, order: Order) -> str:
    """The URL of an order's page, with the query string of the list that this request came from."""
    return order.get_absolute_url() + list_state(request)


def neighbours_in_list(request: HttpRequest, order: Order) -> dict:
    """The query string of the list that the order's page was opened from, and the orders before and after it there."""
    listed = list_state(request)
    previous, following = neighbours(listing_of(request), order) if listed else (None, None)
    return {"listed": listed, "previous": previous, "following": following}
