"""Orders of services alone: nothing of them is packed or shipped; they are provided."""

import pytest

from orders.handling.payments import enter_payment
from orders.models import Order
from orders.search.texts import write_derived_fields
from shopadmin.models import Mail
from tests.factories import DeliveryMethodFactory, OrderFactory, ProductFactory
from tests.orders.bulk.order_bulk_actions import look
from tests.orders.shopping import order_now
from tests.shown_page import filled, html_of, row_names

pytestmark = pytest.mark.any_database
ORDER = "/backoffice/orders/W10479/"


@pytest.fixture
def order(ines, store) -> Order:
    order = OrderFactory(customer=ines, number="W10479", payment_method="invoice")
    order.lines.update(is_service=True, name="Repair")
    write_derived_fields(Order.objects.all())
    return Order.objects.get()


def words_of(response) -> str:
    return " ".join(html_of(response).xpath("//main")[0].text_content().split())


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Not provided", "Provided")), ("nl", ("Niet uitgevoerd", "Uitgevoerd")),
     ("de", ("Nicht erbracht", "Erbracht"))],
)  # fmt: skip
def test_statuses_speak_of_providing_in_each_language(client, mara, order, language, words):
    type(mara).objects.update(language=language)
    client.force_login(mara)
    for word, state in zip(words, ("not_shipped", "shipped"), strict=True):
        Order.objects.update(shipping_state=state)
        assert [word in words_of(client.get(page)) for page in ("/backoffice/orders/", ORDER)] == [True, True]


def test_it_is_provided_without_a_carrier_or_an_email_and_then_done(as_mara, order):
    assert "ship" not in words_of(as_mara.get(ORDER)).lower()
    sent = filled(as_mara.get(f"{ORDER}shipments/"), "order-form")
    assert "carrier" not in sent
    page = words_of(as_mara.post(f"{ORDER}shipments/", sent, follow=True))
    assert ("provided 2 services" in page, Mail.objects.count()) == (True, 0)
    enter_payment(order, amount=order.total)
    assert Order.objects.get().state == "completed"


def test_it_waits_apart_from_what_is_to_ship(as_mara, order):
    parcel = OrderFactory(payment_method="invoice")
    assert row_names(as_mara.get("/backoffice/orders/?todo=send")) == [parcel.number]
    assert row_names(as_mara.get("/backoffice/orders/?todo=provide")) == ["W10479"]
    lines = html_of(as_mara.get("/backoffice/")).xpath("//a[contains(@href, 'todo=provide')]")
    assert "Services to provide" in lines[0].text_content()
    assert "Nothing left to ship" in look(as_mara, "ship", order)


def test_it_has_no_packing_slip_and_nothing_to_pick(as_mara, order):
    assert "packing-slip" not in as_mara.get(ORDER).content.decode()
    assert as_mara.get(f"{ORDER}packing-slip/").status_code == 404
    assert "Repair" not in words_of(as_mara.get("/backoffice/orders/picking-list/", {"picked": [order.pk]}))


@pytest.mark.parametrize(("is_service", "has_goods"), [(True, False), (False, True)])
def test_an_order_from_the_shop_knows_whether_it_has_goods(client, store, is_service, has_goods):
    product = ProductFactory(is_service=is_service)
    assert order_now(client, product, DeliveryMethodFactory()).has_goods is has_goods


def test_goods_that_are_added_are_shipped(order):
    order.lines.create(name="Mug", quantity=1, unit_gross=0, vat_rate=21, net=0, vat=0, gross=0)
    assert Order.objects.get().has_goods
