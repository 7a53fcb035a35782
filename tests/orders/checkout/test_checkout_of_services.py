"""A cart of services alone: nobody asks how to ship it, and nothing is paid for it."""

import pytest

from customers.models import Customer
from orders.models import DeliveryMethod, Order, Product
from shopadmin.models import Mail, StoreSettings
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import (
    ELSEWHERE,
    choose_delivery,
    give_details,
    hidden_inputs,
    order_at,
    order_now,
    put_into_cart,
)
from tests.shown_page import errors, facts, html_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
NOTES = ("incl. VAT, plus delivery", "plus delivery", "incl. VAT")


@pytest.fixture
def parcel(store) -> DeliveryMethod:
    return DeliveryMethodFactory()


@pytest.fixture
def pickup(store) -> DeliveryMethod:
    return DeliveryMethodFactory(name="Pick up in the shop", price=0, is_pickup=True)


@pytest.fixture
def repair(store) -> Product:
    return ProductFactory(name="Repair", price="40.00", is_service=True)


def pay_by(client, method: str = "bank_transfer"):
    return client.post("/checkout/delivery/", {"payment_method": method})


def words_of(page) -> str:
    return text_of(html_of(page).xpath("//body")[0])


def take_out(client, product: Product) -> None:
    client.post(f"/cart/change/{product.slug}/", {"quantity": 0})


def test_a_repair_is_booked_without_a_word_about_delivery(client, repair, parcel, pickup):
    # Without a text of the shop's own the confirmation has the model text of the EU, which speaks of parcels.
    StoreSettings.objects.update(withdrawal_information={"": "Write to us."})
    put_into_cart(client, repair)
    pages = [client.get("/cart/"), client.get("/checkout/")]
    give_details(client)
    pages.append(client.get("/checkout/delivery/"))
    assert pay_by(client).url == "/checkout/review/"
    review = client.get("/checkout/review/")
    order = order_at(client.post("/checkout/review/", hidden_inputs(review)))
    pages += [review, client.get(f"/order/{order.token}/")]
    for page in pages:
        assert [word for word in ("deliver", "ship", "parcel", "pick") if word in words_of(page).lower()] == []
    assert (order.total, order.delivery_gross, order.delivery_name, order.delivery_method) == (40, 0, "", None)
    assert (order.has_goods, order.is_pickup, order.addresses.get().kind) == (False, False, "billing")
    told = " ".join(mail.text for mail in Mail.objects.all()).lower()
    assert [word for word in ("deliver", "shipping", "pick-up", "pick up") if word in told] == []


def test_it_is_not_paid_on_pick_up(client, repair, parcel, pickup):
    put_into_cart(client, repair)
    give_details(client)
    ways = html_of(client.get("/checkout/delivery/")).xpath("//input[@name='payment_method']/@value")
    assert ("on_pickup" in ways, "invoice" in ways) == (False, True)
    assert errors(pay_by(client, "on_pickup")) == {"payment_method": "Choose a payment method from the list"}


def test_a_shop_that_is_paid_on_pick_up_alone_says_that_it_cannot_be_paid_here(client, repair, pickup):
    StoreSettings.objects.update(payment_methods=["on_pickup"])
    put_into_cart(client, repair)
    give_details(client)
    assert "There is no payment method for this order yet." in words_of(client.get("/checkout/delivery/"))


def test_a_shop_that_delivers_nothing_sells_services(client, repair):
    put_into_cart(client, repair)
    give_details(client, billing__country="AD", billing__postcode="AD500")
    assert "We do not deliver" not in words_of(client.get("/checkout/delivery/"))
    pay_by(client)
    assert client.get("/checkout/review/").status_code == 200


def test_the_charge_goes_with_the_last_goods(client, repair, parcel):
    mug = ProductFactory()
    put_into_cart(client, repair)
    put_into_cart(client, mug)
    give_details(client, **ELSEWHERE)
    choose_delivery(client, parcel)
    assert "Parcel" in words_of(client.get("/checkout/review/"))
    take_out(client, mug)
    page = client.get("/checkout/review/")
    assert ("Parcel" in words_of(page), "Leipzig" in words_of(page)) == (False, False)
    order = order_at(client.post("/checkout/review/", hidden_inputs(page)))
    assert (order.total, order.delivery_method, order.delivery_country) == (40, None, "NL")


