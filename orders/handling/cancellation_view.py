from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orders.documents.standing import standing_invoice
from orders.handling.cancellation import cancel
from orders.handling.cancellation_form import CancellationForm
from orders.handling.errors import succeeds
from orders.handling.listing import order_url
from orders.models import Order
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def order_cancellation(request: HttpRequest, number: str) -> HttpResponse:
    """Call an order off, after asking."""
    order = get_object_or_404(Order, number=number)
    form = CancellationForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and succeeds(form, None, lambda: cancel(order, **form.cleaned_data, by=request.user)):
        messages.success(request, _("Order cancelled"))
        return redirect(order_url(request, order))
    context = {"section": "orders", "order": order, "form": form, "cancel_url": order_url(request, order)}
    context |= {"danger": True, "invoice": standing_invoice(order)}
    return render(request, "orders/handling/cancellation.jinja", context)
