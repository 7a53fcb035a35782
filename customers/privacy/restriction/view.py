from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customers.models import Customer
from customers.privacy.restriction import restriction
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.RESTRICTED)
@require_http_methods(["GET", "HEAD", "POST"])
def customer_restriction_lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to end the restriction of a customer's data; by POST, end it and tell the customer."""
    customer = get_object_or_404(Customer.objects.shoppers(), pk=pk)
    if request.method == "POST":
        if restriction.lift(customer, by=request.user):
            messages.success(request, _("Restriction lifted. The customer will be notified by email."))
        return redirect(customer)
    if not customer.is_restricted:
        return redirect(customer)
    context = {"section": "customers", "customer": customer, "cancel_url": customer.get_absolute_url()}
    return render(request, "customers/privacy/restriction/lift.jinja", context)
