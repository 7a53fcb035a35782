from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orders.handling.errors import OrderError
from orders.handling.listing import order_url
from orders.handling.pickup import make_ready
from orders.models import Order
from shopadmin.access import staff_required
from shopadmin.rendering.formats import moment
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_POST
def order_ready(request: HttpRequest, number: str) -> HttpResponse:
    """Say that an order can be picked up."""
    order = get_object_or_404(Order, number=number)
    try:
        is_new = make_ready(order, by=request.user)
    except OrderError as refused:
        messages.error(request, str(refused))
        return redirect(order_url(request, order))
    if is_new:
        told = _("Ready for pick-up. The customer is notified by email.")
        messages.success(request, told if order.email else _("Ready for pick-up. There is no email address to notify."))
    else:
        words = _("This order has been ready for pick-up since %s. No other email was sent.")
        messages.info(request, words % moment(order.ready_at))
    return redirect(order_url(request, order))
