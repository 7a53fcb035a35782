from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orders.handling.errors import succeeds
from orders.handling.listing import order_url
from orders.handling.payment_form import PaymentForm
from orders.handling.payments import enter_payment
from orders.handling.refund_form import RefundForm
from orders.handling.refunds import refund
from orders.models import Order
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def order_payments(request: HttpRequest, number: str) -> HttpResponse:
    """Enter money that came in."""
    order = get_object_or_404(Order, number=number)
    form = PaymentForm(request.POST or None, order=order, amount=order.outstanding)
    if form.is_valid() and succeeds(form, "amount", lambda: enter_payment(order, **form.cleaned_data, by=request.user)):
        messages.success(request, _("Payment recorded"))
        return redirect(order_url(request, order))
    return render(request, "orders/handling/payment.jinja", {"section": "orders", "order": order, "form": form})


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def order_refunds(request: HttpRequest, number: str) -> HttpResponse:
    """Enter money that went back, by line or amount, and credit the invoice by as much."""
    order = get_object_or_404(Order.objects.prefetch_related("lines__refund_lines"), number=number)
    form = RefundForm.of(order, request.POST or None)
    if form.is_valid() and succeeds(form, None, lambda: refund(order, **form.what, **form.how, by=request.user)):
        messages.success(request, _("Refund recorded"))
        return redirect(order_url(request, order))
    return render(request, "orders/handling/refund.jinja", {"section": "orders", "order": order, "form": form})