def test_goods_that_come_in_ask_for_a_delivery(client, repair, parcel):
    put_into_cart(client, repair)
    give_details(client)
    pay_by(client)
    agreed = hidden_inputs(client.get("/checkout/review/"))
    put_into_cart(client, ProductFactory())
    assert client.get("/checkout/review/").url == "/checkout/delivery/"
    assert client.post("/checkout/review/", agreed).url == "/checkout/delivery/"
    assert not Order.objects.exists()
    assert errors(pay_by(client)) == {"delivery": "Choose a delivery method"}


def test_a_pick_up_paid_there_is_asked_again_once_only_services_are_left(client, repair, pickup):
    mug = ProductFactory()
    put_into_cart(client, repair)
    put_into_cart(client, mug)
    give_details(client)
    choose_delivery(client, pickup, "on_pickup")
    assert client.get("/checkout/review/").status_code == 200
    take_out(client, mug)
    assert client.get("/checkout/review/").url == "/checkout/delivery/"


def test_goods_that_sell_out_before_the_review_ask_again_how_to_pay(client, repair, pickup):
    mug = ProductFactory(stock=1)
    put_into_cart(client, repair)
    put_into_cart(client, mug)
    give_details(client)
    choose_delivery(client, pickup, "on_pickup")
    Product.objects.filter(pk=mug.pk).update(stock=0)
    page = client.get("/checkout/review/", follow=True)
    assert page.redirect_chain == [("/checkout/delivery/", 302)]
    assert "is sold out and has been removed from your cart" in words_of(page)


@pytest.mark.parametrize("is_service", [True, False])
def test_what_becomes_a_service_or_goods_meanwhile_is_looked_at_again(client, parcel, is_service):
    thing = ProductFactory(is_service=not is_service)
    put_into_cart(client, thing)
    give_details(client)
    choose_delivery(client, parcel)
    agreed = hidden_inputs(client.get("/checkout/review/"))
    Product.objects.update(is_service=is_service)
    page = client.post("/checkout/review/", agreed)
    assert not Order.objects.exists()
    assert (page.status_code, getattr(page, "url", "")) == ((200, "") if is_service else (302, "/checkout/delivery/"))


def test_where_goods_go_is_kept_while_only_services_are_in_the_cart(client, repair, parcel):
    mug = ProductFactory()
    put_into_cart(client, mug)
    give_details(client, **ELSEWHERE)
    take_out(client, mug)
    put_into_cart(client, repair)
    assert html_of(client.get("/checkout/")).xpath("//*[@name='ship_elsewhere']") == []
    give_details(client)
    put_into_cart(client, mug)
    choose_delivery(client, parcel)
    assert "Leipzig" in facts(client.get("/checkout/review/"))["Shipping address"]


def test_a_guests_record_keeps_where_their_goods_go(client, repair, parcel):
    order_now(client, ProductFactory(), parcel, **ELSEWHERE)
    order_now(client, repair, parcel)
    gus = Customer.objects.get(email="gus@post.example")
    assert (gus.ship_elsewhere, gus.addresses.count(), gus.orders.count()) == (True, 2, 2)


@pytest.mark.parametrize(
    ("small_business", "notes"),
    [(False, ["incl. VAT", "incl. VAT, plus delivery"]), (True, ["", "plus delivery"])],
)
def test_a_price_speaks_of_delivery_for_goods_alone(client, repair, small_business, notes):
    StoreSettings.objects.update(small_business=small_business)
    for product, note in zip((repair, ProductFactory()), notes, strict=True):
        put_into_cart(client, product)
        for page in (client.get(product.get_absolute_url()), client.get("/cart/")):
            found = [
                text for text in ("incl. VAT, plus delivery", "plus delivery", "incl. VAT") if text in words_of(page)
            ]
            assert found[:1] == ([note] if note else [])
        take_out(client, product)
