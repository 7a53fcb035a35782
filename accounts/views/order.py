from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.guards import shopper_required
from accounts.views.orders import note_on
from orders.amounts import rows_of_order
from orders.downloads import download
from orders.models import Document
from orders.payment_methods import how_to_pay, label_of
from orders.rows import order_in_full_or_404
from shopadmin.pages import render


@shopper_required
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One order of the shopper: lines, amounts, addresses, payments, parcels and papers."""
    found = order_in_full_or_404(request.user.orders, number=number)
    context = {
        "area": "orders",
        "order": found,
        "note": note_on(found),
        "amounts": rows_of_order(found),
        "how_to_pay": how_to_pay(found),
        "method": label_of(found.payment_method),
        **found.address_lines(),
    }
    return render(request, "account/order.html", context)


@shopper_required
def document(request: HttpRequest, number: str, document: str) -> HttpResponse:
    """The PDF of an invoice or credit note of one of the shopper's orders."""
    mine = Document.objects.filter(order__customer=request.user, order__number=number)
    return download(get_object_or_404(mine, number=document))
