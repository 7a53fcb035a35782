"""What emails about orders look like: pictures, sums, one button."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders import mails
from orders.handling.cancellation import cancel
from orders.handling.shipping import ship
from orders.models import Order
from shopadmin.models import Mail
from shopadmin.pictures.picture import Picture
from tests.factories import OrderFactory

pytestmark = pytest.mark.any_database
VASE = {
    "name": "Vase", "quantity": 1, "unit_gross": Decimal("1.21"),
    "vat_rate": 21, "net": 1, "vat": Decimal("0.21"), "gross": Decimal("1.21"),
}  # fmt: skip
WIDE, TALL = f"{'a' * 64}-1280x640", f"{'b' * 64}-320x1280"


@pytest.fixture
def order(store, ines) -> Order:
    return OrderFactory(customer=ines, number="W10479", language="en", channel="signed_in")


def sent(name: str) -> Mail:
    return Mail.objects.get(name=name)


def pictures_in(mail: Mail) -> list[str]:
    return re.findall(r'<img class="pic" src="([^"]+)" width="(\d+)" height="(\d+)" alt=""', mail.html)


@pytest.mark.django_db
def test_lines_show_their_pictures_from_the_shops_own_address_within_64_pixels(order):
    order.lines.update(picture=WIDE)
    order.lines.create(picture=TALL, **VASE)
    mails.tell_of_order(order)
    folder = "http://localhost:8000/media/products/"
    expected = [(f"{folder}{'a' * 64}-160.jpg", "64", "32"), (f"{folder}{'b' * 64}-160.jpg", "16", "64")]
    assert (pictures_in(sent("order_placed")), pictures_in(sent("order_placed_merchant"))) == (expected, expected)
    assert Picture.of(TALL).size_within(64, 64) == (16, 64)


@pytest.mark.django_db
def test_a_parcel_and_a_cancelled_order_show_what_was_in_them(order):
    order.lines.update(picture=WIDE)
    ship(order, quantities={order.lines.get(): 1}, carrier="postnl")
    assert len(pictures_in(sent("shipment_sent"))) == 1
    other = OrderFactory(customer=order.customer, language="en")
    cancel(other)
    assert (pictures_in(sent("order_cancelled")), "2 × €16.50" in sent("order_cancelled").text) == ([], True)


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "button"), [("3SVV1", "Track parcel"), ("", "View order")])
def test_there_is_one_button_and_it_leads_on(order, number, button):
    ship(order, quantities={order.lines.get(): 1}, carrier="postnl", tracking_number=number)
    assert re.findall(r'class="btn-a"[^>]*>([^<]+)<', sent("shipment_sent").html) == [button]


@pytest.mark.django_db
@pytest.mark.parametrize("lines", [1, 3])
def test_a_mail_costs_no_more_for_more_lines(order, lines):
    for _line in range(1, lines):
        order.lines.create(picture=WIDE, **VASE)
    with CaptureQueriesContext(connection) as queries:
        mails.mail_shopper(order, "order_cancelled")
    assert len(queries) == 4, "\n".join(query["sql"] for query in queries)
