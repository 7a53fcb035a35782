"""The list of orders as its address says, and the way along it for the pages of one order.

A page of an order that was opened from the list has the list's state in its own address.
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
STATE = ("q", *(name for name in OrderFilter.base_fields if name != "q"), "sort")


def listing_of(request: HttpRequest) -> Listing:
    """The orders that the address lets through, in its sort."""
    orders, exact = Order.objects.only(*COLUMNS), Order.objects.exactly(request.GET.get("q", ""))
    form = OrderFilter(request.GET)
    return Listing(request, orders, form, SORTS, below=form.tags_or_lines(), exact=exact)


def list_state(request: HttpRequest) -> str:
    """The query string of the list that a page was opened from; empty where it was opened from elsewhere."""
    state = [(name, request.GET[name]) for name in STATE if request.GET.get(name)]
    return f"?{urlencode(state)}" if "sort" in request.GET else ""


def order_address(request: HttpRequest, order: Order) -> str:
    """Where the page of an order leads back to its own page: with the list that it was opened from."""
    return order.get_absolute_url() + list_state(request)


def way_along(request: HttpRequest, order: Order) -> dict:
    """The list that the order's page was opened from, and the orders before and after it there."""
    listed = list_state(request)
    previous, following = neighbours(listing_of(request), order) if listed else (None, None)
    return {"listed": listed, "previous": previous, "following": following}
