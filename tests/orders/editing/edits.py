"""Editing an order in a test's browser: the form, the review, and saving."""

from django.http import HttpResponse
from django.test import Client

from orders.models import Order, Product
from tests.factories import OrderFactory, ProductFactory
from tests.shown_page import filled

URL = "/backoffice/orders/W10479/edit/"


def order_of_mugs(customer, *, stock: int | None = 8, **values) -> Order:
    """Two mugs (33.00) and a delivery (4.95), number W10479; so many more mugs are in stock."""
    order = OrderFactory(customer=customer, number="W10479", **values)
    order.lines.update(product=ProductFactory(name="Stacking mug", sku="VV-118", stock=stock))
    return order


def review(client: Client, **typed: str | None) -> HttpResponse:
    """Type into the form and look at what it changes."""
    return client.post(f"{URL}review/", filled(client.get(URL), "order-form", **typed))


def save(client: Client, page: HttpResponse) -> HttpResponse:
    """Press the button below the review."""
    return client.post(f"{URL}save/", filled(page, "order-form"))


def change(client: Client, **typed: str | None) -> HttpResponse:
    """All of it."""
    return save(client, review(client, **typed))


def stock_of(product: Product) -> int:
    return Product.objects.get(pk=product.pk).stock
