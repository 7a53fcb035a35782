"""Ordering again: an earlier order fills the cart at today's prices, and what is different now is said."""

from decimal import Decimal

import pytest
from django.utils import timezone

from orders.models import Order, Product
from tests.factories import OrderFactory, ProductFactory
from tests.shown_page import html_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]


@pytest.fixture
def mug() -> Product:
    return ProductFactory(name="Stacking mug", price=Decimal("16.50"), stock=8)


@pytest.fixture
def order(ines, mug) -> Order:
    order = OrderFactory(customer=ines, number="W10479")
    order.lines.update(product=mug)
    return order


def again(client, order: Order) -> tuple[dict[str, int], list[str]]:
    """What is in the cart after pressing the button, and what was said."""
    page = client.post(f"/order/{order.token}/again/", follow=True)
    assert page.redirect_chain == [("/cart/", 302)]
    said = html_of(page).xpath("//main//*[contains(@class, 'notice')]//p")
    return client.session.get("cart", {}), [text_of(words) for words in said]


def test_account_and_guest_page_offer_it(as_ines, order):
    for page in ("/account/orders/W10479/", f"/order/{order.token}/"):
        assert f'action="/order/{order.token}/again/"' in as_ines.get(page).content.decode()


def test_the_cart_is_filled_once_however_often_it_is_pressed(client, order, mug):
    assert again(client, order) == again(client, order) == ({str(mug.pk): 2}, [])


def test_what_was_in_the_cart_stays(client, order, mug):
    other = ProductFactory(name="Vase")
    client.post(f"/cart/add/{other.slug}/", {"quantity": 3})
    assert again(client, order)[0] == {str(other.pk): 3, str(mug.pk): 2}


@pytest.mark.parametrize(
    ("changed", "cart", "words"),
    [
        ({"price": Decimal("18.00")}, 2, "Stacking mug now costs €18.00 instead of €16.50."),
        ({"price": Decimal("12.00")}, 2, "Stacking mug now costs €12.00 instead of €16.50."),
        ({"stock": 1}, 1, "Stacking mug: only 1 left."),
        ({"stock": 0}, 0, "Stacking mug is sold out."),
        ({"active": False}, 0, "Stacking mug is no longer available."),
    ],
)
def test_what_is_different_now_is_said(client, order, mug, changed, cart, words):
    Product.objects.update(**changed)
    assert again(client, order) == ({str(mug.pk): cart} if cart else {}, [words])


def test_a_product_that_was_deleted_is_named(client, order, mug):
    order.lines.create(name="Vase", quantity=1, unit_gross=1, vat_rate=21, net=1, vat=0, gross=1)
    assert again(client, order) == ({str(mug.pk): 2}, ["Vase is no longer available."])


def test_an_order_of_what_is_all_deleted_does_not_offer_it(client, order):
    Product.objects.all().delete()
    assert "/again/" not in client.get(f"/order/{order.token}/").content.decode()


def test_who_paid_no_vat_is_told_nothing_of_prices(client, order):
    order.lines.update(vat_category="K", vat_rate=0, vat=0, net=Decimal("27.28"), gross=Decimal("27.28"), unit_gross=13)
    assert again(client, order)[1] == []


def test_it_takes_a_press_and_otto_needs_the_address(client, otto, order):
    client.force_login(otto)
    assert client.get(f"/order/{order.token}/again/").status_code == 405
    assert client.post("/order/W10479/again/").status_code == 404


def test_an_order_that_is_closed_and_erased_is_nobodys(client, order):
    Order.objects.update(customer=None, erased_at=timezone.now(), state="completed", search_text="")
    assert client.post(f"/order/{order.token}/again/").status_code == 404
