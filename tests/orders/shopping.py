"""Shopping in a test's browser: from the product to the order, page by page."""

from django.test import Client
from django.urls import reverse

from orders.models import Order
from tests.shown_page import value_of

DETAILS = {
    "customer_type": "private",
    "first_name": "Gus",
    "last_name": "Gast",
    "email": "gus@post.example",
    "phone": "",
    "language": "en",
    "billing-country": "NL",
    "billing-street": "Oudegracht",
    "billing-house_number": "118",
    "billing-postcode": "3511 AW",
    "billing-city": "Utrecht",
    "shipping-country": "NL",
}
ELSEWHERE = {
    "ship_elsewhere": "on",
    "shipping-country": "DE",
    "shipping-street": "Karl-Liebknecht-Str. 4",
    "shipping-postcode": "04107",
    "shipping-city": "Leipzig",
}


def put_into_cart(client: Client, product, quantity: int = 1):
    return client.post(reverse("cart_add", args=[product.slug]), {"quantity": quantity})


def give_details(client: Client, **changed: str):
    return client.post("/checkout/", DETAILS | {name.replace("__", "-"): value for name, value in changed.items()})


def choose_delivery(client: Client, method, payment: str = "bank_transfer"):
    return client.post("/checkout/delivery/", {"delivery": method.pk, "payment_method": payment})


def come_to_the_review(client: Client, product, method, quantity: int = 1, **changed: str) -> dict[str, str]:
    """Everything up to the last page; returns what its form would send."""
    put_into_cart(client, product, quantity)
    give_details(client, **changed)
    choose_delivery(client, method)
    return hidden_inputs(client.get("/checkout/review/"))


def hidden_inputs(response) -> dict[str, str]:
    """What the page asks the shopper to agree to, as its form sends it."""
    return {name: value_of(response, name) for name in ("key", "agreed")}


def order_now(client: Client, product, method, **options) -> Order:
    """The whole way; returns the order on whose confirmation it ended."""
    response = client.post("/checkout/review/", come_to_the_review(client, product, method, **options))
    return order_at(response)


def order_at(response) -> Order:
    """The order that a redirect leads to."""
    return Order.objects.get(token=response.url.split("/")[2])
