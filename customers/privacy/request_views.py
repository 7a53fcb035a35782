from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from customers.models import PrivacyRequest
from customers.privacy import erasure
from customers.privacy.forms import OutcomeForm
from shopadmin.access import has_right, staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.LOOK)
def privacy_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: who, what, when due, what the law keeps, and what can be done."""
    asked = get_object_or_404(PrivacyRequest.objects.select_related("customer", "closed_by"), pk=pk)
    return _page(request, asked, OutcomeForm())


@staff_required(Right.ERASE)
@require_POST
def privacy_request_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a request with what was done about it; one for erasure is done by erasing alone."""
    asked = get_object_or_404(PrivacyRequest.objects.exclude(kind=PrivacyRequest.Kind.ERASURE), pk=pk)
    return _close(request, asked, PrivacyRequest.State.DONE)


@staff_required(Right.ERASE)
@require_POST
def privacy_request_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a request with the reason why nothing was done."""
    return _close(request, get_object_or_404(PrivacyRequest, pk=pk), PrivacyRequest.State.DECLINED)


def _close(request: HttpRequest, asked: PrivacyRequest, state: PrivacyRequest.State) -> HttpResponse:
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, form)
    if asked.close(state, outcome=form.cleaned_data["outcome"], by=request.user):
        messages.success(request, _("Request closed."))
    else:
        messages.warning(request, _("Someone else has already closed this request."))
    return redirect(asked)


def _page(request: HttpRequest, asked: PrivacyRequest, form: OutcomeForm) -> HttpResponse:
    may_close = asked.is_open and has_right(request.user, Right.ERASE)
    can_erase = may_close and asked.customer and erasure.may_erase(request.user, asked.customer)
    context = {
        "section": "privacy",
        "asked": asked,
        "form": form,
        "may_close": may_close,
        "can_erase": can_erase and asked.is_erasure,
        "summary": erasure.what_goes_and_stays(asked.customer) if asked.is_open and asked.customer else None,
    }
    return render(request, "customers/privacy/request.jinja", context)
