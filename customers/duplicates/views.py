from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from customers.duplicates.look_alikes import (
    LookAlike,
    clues_by_number,
    clues_in,
    dismiss,
    look_alikes,
    offer_again,
    reasons_between,
)
from customers.merging.forms import PairFilter, PairForm
from customers.models import Customer, Duplicate
from shopadmin.access import has_right, staff_required
from shopadmin.lists.listing import Listing, Sort
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.row_ids import is_row_id

# Of both customers: long texts, and phone numbers, which are taken apart as they are read.
LEFT_OUT = ("search_text", "notes", "order_numbers", "confirmed_numbers", "phone", "mobile")
NOT_SHOWN = [f"{side}__{name}" for side in ("first", "second") for name in LEFT_OUT]
NEWEST = Sort("newest", gettext_lazy("Newest first"), ("second_id",))


@staff_required()
@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs of records that may be one person, the newest first, each with the reason."""
    pairs = Duplicate.objects.select_related("first", "second").defer(*NOT_SHOWN)
    listing = Listing(request, pairs, PairFilter(request.GET), [NEWEST], size=25)  # fifty customers, as elsewhere
    shows_dismissed = bool(listing.filters["state"])
    clues = clues_by_number({number for pair in listing.page.rows for number in (pair.first_id, pair.second_id)})
    rows = [
        (pair, reasons_between(clues[pair.first_id], clues[pair.second_id]), *_the_better_first(pair))
        for pair in listing.page.rows
    ]
    context = {
        "section": "customers",
        "page": listing.page,
        "rows": [row for row in rows if row[1] or shows_dismissed],
        "shows_dismissed": shows_dismissed,
        "views": listing.views([(_("To review"), {}), (_("Not duplicates"), {"state": "dismissed"})]),
        "may_merge": has_right(request.user, Right.MERGE),
    }
    return render(request, "customers/duplicates/duplicates.jinja", context)


@staff_required(Right.EDIT)
@require_safe
def duplicates_check(request: HttpRequest) -> HttpResponse:
    """Who looks like the person that somebody is typing into the form of a customer: a part of that page."""
    number = request.GET.get("customer", "")
    but = int(number) if is_row_id(number) else None
    alike: list[LookAlike] = look_alikes(clues_in(request.GET.dict()), but=but)
    context = {"section": "customers", "look_alikes": alike, "number": but}
    context["may_merge"] = has_right(request.user, Right.MERGE)
    return render(request, "customers/duplicates/check.jinja", context, part="found")


@staff_required(Right.MERGE)
@require_POST
def duplicate_dismiss(request: HttpRequest) -> HttpResponse:
    """Take note that two records are two people."""
    form = PairForm(request.POST)
    if form.is_valid():
        dismiss(form.cleaned_data["first"], form.cleaned_data["second"], by=request.user)
        messages.success(request, _("Marked as not duplicates. This pair will not be suggested again."))
    else:
        messages.error(request, _("One of the two customers no longer exists."))
    return redirect("duplicates")


@staff_required(Right.MERGE)
@require_POST
def duplicate_offer(request: HttpRequest) -> HttpResponse:
    """Take that back: the pair is offered as one again."""
    form = PairForm(request.POST)
    if form.is_valid():
        offer_again(form.cleaned_data["first"], form.cleaned_data["second"])
        messages.success(request, _("This pair is suggested as duplicates again."))
    else:
        messages.error(request, _("One of the two customers no longer exists."))
    return redirect("duplicates")


def _the_better_first(pair: Duplicate) -> list[Customer]:
    """The record that one would rather keep first: with an account, then with more orders, then the older one."""
    return sorted([pair.first, pair.second], key=lambda one: (not one.is_registered, -one.orders_count, one.pk))
