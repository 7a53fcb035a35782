"""Withdraw from a contract, without signing in: state it, confirm it, and see the receipt."""

from allauth.core.ratelimit import consume, respond_429
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from orders.models import Order, WithdrawalNotice
from orders.withdrawal import withdrawals
from orders.withdrawal.forms import WithdrawalForm

RECEIPT = "withdrawal"


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest) -> HttpResponse:
    """Who withdraws from what; once that is given, it is shown again with the button that counts."""
    form = WithdrawalForm(request.POST if request.method == "POST" else None, initial=known_of(request))
    if form.is_valid():
        statement = form.cleaned_data
        context = {"statement": statement, "sealed": withdrawals.sealed(statement)}
        return render(request, "orders/withdrawal/confirmation.jinja", context)
    return render(request, "orders/withdrawal/statement.jinja", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal_confirmation(request: HttpRequest) -> HttpResponse:
    """Take in what was confirmed. Limits hold mails back, never a statement that comes from elsewhere."""
    statement = withdrawals.unsealed(request.POST.get("statement", ""))
    if statement is None:
        if request.method == "POST":
            messages.warning(request, _("This page has expired. Fill in the form again."))
        return redirect("withdrawal")
    if not consume(request, action="withdrawal"):
        return respond_429(request)
    is_flood = not consume(request, action="withdrawal_receipt", key=statement["email"])
    is_own = request.user.is_authenticated and request.user.email == statement["email"]
    notice = withdrawals.receive(statement, language=request.LANGUAGE_CODE, is_flood=is_flood, is_own=is_own)
    request.session[RECEIPT] = notice.pk
    return redirect("withdrawal_receipt")


@require_safe
def withdrawal_receipt(request: HttpRequest) -> HttpResponse:
    """What was stated, and when it arrived; in the browser that stated it."""
    notice = WithdrawalNotice.objects.filter(pk=request.session.get(RECEIPT)).exclude(email="").first()
    if notice is None:
        return redirect("withdrawal")
    return render(request, "orders/withdrawal/receipt.jinja", {"notice": notice})


def known_of(request: HttpRequest) -> dict[str, str]:
    """What an order's link fills in: by the number of one's own, or by the unguessable part of its address."""
    wanted = request.GET.get("order", "")
    is_signed_in = request.user.is_authenticated
    order = request.user.orders.filter(number=wanted).first() if is_signed_in and wanted else None
    if order is None and wanted:
        order = Order.objects.filter(token=wanted, erased_at=None).first()
    if order is None:
        return {}
    email = request.user.email if is_signed_in and order.customer_id == request.user.pk else order.email
    return {"name": order.get_full_name(), "order_number": order.number, "email": email}
