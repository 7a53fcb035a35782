from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orders.guest_order.order_by_token import hidden_from_robots, order_by_token_or_404, shopper_page_of
from orders.handling.cancellation import cancel_as_shopper
from orders.handling.errors import result_or_errors


@require_http_methods(["GET", "HEAD", "POST"])
def cancellation(request: HttpRequest, token: str) -> HttpResponse:
    """Let the shopper call off an order of which nothing has been done, after asking."""
    order = order_by_token_or_404(token)
    if request.method == "POST":
        _nothing, errors = result_or_errors(cancel_as_shopper, order)
        if not errors:
            messages.success(request, _("Your order has been cancelled"))
            return redirect(shopper_page_of(request, order))
    context = {"order": order, "back": shopper_page_of(request, order)}
    return hidden_from_robots(render(request, "orders/guest_order/cancellation.jinja", context))
