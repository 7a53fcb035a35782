"""Whether the shop is open. Until an order can be placed, shoppers see a page that says "opening soon"."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from orders.models import Order
from orders.setting_up.steps import required_left
from shopadmin.models import StoreSettings
from shopadmin.rendering.pages import render

# What there is to see and buy. Legal texts, signing in and what belongs to an order are always there.
SHOP_PAGES = frozenset({
    "home", "category", "shop_search", "product", "cart", "cart_add", "cart_change", "checkout",
    "checkout_delivery", "checkout_review",
})  # fmt: skip

_was_open = False


def is_open(store: StoreSettings) -> bool:
    """Return whether strangers may come in. A shop that has ever had an order stays open, whatever it lacks.

    A process that saw it open once does not look again, so that no page of an open shop pays for the question.
    """
    global _was_open
    _was_open = _was_open or Order.objects.exists() or not required_left(store)
    return _was_open


class OpeningMiddleware:
    """Show strangers that the shop opens soon, in place of its pages; staff see them as they will be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: list, kwargs: dict) -> HttpResponse | None:
        if request.resolver_match.url_name not in SHOP_PAGES or is_open(request.store):
            return None
        if request.user.is_authenticated and request.user.is_staff:
            request.is_before_opening = True
            return None
        response = render(request, "orders/setting_up/opening_soon.jinja")
        response["X-Robots-Tag"] = "noindex"
        return response
