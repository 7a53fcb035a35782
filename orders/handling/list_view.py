from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from customers.models import Segment
from customers.saved_views.queries import query_of
from orders.handling.listing import listing_of
from orders.handling.rows import in_words
from orders.models import Order
from shopadmin.access import has_right, staff_required
from shopadmin.lists.listing import Listing
from shopadmin.rendering.formats import day
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required()
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """Every order, searched, filtered and sorted by the address bar."""
    listing = listing_of(request)
    context = {"section": "orders", "listing": listing, "views": _views(listing)}
    popups = listing.popups("state", "payment", "overdue", "shipping", "tag")
    context["popups"] = [popup for popup in popups if len(popup["choices"]) > 1]  # a shop may have no tags
    context["may_edit"] = has_right(request.user, Right.EDIT)
    context["may_bulk"] = has_right(request.user, Right.BULK)
    context["saved_query"] = query_of(request.GET, Segment.List.ORDERS)
    if listing.is_filtered and has_right(request.user, Right.EDIT):
        context["saving_url"] = reverse("segments") + listing.address(list=Segment.List.ORDERS)
    context["may_export"] = has_right(request.user, Right.EXPORT)
    context["may_import"] = has_right(request.user, Right.IMPORT)
    context["listed"] = listing.address(sort=listing.sort.key)
    context["days"] = _days(listing)
    sees_restricted = has_right(request.user, Right.RESTRICTED)
    context["rows"] = in_words(listing.page.rows, listed=context["listed"], sees_restricted=sees_restricted)
    return render(request, "orders/handling/list.jinja", context, part="results")


@staff_required()
@require_safe
def orders_total(request: HttpRequest) -> HttpResponse:
    """How many orders the list holds: a fragment of its own, so that the list waits for no count."""
    return HttpResponse(listing_of(request).total, content_type="text/plain")


def _days(listing: Listing) -> dict:
    """The filter by the day of placing, as the page shows it."""
    form, ends = listing.form, ("placed_from", "placed_to")
    is_wrong = not form.is_valid() and any(name in form.errors for name in ends)
    low, high = (day(form.cleaned_data[name]) if form.cleaned_data.get(name) else "" for name in ends)
    kept = {name: value for name, value in listing.kept.items() if name not in ends}
    searched = listing.request.GET.get("q", "")
    return {
        "label": _("Placed"),
        "word": "" if is_wrong else _range_in_words(low, high),
        "address": listing.address(**dict.fromkeys(ends, "")),
        "kept": kept | ({"q": searched} if searched else {}),
        "low": form["placed_from"],
        "high": form["placed_to"],
        "is_wrong": is_wrong,
    }


def _range_in_words(low: str, high: str) -> str:
    words = {"low": low, "high": high}
    if low and high:
        return low if low == high else _("%(low)s to %(high)s") % words
    if low:
        return _("from %(low)s") % words
    return _("until %(high)s") % words if high else ""


def _views(listing: Listing) -> list[tuple[str, str, bool]]:
    views = [
        (_("All"), {}),
        (_("To ship"), {"todo": "send"}),
        (_("Payment due"), {"todo": "pay"}),
        (_("Overdue"), {"overdue": "on"}),
        (_("Completed"), {"state": Order.State.COMPLETED}),
    ]
    return listing.views(views)
