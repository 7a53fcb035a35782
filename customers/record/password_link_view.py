from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customers.history import acting
from customers.models import Customer
from customers.privacy.restriction.restriction import shopper_seen_by
from shopadmin.access import staff_required
from shopadmin.locale_choices import language_name
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def customer_password_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to mail a link with which the customer sets a password; on POST, mail it."""
    customer = shopper_seen_by(request.user, pk)
    customer.must_be_open_to(request.user)
    if request.method == "POST":
        _send(request, customer)
        return redirect("customer", pk)
    context = {"section": "customers", "customer": customer, "language": language_name(customer.language)}
    context["cancel_url"] = customer.get_absolute_url()
    return render(request, "customers/record/password_link.jinja", context)


def _send(request: HttpRequest, customer: Customer) -> None:
    with acting.merchant(request.user):
        is_sent = customer.send_password_link(by=request.user)
    if is_sent:
        messages.success(request, _("A password link will be emailed to %(to)s.") % {"to": customer.email})
    else:
        messages.warning(request, _("Customer accounts are switched off in the settings. No email was sent."))
