"""An order by its token, the unguessable part of its URL in every email: for guests, who do not sign in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from orders.models import Order


def order_by_token_or_404(token: str) -> Order:
    """The order with that token; nobody's to see once it is closed and its person erased."""
    order = get_object_or_404(Order.objects.select_related("customer"), token=token)
    if order.is_closed_and_erased:
        raise Http404
    return order


def shopper_page_of(request: HttpRequest, order: Order) -> str:
    """The URL of the order's page in the account of its customer, if they are signed in, else of its page by token."""
    if request.user.is_authenticated and order.customer_id == request.user.pk:
        return reverse("account_order", args=[order.number])
    return reverse("guest_order", args=[order.token])


def hidden_from_robots(response: HttpResponse) -> HttpResponse:
    """Mark an answer as nothing for search engines, should the URL become known to one."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
