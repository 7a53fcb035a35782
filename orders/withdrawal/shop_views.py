"""Withdraw from a contract, without signing in: state it, confirm it, and see the receipt."""

from allauth.core.ratelimit import consume, respond_429
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from orders.models import Order, WithdrawalNotice
from orders.withdrawal import notices
from orders.withdrawal.forms import OrderWithdrawalForm, WithdrawalForm

RECEIPT = "withdrawal"


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest) -> HttpResponse:
    """Who withdraws from what; once that is given, it is shown again with the button that counts."""
    data = request.POST if request.method == "POST" else None
    order, email = order_in_link(request)
    if order is not None and order.offers_withdrawal:
        form = OrderWithdrawalForm(data, order=order, email=email, initial={"name": order.get_full_name()})
    else:
        form = WithdrawalForm(data, initial=prefilled(order, email))
    if not form.is_valid():
        return render(request, "orders/withdrawal/statement.jinja", {"form": form})
    context = {"statement": form.statement, "sealed": notices.sealed(form.statement), "lines": form.chosen}
    return render(request, "orders/withdrawal/confirmation.jinja", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal_confirmation(request: HttpRequest) -> HttpResponse:
    """Take in what was confirmed. Limits hold mails back, never a statement that comes from elsewhere."""
    statement = notices.unsealed(request.POST.get("statement", ""))
    if statement is None:
        if request.method == "POST":
            messages.warning(request, _("This page has expired. Fill in the form again."))
        return redirect("withdrawal")
    if not consume(request, action="withdrawal"):
        return respond_429(request)
    is_flood = not consume(request, action="withdrawal_receipt", key=statement["email"])
    is_own = request.user.is_authenticated and request.user.email == statement["email"]
    notice = notices.receive(statement, language=request.LANGUAGE_CODE, is_flood=is_flood, is_own=is_own)
    request.session[RECEIPT] = notice.pk
    return redirect("withdrawal_receipt")


@require_safe
def withdrawal_receipt(request: HttpRequest) -> HttpResponse:
    """What was stated, and when it arrived; in the browser that stated it."""
    notice = WithdrawalNotice.objects.filter(pk=request.session.get(RECEIPT)).exclude(email="").first()
    if notice is None:
        return redirect("withdrawal")
    lines = [{"line": row.order_line, "quantity": row.quantity} for row in notice.lines.select_related("order_line")]
    return render(request, "orders/withdrawal/receipt.jinja", {"notice": notice, "lines": lines})


def order_in_link(request: HttpRequest) -> tuple[Order | None, str]:
    """The order that `?order=` names, and its shopper's email address; (None, "") where it names none.

    By its number for who is signed in and placed it, by its token for anybody who knows that.
    """
    wanted = request.GET.get("order", "")
    if not wanted:
        return None, ""
    is_signed_in = request.user.is_authenticated
    order = request.user.orders.filter(number=wanted).first() if is_signed_in else None
    if order is None:
        order = Order.objects.filter(token=wanted, erased_at=None).first()
    if order is None:
        return None, ""
    return order, request.user.email if is_signed_in and order.customer_id == request.user.pk else order.email


def prefilled(order: Order | None, email: str) -> dict[str, str]:
    """What the general form begins with: of an order in the link that has no right of withdrawal (any more)."""
    return {"name": order.get_full_name(), "order_number": order.number, "email": email} if order else {}
