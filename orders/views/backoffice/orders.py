from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from orders.forms.order_filter import OrderFilter
from orders.models import Order
from shopadmin.access import has_right, staff_required
from shopadmin.listing import Listing, Sort
from shopadmin.pages import render
from shopadmin.roles import Right

SORTS = [
    Sort("newest", gettext_lazy("Newest first"), ("placed_at",)),
    Sort("total", gettext_lazy("Highest total"), ("total",)),
]


@staff_required()
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """Every order, searched, filtered and sorted by the address bar."""
    listing = _listing(request)
    context = {"section": "orders", "listing": listing, "views": _views(listing)}
    context["popups"] = listing.popups("state", "payment", "overdue", "shipping")
    context["may_import"] = has_right(request.user, Right.IMPORT)
    context["sees_restricted"] = has_right(request.user, Right.RESTRICTED)
    return render(request, "orders/list.html", context, part="results")


@staff_required()
@require_safe
def orders_total(request: HttpRequest) -> HttpResponse:
    """How many orders the list holds: a fragment of its own, so that the list waits for no count."""
    return HttpResponse(_listing(request).total, content_type="text/plain")


def _listing(request: HttpRequest) -> Listing:
    orders, exact = Order.objects.defer("order_note", "search_text"), Order.objects.exactly(request.GET.get("q", ""))
    return Listing(request, orders, OrderFilter(request.GET), SORTS, exact=exact)


def _views(listing: Listing) -> list[tuple[str, str, bool]]:
    views = [
        (_("All"), {}),
        (_("To send"), {"todo": "send"}),
        (_("Not paid"), {"todo": "pay"}),
        (_("Overdue"), {"overdue": "on"}),
        (_("Completed"), {"state": Order.State.COMPLETED}),
    ]
    return listing.views(views)
