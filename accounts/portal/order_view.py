from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.portal.orders_view import note_on
from accounts.signing_in.guards import shopper_required
from orders.checkout.amounts import rows_of_order
from orders.checkout.payment_methods import how_to_pay, label_of
from orders.documents.downloads import download
from orders.documents.epc_qr import qr_of_order
from orders.handling.order_query import order_in_full_or_404
from orders.models import Document
from shopadmin.rendering.pages import render


@shopper_required
@require_safe
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One order of the shopper: lines, amounts, addresses, payments, parcels and papers."""
    found = order_in_full_or_404(request.user.orders, number=number)
    context = {
        "area": "orders",
        "order": found,
        "note": note_on(found),
        "amounts": rows_of_order(found),
        "how_to_pay": how_to_pay(found),
        "payment_code": qr_of_order(found),
        "method": label_of(found.payment_method),
        **found.address_lines(),
    }
    return render(request, "accounts/portal/order.jinja", context)


@shopper_required
@require_safe
def document(request: HttpRequest, number: str, document: str) -> HttpResponse:
    """The PDF of an invoice or credit note of one of the shopper's orders."""
    mine = Document.objects.filter(order__customer=request.user, order__number=number)
    return download(get_object_or_404(mine, number=document))
