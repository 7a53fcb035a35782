"""Which pictures the shop loads at once: the largest that one sees first, and no other."""

import pytest

from orders.models import Product
from tests.factories import ProductFactory
from tests.orders.catalogue.picture_files import RUST, give_picture
from tests.shown_page import html_of

pytestmark = pytest.mark.any_database


@pytest.fixture
def two_products(store) -> list[Product]:
    products = ProductFactory.create_batch(2)
    for product, colour in zip(products, [RUST, (0, 0, 0)], strict=True):
        give_picture(product, colour=colour)
    return products


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "expected"),
    [("/", [(None, "high"), ("lazy", None), ("lazy", None)]),
     ("/categories/table/", [(None, "high"), ("lazy", None)]),
     ("/search/?q=mug", [(None, "high"), ("lazy", None)])],
)  # fmt: skip
def test_the_first_picture_is_hurried_and_the_others_wait(client, two_products, path, expected):
    pictures = html_of(client.get(path)).xpath("//main//img")
    assert [(picture.get("loading"), picture.get("fetchpriority")) for picture in pictures] == expected
    assert all(picture.get("width") and picture.get("height") for picture in pictures)
