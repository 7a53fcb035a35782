from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.bulk.forms import FORMS, ChosenForm, CustomersForm
from customers.bulk.selection import counted, judged, may_do
from customers.exporting.files import download, has_file
from customers.models import BulkAction, Tag
from customers.privacy.restriction.restriction import sees_restricted
from customers.tasks import start_bulk_action
from shopadmin.access import on_to, staff_required
from shopadmin.bulk.pages import in_words, page_of, reasons_of
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.sign_in_records import proved_lately

EXAMPLES = 5


@staff_required(Right.BULK)
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """Say what would be done to whom; once confirmed, have it done. Without an action: those of the past."""
    asked = request.POST or request.GET
    if "action" not in asked:
        return _past(request)
    chosen = ChosenForm(asked)
    if not chosen.is_valid():
        messages.warning(request, chosen.words_of_errors)
        return redirect("customers")
    action = chosen.action_of(request.user)
    if not may_do(action.kind, request.user):
        raise PermissionDenied
    if action.kind == BulkAction.Kind.ERASE and not proved_lately(request):
        return on_to(request, "staff_confirm")
    return _confirm(request, chosen, action)


def _confirm(request: HttpRequest, chosen: ChosenForm, action: BulkAction) -> HttpResponse:
    counts = counted(action)
    action.total, doing = sum(counts.values()), counts.get("", 0)
    confirmed = request.POST if "confirmed" in request.POST else None
    form = FORMS.get(action.kind, CustomersForm)(confirmed, total=action.total, doing=doing)
    if form.is_valid() and doing:
        with transaction.atomic():
            action.tag, action.separator = form.tag(), form.separator_sign()
            start_bulk_action(action)
        return redirect(action)
    context = {"section": "customers", "action": action, "chosen": chosen, "form": form, "doing": doing}
    context |= {"skips": in_words(action, sorted(counts.items()))}
    context |= {"examples": judged(action).filter(skip="").order_by("pk")[:EXAMPLES], "names": Tag.objects.all()}
    back = reverse("customers") + (f"?{action.query}" if action.query else "")
    context |= {"cancel_url": back, "danger": action.kind == BulkAction.Kind.ERASE}
    return render(request, "customers/bulk/start.jinja", context)


def _past(request: HttpRequest) -> HttpResponse:
    actions, older = page_of(BulkAction.objects.select_related("by", "tag").order_by("-pk"), request)
    context = {"section": "customers", "actions": actions, "older": older}
    return render(request, "customers/bulk/actions.jinja", context)


@staff_required(Right.BULK)
@require_safe
def bulk_action(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a bulk action is, or how it ended, with whom it left alone and why."""
    action = get_object_or_404(BulkAction.objects.select_related("by", "tag"), pk=pk)
    skips = action.skips.select_related("customer").order_by("-pk")
    if not sees_restricted(request.user):
        skips = skips.filter(customer__restricted_at=None)
    skips, older = page_of(skips, request)
    context = {"section": "customers", "action": action, "skips": skips, "older": older}
    context |= {"reasons": reasons_of(action)}
    context |= {"has_file": has_file(action)}
    return render(request, "customers/bulk/action.jinja", context, part="job")


@staff_required(Right.BULK)
@require_POST
def bulk_action_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a bulk action; what is done stays done."""
    action = get_object_or_404(BulkAction, pk=pk)
    action.ask_to_stop()
    return redirect(action)


@staff_required(Right.EXPORT)
@require_safe
def bulk_action_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a bulk export."""
    action = get_object_or_404(BulkAction, pk=pk)
    try:
        return download(action)
    except FileNotFoundError:
        raise Http404 from None
