from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from customers.privacy import unsubscribe as privacy_unsubscribe


@csrf_exempt  # mail programs send it, and have no page of ours to take a token from (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether marketing emails shall end; by POST they do, with no redirect, as mail programs want it."""
    customer = privacy_unsubscribe.customer_of(token)
    if customer is None:
        raise Http404
    if request.method == "POST":
        privacy_unsubscribe.unsubscribe(customer)
    return render(request, "customers/privacy/unsubscribe.jinja", {"receives": customer.marketing_consent})
