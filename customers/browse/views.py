from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from customers.browse.filters import RESTRICTED, CustomerFilter
from customers.browse.rows import as_rows, in_words
from customers.models import Customer, Segment
from customers.models.customer_manager import CustomerQuerySet
from customers.privacy.restriction.restriction import sees_restricted, shoppers_seen_by
from customers.saved_views.queries import query_of
from shopadmin.access import has_right, staff_required
from shopadmin.lists.filter_bar import FilterBar
from shopadmin.lists.listing import Listing, Sort, chosen_sort
from shopadmin.rendering.pages import render
from shopadmin.roles import Right

FIRST = ("status", "type", "tag")  # of the filters that are choices
SORTS = [
    Sort("newest", gettext_lazy("Newest first"), ("created_at",)),
    Sort("name", gettext_lazy("By name"), ("last_name", "first_name"), descending=False, by_names=True),
    Sort("last_order", gettext_lazy("Last order"), ("last_order_sort",)),
    Sort("orders", gettext_lazy("Most orders"), ("orders_count",)),
    Sort("spent", gettext_lazy("Highest amount spent"), ("spent",)),
]


@staff_required()
@require_safe
def customers(request: HttpRequest) -> HttpResponse:
    """Everybody the shop sells to, searched, filtered and sorted by the address bar."""
    listing, currency = _listing(request), request.store.currency
    bar = _bar(request, listing.form)
    context = {
        "section": "customers",
        "listing": listing,
        "rows": in_words(listing.page.rows, currency, dict(listing.form.fields["tag"].choices)),
        "bar": bar,
        "views": _views(listing),
        "may": {right.value: has_right(request.user, right) for right in Right},
        "may_bulk": has_right(request.user, Right.BULK),
        "has_errors": bool(listing.form.errors),
        "filters_url": reverse("customers_filters"),
        "saves_in_dialog": True,
    }
    if bar.query and not listing.form.errors and has_right(request.user, Right.EDIT):
        context["saving_url"] = f"{reverse('segments')}?{bar.query}"
    return render(request, "customers/browse/list.jinja", context, part="results")


@staff_required()
@require_safe
def customers_filters(request: HttpRequest) -> HttpResponse:
    """The filters behind the list's button: fetched when it is pressed, and a page of its own without scripts."""
    context = {"section": "customers", "bar": _bar(request, CustomerFilter(request.GET))}
    return render(request, "customers/browse/filters.jinja", context, part="filters")


@staff_required()
@require_safe
def customers_total(request: HttpRequest) -> HttpResponse:
    """How many customers the list holds: a fragment of its own, so that the list waits for no count."""
    return HttpResponse(_listing(request).total, content_type="text/plain")


def _bar(request: HttpRequest, form: CustomerFilter) -> FilterBar:
    kept_back = frozenset() if sees_restricted(request.user) else frozenset([RESTRICTED])
    query = query_of(request.GET, Segment.List.CUSTOMERS)
    return FilterBar(form, query, reverse("customers"), first=FIRST, kept_back=kept_back)


def _listing(request: HttpRequest) -> Listing:
    form = CustomerFilter(request.GET)
    sort = chosen_sort(request, SORTS)
    exact = shoppers_seen_by(request.user).exactly(request.GET.get("q", ""))
    everybody = _everybody(sees_restricted(request.user), sort.columns)
    return Listing(request, everybody, form, SORTS, parts=form.parts_of(sort.key), exact=exact)


@cache
def _everybody(with_restricted: bool, sorted_by: tuple[str, ...]) -> CustomerQuerySet:
    """What every view of the list begins with, composed once a process; narrowing it makes another query."""
    shoppers = Customer.objects.shoppers()
    return as_rows(shoppers if with_restricted else shoppers.unrestricted(), *sorted_by)


def _views(listing: Listing) -> list[tuple[str, str, bool]]:
    views = [
        (_("All"), {}),
        (_("Awaiting approval"), {"status": "awaiting"}),
        (_("Business"), {"type": "business"}),
        (_("Changed by customers"), {"unseen": "on"}),
    ]
    return listing.views(views)
