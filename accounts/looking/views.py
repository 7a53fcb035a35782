from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.looking import look
from customers.models import Customer
from customers.privacy.restriction.restriction import must_be_usable
from shopadmin.access import staff_required


@staff_required()
@require_POST
def customer_look(request: HttpRequest, pk: int) -> HttpResponse:
    """See the account of a customer as the customer does."""
    customer = get_object_or_404(Customer.objects.shoppers().registered(), pk=pk)
    must_be_usable(customer)
    look.begin(request, customer)
    return redirect("account_orders")


@staff_required()
@require_POST
def customer_look_end(request: HttpRequest) -> HttpResponse:
    """Go back to the backoffice."""
    pk = look.end(request)
    return redirect("customer", pk) if pk else redirect("customers")
