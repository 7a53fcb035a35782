"""The page of the test provider, which stands in for a provider's own; only DEBUG has it."""

import json
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from orders.checkout.payment_methods import TestProvider
from orders.models import PaymentAttempt
from orders.paying import attempts


@require_http_methods(["GET", "HEAD", "POST"])
def test_provider(request: HttpRequest, key: UUID) -> HttpResponse:
    """Choose how the payment ends; the provider tells the shop, and leads back to it."""
    provider = TestProvider()
    if not provider.is_offered:
        raise Http404
    attempt = get_object_or_404(PaymentAttempt.objects.select_related("order"), key=key, method=provider.code)
    if request.method == "POST" and request.POST.get("state") in PaymentAttempt.State.values:
        body = json.dumps(
            {
                "key": str(key),
                "state": request.POST["state"],
                "amount": str(attempt.amount),
                "currency": attempt.order.currency,
            }
        ).encode()
        attempts.take_notification(provider.code, provider.read(body, provider.signed(body)))
        return redirect(_way_back(request, attempt))
    return render(request, "orders/paying/test_provider.jinja", {"attempt": attempt, "order": attempt.order})


def _way_back(request: HttpRequest, attempt: PaymentAttempt) -> str:
    back = request.GET.get("back", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return back
    return reverse("order_payment", args=[attempt.order.token])
