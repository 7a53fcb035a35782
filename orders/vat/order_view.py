from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orders.handling.errors import OrderError
from orders.handling.listing import order_url
from orders.models import Order
from orders.vat.correction import take_off
from shopadmin.access import staff_required
from shopadmin.rendering.formats import money
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_POST
def order_vat(request: HttpRequest, number: str) -> HttpResponse:
    """Take the VAT off an order whose buyer's VAT number was found valid after it was placed."""
    order = get_object_or_404(Order, number=number)
    try:
        take_off(order, by=request.user)
    except OrderError as refused:
        messages.error(request, str(refused))
        return redirect(order_url(request, order))
    messages.success(request, _("VAT taken off"))
    if order.overpaid:
        words = _("%s more was paid than the order comes to now. Refund it.")
        messages.warning(request, words % money(order.overpaid, order.currency))
    return redirect(order_url(request, order))
