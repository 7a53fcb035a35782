from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from customers.models import Customer, PrivacyRequest
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure as privacy_erasure
from customers.privacy.erasure import erasure_log
from customers.privacy.erasure.form import ErasureForm
from customers.privacy.erasure.summary import what_goes_and_stays
from customers.privacy.restriction.restriction import sees, shopper_seen_by
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.staff_log.writing import about, log_change


@staff_required(Right.ERASE, again=True, own_transaction=True)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what goes and what stays; by POST, erase the customer."""
    customer = shopper_seen_by(request.user, pk)
    return _ask_and_erase(
        request, customer, then="customers", section="customers", cancel_url=customer.get_absolute_url()
    )


@staff_required(Right.ERASE, again=True, own_transaction=True)
def privacy_request_erasure(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for a request for erasure, which that closes."""
    requests = PrivacyRequest.objects.open().exclude(customer=None)
    asked = get_object_or_404(requests, pk=pk, kind=PrivacyRequest.Kind.ERASURE)
    where = {"cancel_url": asked.get_absolute_url(), "then": "privacy_requests"}
    return _ask_and_erase(request, asked.customer, **where, section="privacy", asked=asked)


def _ask_and_erase(request: HttpRequest, customer: Customer, *, then: str, **context) -> HttpResponse:
    if not (privacy_erasure.may_erase(request.user, customer) and sees(request.user, customer)):
        raise PermissionDenied
    about(request, customer.pk)
    form = ErasureForm(request.POST if request.method == "POST" else None, customer=customer)
    if form.is_valid():
        tags = list(form.cleaned_data["tags"])
        with erasure_log.erasing():
            log_change(request)
            erasure = privacy_erasure.erase(customer, by=ActorKind.MERCHANT, notify=True, actor=request.user, tags=tags)
        messages.success(request, privacy_erasure.outcome_of(erasure))
        return redirect(then)
    context |= {"customer": customer, "form": form, "danger": True}
    context["summary"] = what_goes_and_stays(customer)
    context["has_asked"] = bool(privacy_erasure.who_asked([customer.pk]))
    return render(request, "customers/privacy/erasure/delete.jinja", context)
