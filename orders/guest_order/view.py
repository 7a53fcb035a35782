"""A guest's order, and the thank-you page: whoever knows its unguessable address may see it."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from orders.checkout.amounts import rows_of_order
from orders.checkout.payment_methods import how_to_pay, label_of
from orders.checkout.session import UnfinishedOrder
from orders.documents.downloads import download
from orders.documents.epc_qr import qr_of_order
from orders.guest_order.order_by_token import hidden_from_robots
from orders.handling.order_query import order_in_full_or_404
from orders.models import Document, Order


@require_safe
def order(request: HttpRequest, token: str) -> HttpResponse:
    """What was ordered, how to pay it, and where the parcels are; nobody's to see once closed and erased."""
    found = order_in_full_or_404(Order.objects, token=token)
    if found.is_closed_and_erased:
        raise Http404
    UnfinishedOrder(request).forget(found)
    context = {
        "order": found,
        "is_fresh": found.is_open and found.placed_at > timezone.now() - timedelta(hours=1),
        "amounts": rows_of_order(found),
        "how_to_pay": how_to_pay(found),
        "payment_code": qr_of_order(found),
        "method": label_of(found.payment_method),
        **found.address_lines(),
    }
    return hidden_from_robots(render(request, "orders/guest_order/order.jinja", context))


@require_safe
def document(request: HttpRequest, token: str, number: str) -> HttpResponse:
    """The PDF of an invoice or credit note of the order."""
    papers = Document.objects.select_related("order")
    found = get_object_or_404(papers, order__token=token, number=number)
    if found.order.is_closed_and_erased:
        raise Http404
    return hidden_from_robots(download(found))
