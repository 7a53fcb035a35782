from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orders.documents.standing import standing_invoice
from orders.handling.errors import succeeds
from orders.handling.listing import order_url
from orders.models import Order, WithdrawalNotice
from orders.withdrawal.acceptance import accept_withdrawal
from orders.withdrawal.acceptance_form import AcceptanceForm
from orders.withdrawal.forms import WithdrawalFilter
from orders.withdrawal.notices import answer
from shopadmin.access import has_right, staff_required
from shopadmin.lists.listing import Listing, Sort
from shopadmin.rendering.pages import render
from shopadmin.roles import Right

SORTS = [Sort("newest", gettext_lazy("Newest first"), ("at",))]


@staff_required()
@require_safe
def withdrawals(request: HttpRequest) -> HttpResponse:
    """The notices of withdrawal that wait for an answer, or all of them."""
    notices = WithdrawalNotice.objects.select_related("order").with_lines()
    listing = Listing(request, notices, WithdrawalFilter(request.GET), SORTS)
    views = listing.views([(_("Unanswered"), {}), (_("All"), {"state": "all"})])
    context = {"section": "orders", "listing": listing, "views": views}
    context |= {"shows_all": bool(listing.filters["state"]), "can_edit": has_right(request.user, Right.EDIT)}
    return render(request, "orders/withdrawal/withdrawals.jinja", context)


@staff_required(Right.EDIT)
@require_POST
def withdrawal_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a notice off the list of those that wait."""
    answer(get_object_or_404(WithdrawalNotice, pk=pk), by=request.user)
    messages.success(request, _("Marked as answered"))
    return redirect("withdrawals")


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def order_withdrawal(request: HttpRequest, number: str) -> HttpResponse:
    """Accept a withdrawal from all or some of an order."""
    order = get_object_or_404(Order.objects.prefetch_related("lines__refund_lines"), number=number)
    form = AcceptanceForm(request.POST if request.method == "POST" else None, order=order)
    if form.is_valid() and succeeds(form, None, lambda: accept_withdrawal(order, **form.accepted, by=request.user)):
        messages.success(request, _("Withdrawal accepted"))
        return redirect(order_url(request, order))
    context = {"section": "orders", "order": order, "form": form, "has_invoice": standing_invoice(order) is not None}
    return render(request, "orders/withdrawal/accept.jinja", context)
