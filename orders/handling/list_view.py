from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from customers.models import Segment
from customers.saved_views.queries import query_of
from orders.handling.filters import OrderFilter
from orders.handling.listing import listing_of
from orders.handling.rows import in_words
from orders.models import Order
from shopadmin.access import has_right, staff_required
from shopadmin.lists.filter_bar import FilterBar
from shopadmin.lists.listing import Listing
from shopadmin.rendering.pages import render
from shopadmin.roles import Right

FIRST = ("state", "payment", "shipping")  # of the filters that are choices


@staff_required()
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """Every order, searched, filtered and sorted by the address bar."""
    listing = listing_of(request)
    bar, may_edit = _bar(request, listing.form), has_right(request.user, Right.EDIT)
    context = {"section": "orders", "listing": listing, "views": _views(listing), "bar": bar, "may_edit": may_edit}
    context["has_errors"] = bool(listing.form.errors)
    context["filters_url"] = reverse("orders_filters")
    context["may_bulk"] = has_right(request.user, Right.BULK)
    if listing.is_filtered and may_edit and not listing.form.errors:
        context["saving_url"] = reverse("segments") + listing.address(list=Segment.List.ORDERS)
    context["may_export"] = has_right(request.user, Right.EXPORT)
    context["may_import"] = has_right(request.user, Right.IMPORT)
    context["listed"] = listing.address(sort=listing.sort.key)
    sees_restricted = has_right(request.user, Right.RESTRICTED)
    context["rows"] = in_words(listing.page.rows, listed=context["listed"], sees_restricted=sees_restricted)
    return render(request, "orders/handling/list.jinja", context, part="results")


@staff_required()
@require_safe
def orders_filters(request: HttpRequest) -> HttpResponse:
    """The filters behind the list's button: fetched when it is pressed, and a page of its own without scripts."""
    context = {"section": "orders", "bar": _bar(request, OrderFilter(request.GET))}
    return render(request, "orders/handling/filters.jinja", context, part="filters")


@staff_required()
@require_safe
def orders_total(request: HttpRequest) -> HttpResponse:
    """How many orders the list holds: a fragment of its own, so that the list waits for no count."""
    return HttpResponse(listing_of(request).total, content_type="text/plain")


def _bar(request: HttpRequest, form: OrderFilter) -> FilterBar:
    query = query_of(request.GET, Segment.List.ORDERS)
    return FilterBar(form, query, reverse("backoffice_orders"), first=FIRST)


def _views(listing: Listing) -> list[tuple[str, str, bool]]:
    views = [
        (_("All"), {}),
        (_("To ship"), {"todo": "send"}),
        (_("Payment due"), {"todo": "pay"}),
        (_("Overdue"), {"overdue": "on"}),
        (_("Completed"), {"state": Order.State.COMPLETED}),
    ]
    return listing.views(views)
