"""Paying an order at a provider: our page that leads there and to which one comes back, and what the provider tells."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from orders.checkout.payment_methods import NotFromProvider, label_of, provider_of
from orders.guest_order.order_by_token import hidden_from_robots, order_by_token_or_404, shopper_page_of
from orders.handling.errors import result_or_errors
from orders.models import Order, PaymentAttempt
from orders.paying import attempts
from orders.paying.forms import OtherMethodForm

MOST_BYTES = 100_000


@require_http_methods(["GET", "HEAD", "POST"])
def order_payment(request: HttpRequest, token: str) -> HttpResponse:
    """Where the payment stands, with the link to the provider; sending it starts another attempt.

    Who comes back from the provider is told how that attempt ended, also where the order cannot be seen any more.
    """
    came_back_from = attempts.attempt_come_back_from(request.GET.get("back", ""))
    try:
        order = order_by_token_or_404(token)
    except Http404:
        if came_back_from is None:
            raise
        return _at_dead_link(request, came_back_from)
    if request.method == "POST":
        _attempt, errors = result_or_errors(attempts.start, order)
        for _field, _label, words in errors:
            messages.error(request, words)
        return redirect("order_payment", token=token)
    if came_back_from and came_back_from.order_id != order.pk:
        came_back_from = None
    if not order.asks_for_payment or provider_of(order.payment_method) is None:
        return _nothing_to_pay_here(request, order, came_back_from)
    attempt = came_back_from or attempts.newest_attempt(order)
    context = {
        "order": order,
        "attempt": attempt,
        "is_pending": attempts.is_pending(attempt, is_back="back" in request.GET),
        "method": label_of(order.payment_method),
        "form": OtherMethodForm(order=order),
        "order_page": shopper_page_of(request, order),
    }
    return hidden_from_robots(render(request, "orders/paying/payment.jinja", context))


def _at_dead_link(request: HttpRequest, attempt: PaymentAttempt) -> HttpResponse:
    """How a payment ended, for who cannot see the order: its link is another, or its person was erased.

    Whoever had the old mailbox may come back here too, so that it shows nothing of the order but its number; who is
    signed in and has the order goes on to it.
    """
    order = attempt.order
    if request.user.is_authenticated and order.customer_id == request.user.pk:
        return redirect(f"{reverse('order_payment', args=[order.token])}?back={attempt.key}")
    return _ended(request, attempt)


def _nothing_to_pay_here(request: HttpRequest, order: Order, attempt: PaymentAttempt | None) -> HttpResponse:
    """The order's page, unless it would leave open what became of the payment that one comes back from."""
    is_clear = not order.asks_for_payment or (attempt and attempt.state == PaymentAttempt.State.PAID)
    if attempt is None or (is_clear and not order.is_over):
        return redirect(shopper_page_of(request, order))
    return _ended(request, attempt, order_page=shopper_page_of(request, order))


def _ended(request: HttpRequest, attempt: PaymentAttempt, *, order_page: str = "") -> HttpResponse:
    context = {"attempt": attempt, "order": attempt.order, "order_page": order_page}
    return hidden_from_robots(render(request, "orders/paying/come_back.jinja", context))


@require_POST
def order_payment_method(request: HttpRequest, token: str) -> HttpResponse:
    """Pay an order in another way, while its payment page offers one."""
    order = order_by_token_or_404(token)
    form = OtherMethodForm(request.POST, order=order)
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return redirect("order_payment", token=token)
    _edited, errors = result_or_errors(attempts.pay_by_other_method, order, form.cleaned_data["payment_method"])
    for _field, _label, words in errors:
        messages.error(request, words)
    return redirect(shopper_page_of(request, order))


@csrf_exempt  # the provider's server sends it: its signature stands in for our token
@require_POST
def payment_notification(request: HttpRequest, method: str) -> HttpResponse:
    """What a provider tells of a payment; 200 says that it need not tell it again."""
    provider = provider_of(method)
    if provider is None:
        raise Http404
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        attempts.take_notification(method, provider.read(request.body, request.headers))
    except (NotFromProvider, RawPostDataException):
        return HttpResponse(status=403)
    except (attempts.UnknownAttempt, ValueError, KeyError, TypeError, ArithmeticError):
        return HttpResponse(status=400)
    return HttpResponse()
