"""Sending parcels."""

import pytest

from customers.privacy.erasure.erasure import erase
from orders.handling.shipping import ship
from orders.models import Order, Shipment
from shopadmin.models import Mail
from tests.factories import OrderFactory
from tests.shown_page import error_summary, errors, filled, value_of

pytestmark = pytest.mark.any_database
URL = "/backoffice/orders/W10479/shipments/"


@pytest.fixture
def order(ines) -> Order:
    return OrderFactory(customer=ines, number="W10479")


def sent(order: Order) -> list[int]:
    return list(order.lines.values_list("sent", flat=True))


def test_who_only_looks_sends_nothing(client, rosa, order, store):
    client.force_login(rosa)
    assert client.post(URL, {"carrier": "postnl"}).status_code == 403
    assert sent(order) == [0]


def test_everything_that_is_left_is_filled_in(as_mara, order):
    ship(order, quantities={order.lines.get(): 1}, carrier="dhl")
    line = order.lines.get()
    assert filled(as_mara.get(URL), "order-form")[f"quantity-{line.pk}"] == "1"


def test_a_carrier_and_a_number_send_all_that_is_left(as_mara, order, sam):
    response = as_mara.post(URL, {"carrier": "dpd", "tracking_number": "0534 1"})
    assert response["Location"] == "/backoffice/orders/W10479/"
    assert sent(order) == [2]
    shipment = Shipment.objects.get()
    assert (shipment.carrier, shipment.tracking_number, shipment.quantity) == ("dpd", "0534 1", 2)


def test_an_order_that_outlived_its_customer_is_sent_where_it_goes(client, sam, order, ines, store):
    erase(ines, by="shopper", notify=False)
    Order.objects.update(payment_state="paid")
    client.force_login(sam)
    assert "3511 AW Utrecht" in client.get("/backoffice/orders/W10479/").content.decode()
    response = client.post(URL, {"carrier": "dpd", "tracking_number": "1"}, follow=True)
    assert sent(order) == [2]
    assert "Utrecht" not in response.content.decode()


def test_a_part_is_sent_once_however_often_the_form_is(as_mara, order):
    wanted = filled(as_mara.get(URL), "order-form", **{f"quantity-{order.lines.get().pk}": "1"})
    assert [as_mara.post(URL, wanted).status_code for _press in range(2)] == [302, 302]
    assert sent(order) == [1]


@pytest.mark.parametrize("quantity", ["3", "-1", "99999999999999", "1e400", "two"])
def test_a_quantity_that_is_not_there_is_said_so_and_kept(as_mara, order, quantity):
    name = f"quantity-{order.lines.get().pk}"
    response = as_mara.post(URL, {"carrier": "dpd", "tracking_number": "1", name: quantity})
    assert value_of(response, name) == quantity
    assert list(errors(response)) == [name]
    assert sent(order) == [0]


def test_a_parcel_with_nothing_in_it_is_refused(as_mara, order):
    response = as_mara.post(URL, {"carrier": "dpd", f"quantity-{order.lines.get().pk}": "0"})
    assert error_summary(response) == ["Choose at least 1 item"]


def test_a_carrier_that_is_none_is_refused(as_mara, order):
    response = as_mara.post(URL, {"carrier": "pigeon"})
    assert list(errors(response)) == ["carrier"]


def test_a_sent_order_has_nothing_left_to_send(as_mara, order):
    as_mara.post(URL, {"carrier": "dpd"})
    assert "All items have been shipped" in as_mara.get(URL).content.decode()
    assert as_mara.post(URL, {"carrier": "dpd"}).status_code == 200
    assert Shipment.objects.count() == 1


def test_the_shopper_is_told_in_their_language_with_a_link_to_follow_it(as_mara, order):
    as_mara.post(URL, {"carrier": "postnl", "tracking_number": "3SVV&1"})
    mail = Mail.objects.get()
    assert (mail.name, mail.to, mail.language) == ("shipment_sent", "ines@vandermeulen.example", "nl")
    assert "https://postnl.nl/tracktrace/?B=3SVV%261&P=3511AW&D=NL&T=C" in mail.text
    assert "/account/orders/W10479/" in mail.text


def test_a_guest_is_led_to_the_address_that_nobody_can_guess(as_mara, gus):
    order = OrderFactory(customer=gus, number="W10479")
    as_mara.post(URL, {"carrier": "other", "tracking_number": "x"})
    mail = Mail.objects.get()
    assert f"/order/{order.token}/" in mail.text


def test_what_is_handed_over_in_the_shop_needs_no_mail(as_mara, ines):
    OrderFactory(customer=ines, number="W10479", is_pickup=True)
    as_mara.post(URL, filled(as_mara.get(URL), "order-form"))
    assert not Mail.objects.exists()
    assert Shipment.objects.get().carrier == "other"


def test_a_parcel_shows_in_the_shoppers_orders_at_once(as_mara, client, order, ines):
    as_mara.post(URL, {"carrier": "postnl", "tracking_number": "3SVV1"})
    client.force_login(ines)
    assert "postnl.nl/tracktrace/?B=3SVV1" in client.get("/account/orders/W10479/").content.decode()
