from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from customers import deletion
from customers.models import Customer
from customers.models.history import ActorKind
from shopadmin.access import staff_required
from shopadmin.pages import render
from shopadmin.roles import Right


@staff_required(Right.ERASE)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what goes and what stays; by POST, erase the customer."""
    customer = get_object_or_404(Customer.objects.shoppers(), pk=pk)
    if not deletion.may_erase(request.user, customer):
        raise PermissionDenied
    if request.method == "POST":
        erasure = deletion.erase(customer, by=ActorKind.MERCHANT, notify=True, actor=request.user)
        messages.success(request, deletion.outcome_of(erasure))
        return redirect("customers")
    summary = deletion.what_goes_and_stays(customer)
    context = {"section": "customers", "customer": customer, "summary": summary, "danger": True}
    context["cancel_url"] = reverse("customer", args=[customer.pk])
    return render(request, "customers/delete.html", context)
