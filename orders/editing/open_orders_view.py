from itertools import groupby
from operator import attrgetter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from customers.models import Address, Customer
from customers.privacy.restriction.restriction import shopper_edited_by
from orders.editing.open_orders import addresses_of_record, change, offers_for
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def customer_open_orders(request: HttpRequest, pk: int) -> HttpResponse:
    """The open orders that have another address or email address than their customer's record, to take that over."""
    customer = shopper_edited_by(request.user, pk, among=Customer.objects.shoppers().prefetch_related("addresses"))
    if request.method == "POST":
        changed, refused = change(customer, request.POST.getlist("order"), by=request.user)
        if changed:
            words = ngettext("%(count)s order changed", "%(count)s orders changed", changed)
            messages.success(request, words % {"count": changed})
        for reason in refused:
            messages.error(request, reason)
        return redirect("customer_open_orders" if refused else "customer", pk)
    names = {"name": customer.get_full_name(), "company": customer.company}
    addresses = addresses_of_record(customer).items()
    new = [(Address.Kind(kind).label, Address(**address).lines(**names)) for kind, address in addresses]
    offers = groupby(offers_for(customer), key=attrgetter("what"))
    context = {"section": "customers", "customer": customer, "new": new}
    context["offers"] = [(what, list(of_kind)) for what, of_kind in offers]
    return render(request, "orders/editing/open_orders.jinja", context)
