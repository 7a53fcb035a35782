from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orders.handling.errors import succeeds
from orders.handling.listing import order_url
from orders.handling.shipment_form import ShipmentForm
from orders.handling.shipping import ship
from orders.models import Order
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def order_shipments(request: HttpRequest, number: str) -> HttpResponse:
    """Send a parcel with all that is left, or a part of it; or say that it was picked up or provided."""
    order = get_object_or_404(Order, number=number)
    form = ShipmentForm(request.POST or None, order=order)
    if form.is_valid() and succeeds(form, None, lambda: _ship(order, form, request.user)):
        messages.success(request, _what_was_done(order, form))
        return redirect(order_url(request, order))
    return render(request, "orders/handling/shipment.jinja", {"section": "orders", "order": order, "form": form})


def _what_was_done(order: Order, form: ShipmentForm) -> str:
    if not any(quantity and not line.is_service for line, quantity in form.quantities.items()):
        return _("Services marked as provided")
    return _("Shipment added. The customer is notified by email.") if order.is_parcel else _("Items handed over")


def _ship(order: Order, form: ShipmentForm, by) -> None:
    ship(order, quantities=form.quantities, **form.parcel, by=by)
