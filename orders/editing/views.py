from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from customers.models import Customer
from orders.editing.changes import in_words
from orders.editing.edit import (
    NotAsReviewed,
    edit,
    have_number_checked,
    refuse_impossible,
    refuse_unless_editable,
    was_made,
)
from orders.editing.edited import Edited
from orders.editing.page_form import EditPage
from orders.handling.errors import OrderError
from orders.handling.listing import order_url
from orders.models import Order
from shopadmin.access import staff_required
from shopadmin.rendering.formats import money
from shopadmin.rendering.pages import render
from shopadmin.roles import Right

SHOWN_WITH_PRICES = ("line", "delivery_cost", "vat", "total")


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def order_edit(request: HttpRequest, number: str) -> HttpResponse:
    """The form with which an order is changed; sent to here, it comes back with what was searched or picked."""
    order = _order(number)
    try:
        refuse_unless_editable(order)
    except OrderError as refused:
        messages.error(request, str(refused))
        return redirect(order_url(request, order))
    return _form(request, EditPage(request.POST or None, order=order), is_checked=False)


@staff_required(Right.EDIT)
@require_POST
def order_edit_review(request: HttpRequest, number: str) -> HttpResponse:
    """What the edit changes, its price above all, before anything is saved."""
    page = EditPage(request.POST, order=_order(number))
    if page.meanwhile or not page.is_valid():
        return _form(request, page)
    have_number_checked(page.order, page.wanted)
    edited = page.edited()
    try:
        refuse_unless_editable(page.order)
        refuse_impossible(edited)
    except OrderError as refused:
        return _form(request, page, refusal=str(refused))
    if not edited.changes:
        messages.info(request, _("You have not changed anything."))
        return redirect(order_url(request, page.order))
    return _review(request, page, edited)


@staff_required(Right.EDIT)
@require_POST
def order_edit_save(request: HttpRequest, number: str) -> HttpResponse:
    """Save what was reviewed; shown again where it, or the order, is not any more what it was."""
    order, agreed = _order(number), request.POST.get("agreed", "-")
    page = EditPage(request.POST, order=order)
    if was_made(order, page.key):
        return redirect(order_url(request, order))
    if page.meanwhile or not page.is_valid():
        return _form(request, page)
    try:
        edited = edit(order, page.wanted, agreed=agreed, by=request.user, key=page.key)
    except NotAsReviewed:
        page = EditPage(request.POST, order=_order(number))
        changed = page.meanwhile or not page.is_valid()
        return _form(request, page) if changed else _review(request, page, page.edited(), is_changed=True)
    except OrderError as refused:
        return _form(request, page, refusal=str(refused))
    _say_saved(request, order)
    _say_left_behind(request, edited)
    return redirect(order_url(request, order))


def _order(number: str) -> Order:
    return get_object_or_404(Order.objects.select_related("customer"), number=number)


def _form(request: HttpRequest, page: EditPage, *, is_checked: bool = True, refusal: str = "") -> HttpResponse:
    if not is_checked:
        page.items.take_search()
    context = {"section": "orders", "order": page.order, "page": page, "refusal": refusal}
    context["shows_errors"] = is_checked and page.data is not None
    return render(request, "orders/editing/edit.jinja", context)


def _review(request: HttpRequest, page: EditPage, edited: Edited, *, is_changed: bool = False) -> HttpResponse:
    context = {"section": "orders", "order": page.order, "page": page, "edited": edited, "is_changed": is_changed}
    others = [change for change in edited.changes if change.field not in SHOWN_WITH_PRICES]
    context |= {"changes": in_words(others, page.order), "doubts": page.contact.doubts}
    return render(request, "orders/editing/review.jinja", context)


def _say_saved(request: HttpRequest, order: Order) -> None:
    messages.success(request, _("Order changed"))
    if order.overpaid:
        words = _("%s more was paid than the order comes to now. Refund it.")
        messages.warning(request, words % money(order.overpaid, order.currency))


def _say_left_behind(request: HttpRequest, edited: Edited) -> None:
    """A mistyped address leaves a guest behind who never was: nobody but the merchant can tell."""
    left = [change.old for change in edited.changes if change.field == "customer"]
    for guest in Customer.objects.guests().filter(pk__in=left, orders_count=0):
        words = _("Guest #%(number)s has no orders left. If the address was a typing error, erase that record.")
        messages.warning(request, words % {"number": guest.pk})
