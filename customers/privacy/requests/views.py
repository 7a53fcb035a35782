from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.models import Customer, PrivacyRequest
from customers.models.privacy_request import PrivacyRequestQuerySet
from customers.privacy.erasure import erasure
from customers.privacy.erasure.summary import what_goes_and_stays
from customers.privacy.requests import requests
from customers.privacy.requests.forms import ExtensionForm, OutcomeForm
from customers.privacy.restriction.restriction import must_be_seen_by, sees
from shopadmin.access import has_right, staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.LOOK)
@require_safe
def privacy_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: who, what, when due, what the law keeps, and what can be done."""
    asked = get_object_or_404(PrivacyRequest.objects.select_related("customer", "closed_by"), pk=pk)
    return _page(request, asked, OutcomeForm(asked=asked))


@staff_required(Right.ERASE)
@require_POST
def privacy_request_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry out a request and close it with what was done; one for erasure is carried out by erasing alone."""
    asked = _open_to(request.user, pk, PrivacyRequest.objects.exclude(kind=PrivacyRequest.Kind.ERASURE))
    return _close(request, asked, requests.carry_out)


@staff_required(Right.ERASE)
@require_POST
def privacy_request_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a request with the reason why nothing was done."""
    return _close(request, _open_to(request.user, pk), requests.decline)


@staff_required(Right.ERASE)
@require_http_methods(["GET", "HEAD", "POST"])
def privacy_request_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why the answer takes longer; by POST, move the due date by two months and tell the customer."""
    asked = _open_to(request.user, pk)
    form = ExtensionForm(request.POST if request.method == "POST" else None)
    if not asked.may_be_extended or form.is_valid():
        if asked.may_be_extended and requests.extend(asked, reason=form.cleaned_data["reason"]):
            messages.success(request, _("Due date extended. The customer will be notified by email."))
        else:
            messages.warning(request, _("This request can no longer be extended."))
        return redirect(asked)
    context = {"section": "privacy", "asked": asked, "form": form, "cancel_url": asked.get_absolute_url()}
    return render(request, "customers/privacy/requests/request_extend.jinja", context)


def _open_to(staff: Customer, pk: int, requests: PrivacyRequestQuerySet | None = None) -> PrivacyRequest:
    """A request of somebody whom this member of staff may see, to be dealt with."""
    among = PrivacyRequest.objects.all() if requests is None else requests
    asked = get_object_or_404(among.select_related("customer"), pk=pk)
    if asked.customer:
        must_be_seen_by(staff, asked.customer)
    return asked


def _close(request: HttpRequest, asked: PrivacyRequest, close: Callable[..., bool]) -> HttpResponse:
    form = OutcomeForm(request.POST, asked=asked)
    if not form.is_valid():
        return _page(request, asked, form)
    told = form.cleaned_data.get("tell", False)
    if close(asked, outcome=form.cleaned_data["outcome"], by=request.user, tell=told):
        messages.success(request, _("Request closed."))
    else:
        messages.warning(request, _("Someone else has already closed this request."))
    return redirect(asked)


def _page(request: HttpRequest, asked: PrivacyRequest, form: OutcomeForm) -> HttpResponse:
    is_shown = asked.customer is None or sees(request.user, asked.customer)
    may_close = asked.is_open and is_shown and has_right(request.user, Right.ERASE)
    can_erase = may_close and asked.customer and erasure.may_erase(request.user, asked.customer)
    context = {
        "section": "privacy",
        "asked": asked,
        "is_shown": is_shown,
        "form": form,
        "may_close": may_close,
        "can_erase": can_erase and asked.is_erasure,
        "is_done_here": asked.kind in requests.CARRIED_OUT_BY,
        "summary": what_goes_and_stays(asked.customer) if asked.is_open and is_shown and asked.customer else None,
    }
    return render(request, "customers/privacy/requests/request.jinja", context)
