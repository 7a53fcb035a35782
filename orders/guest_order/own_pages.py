"""Finding an order by its unguessable address, and the way back to the page its shopper came from."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from orders.models import Order


def order_at_or_404(token: str) -> Order:
    """The order at that address; nobody's to see once it is closed and its person erased."""
    order = get_object_or_404(Order.objects.select_related("customer"), token=token)
    if order.is_closed_and_erased:
        raise Http404
    return order


def page_of(request: HttpRequest, order: Order) -> str:
    """The order's page in the account of who is signed in, else at its unguessable address."""
    if request.user.is_authenticated and order.customer_id == request.user.pk:
        return reverse("account_order", args=[order.number])
    return reverse("guest_order", args=[order.token])
