from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.models import Tag
from orders.bulk.export import hand_out
from orders.bulk.forms import FORMS, MOST_TRACKED, ChosenForm
from orders.bulk.selection import Kind, counted, obstacle, possible, sums_due
from orders.models import Order, OrderBulkAction
from orders.tasks import start_bulk_action
from shopadmin.access import has_right, staff_required
from shopadmin.bulk.pages import in_words, page_of, reasons_of
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.staff_log.writing import shown


@staff_required(Right.BULK)
@require_http_methods(["GET", "HEAD", "POST"])
def order_bulk(request: HttpRequest) -> HttpResponse:
    """Say what would be done to which orders; once confirmed, have it done. Without an action: those of the past."""
    asked = request.POST or request.GET
    if "action" not in asked:
        return _past(request)
    chosen = ChosenForm(asked)
    if not chosen.is_valid():
        messages.warning(request, chosen.words_of_errors)
        return redirect("backoffice_orders")
    return _confirm(request, chosen, chosen.action_of(request.user))


def _confirm(request: HttpRequest, chosen: ChosenForm, action: OrderBulkAction) -> HttpResponse:
    counts = counted(action)
    action.total, doing = sum(counts.values()), counts.get("", 0)
    orders = list(possible(action)[:MOST_TRACKED])
    confirmed = request.POST if "confirmed" in request.POST else None
    pickups = _pickups(action, orders, doing) if action.kind == Kind.SHIP else 0
    form = FORMS[action.kind](confirmed, orders=orders, pickups=pickups, total=action.total, doing=doing)
    cannot = obstacle(action)
    if form.is_valid() and doing and not cannot:
        if action.kind == Kind.EXPORT:
            response = _file(action, doing=doing, separator=form.separator_sign())
            shown(request, bulk_action=action.pk)
            return response
        for name, value in form.how.items():
            setattr(action, name, value)
        start_bulk_action(action)
        return redirect(action)
    context = {"section": "orders", "action": action, "chosen": chosen, "form": form, "doing": doing}
    context |= {"skips": in_words(action, sorted(counts.items())), "examples": orders[:5], "obstacle": cannot}
    context |= {"sums": sums_due(action) if action.kind in (Kind.PAYMENT, Kind.REMIND) else {}}
    back = reverse("backoffice_orders") + (f"?{action.query}" if action.query else "")
    context["names"] = Tag.objects.all() if action.kind == Kind.TAG else []
    context |= {"sees_restricted": has_right(request.user, Right.RESTRICTED), "cancel_url": back}
    return render(request, "orders/bulk/start.jinja", context)


def _pickups(action: OrderBulkAction, orders: list[Order], doing: int) -> int:
    """How many of those to which it is done are picked up; `orders` are the first of them."""
    if doing > len(orders):
        return possible(action).filter(is_pickup=True).count()
    return sum(order.is_pickup for order in orders)


def _file(action: OrderBulkAction, *, doing: int, separator: str) -> StreamingHttpResponse:
    pieces = hand_out(action, doing=doing, separator=separator)
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="orders-{timezone.localdate()}.csv"'
    return response


def _past(request: HttpRequest) -> HttpResponse:
    actions, older = page_of(OrderBulkAction.objects.select_related("by").order_by("-pk"), request)
    context = {"section": "orders", "actions": actions, "older": older}
    return render(request, "orders/bulk/actions.jinja", context)


@staff_required(Right.BULK)
@require_safe
def order_bulk_action(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a bulk action on orders is, or how it ended, with which it left alone and why."""
    action = get_object_or_404(OrderBulkAction.objects.select_related("by"), pk=pk)
    skips, older = page_of(action.skips.select_related("order").order_by("-pk"), request)
    context = {"section": "orders", "action": action, "skips": skips, "older": older}
    context |= {"reasons": reasons_of(action)}
    return render(request, "orders/bulk/action.jinja", context, part="job")


@staff_required(Right.BULK)
@require_POST
def order_bulk_action_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a bulk action on orders; what is done stays done."""
    action = get_object_or_404(OrderBulkAction, pk=pk)
    action.ask_to_stop()
    return redirect(action)
