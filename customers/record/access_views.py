from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customers.history import acting
from customers.models import Customer
from customers.privacy.restriction.restriction import shopper_seen_by
from customers.record.access_form import ApprovalForm, BlockingForm
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def customer_approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Let in a customer who waits for approval, or turn them down; both are told by mail."""
    customer = shopper_seen_by(request.user, pk)
    form = ApprovalForm(request.POST or None)
    if form.is_valid():
        _decide(request, customer, form.cleaned_data["decision"])
        return redirect("customer", pk)
    context = {"section": "customers", "customer": customer, "cancel_url": customer.get_absolute_url()}
    return render(request, "customers/record/approval.jinja", context)


def _decide(request: HttpRequest, customer: Customer, decision: str) -> None:
    with acting.merchant(request.user):
        is_done = customer.approve() if decision == "approve" else customer.refuse()
    if is_done and decision == "approve":
        messages.success(request, _("%(name)s is approved and will be notified by email.") % {"name": customer})
    elif is_done:
        messages.success(request, _("%(name)s is refused and will be notified by email.") % {"name": customer})
    elif not request.store.accounts_enabled:
        messages.warning(request, _("Customer accounts are switched off in the settings. No email was sent."))
    else:
        messages.warning(request, _("This customer is no longer awaiting approval."))


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def customer_blocking(request: HttpRequest, pk: int) -> HttpResponse:
    """Shut a customer's account, or open it again."""
    customer = shopper_seen_by(request.user, pk)
    customer.must_be_open_to(request.user)
    form = BlockingForm(request.POST or None)
    if form.is_valid():
        with acting.merchant(request.user):
            verb = customer.block if form.cleaned_data["decision"] == "block" else customer.unblock
            verb(by=request.user)
        return redirect("customer", pk)
    context = {"section": "customers", "customer": customer, "cancel_url": customer.get_absolute_url()}
    context["danger"] = customer.access != Customer.Access.BLOCKED
    return render(request, "customers/record/blocking.jinja", context)
