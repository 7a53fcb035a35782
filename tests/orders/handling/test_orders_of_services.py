"""Orders of services alone: nothing of them is packed or shipped; they are provided."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import F

from orders.documents.issue import issue_invoice
from orders.handling.payments import enter_payment
from orders.handling.refunds import RefundedLine, refund
from orders.handling.shipping import ship
from orders.models import Order
from orders.search.texts import write_derived_fields
from orders.withdrawal.acceptance import Withdrawn, accept_withdrawal
from shopadmin.models import Mail
from tests.factories import DeliveryMethodFactory, OrderFactory, ProductFactory
from tests.orders.bulk.order_bulk_actions import do, look, reasons
from tests.orders.shopping import order_now
from tests.shown_page import filled, html_of, row_names, value_of

pytestmark = pytest.mark.any_database
ORDERS = "/backoffice/orders/"
ORDER = f"{ORDERS}W10479/"


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


@pytest.mark.parametrize(("language", "label"), [("en", "Date provided"), ("de", "Leistungsdatum")])
def test_its_invoice_says_when_it_was_provided(order, language, label):
    Order.objects.update(language=language)
    ship(order, quantities={order.lines.get(): 2}, carrier="other")
    facts = dict(issue_invoice(Order.objects.get()).content["paper"]["facts"])
    assert (label in facts, "Delivery date" in facts) == (True, False)


@pytest.fixture
def mixed(order) -> Order:
    """A repair and two mugs, by parcel."""
    order.lines.create(name="Mug", quantity=2, unit_gross=0, vat_rate=21, net=0, vat=0, gross=0)
    return Order.objects.get()


def lists_with(client, order: Order) -> list[str]:
    """What is to be done about it, as the lists say."""
    return [todo for todo in ("send", "provide") if order.number in row_names(client.get(f"{ORDERS}?todo={todo}"))]


def send(client, order: Order, name: str) -> str:
    """Record that one line of it was shipped or provided; returns the page that says so."""
    page = client.get(f"{ORDER}shipments/")
    unsent = [line for line in order.lines.all() if line.unsent]
    quantities = {f"quantity-{line.pk}": str(line.unsent if line.name == name else 0) for line in unsent}
    return words_of(client.post(f"{ORDER}shipments/", filled(page, "order-form") | quantities, follow=True))


def test_a_service_whose_goods_are_shipped_waits_to_be_provided(as_mara, mixed):
    assert lists_with(as_mara, mixed) == ["send"]
    assert value_of(as_mara.get(f"{ORDER}shipments/"), f"quantity-{mixed.lines.get(name='Repair').pk}") == "0"
    assert "shipped 2 items" in send(as_mara, mixed, "Mug")
    assert lists_with(as_mara, mixed) == ["provide"]
    told = Mail.objects.get().text
    assert ("2 × Mug" in told, "volgt" in told) == (True, False)
    assert "Nothing left to ship" in look(as_mara, "ship", mixed)
    page = as_mara.get(f"{ORDER}shipments/")
    assert ("carrier" in filled(page, "order-form"), "Mark as provided" in words_of(page)) == (False, True)
    page = send(as_mara, mixed, "Repair")
    assert ("provided 2 services" in page, lists_with(as_mara, mixed), Mail.objects.count()) == (True, [], 1)


def test_goods_that_wait_for_a_service_are_still_shipped(as_mara, mixed):
    assert "provided 2 services" in send(as_mara, mixed, "Repair")
    assert (lists_with(as_mara, mixed), Mail.objects.count()) == (["send"], 0)


def test_a_service_whose_goods_are_refunded_or_withdrawn_waits_to_be_provided(mixed):
    mixed.lines.filter(name="Mug").update(unit_gross=5, net=10, gross=10, vat_rate=0, vat_category="Z")
    Order.objects.update(total=F("total") + 10, total_net=F("total_net") + 10, items_gross=F("items_gross") + 10)
    enter_payment(mixed, amount=Order.objects.get().total)
    refund(mixed, lines={1: RefundedLine(1, restock=True)})
    assert Order.objects.to_provide().count() == 0
    accept_withdrawal(mixed, lines={1: Withdrawn(1)})
    assert (Order.objects.to_provide().count(), Order.objects.to_ship().count()) == (1, 0)


def test_many_are_shipped_without_their_services_and_then_provided(as_mara, mixed):
    do(as_mara, "ship", mixed, carrier="dhl")
    assert lists_with(as_mara, mixed) == ["provide"]
    goods, unpaid = OrderFactory(number="W2"), OrderFactory(number="W3", payment_method="bank_transfer")
    unpaid.lines.update(is_service=True)
    cancelled = OrderFactory(number="W4", state="cancelled")
    orders = (mixed, goods, unpaid, cancelled)
    page = " ".join(look(as_mara, "provide", *orders).split())
    assert "<strong>1 order</strong> will be marked as provided. No email is sent." in page
    assert "No services left to provide" in page
    action = do(as_mara, "provide", *orders)
    assert reasons(action) == {"W2": "nothing_to_provide", "W3": "unpaid", "W4": "over"}
    assert (Order.objects.get(pk=mixed.pk).shipping_state, Mail.objects.count()) == ("shipped", 1)
    assert "Already shipped, picked up or provided" in look(as_mara, "provide", mixed)


def test_the_migration_finds_the_orders_of_which_services_are_left(mixed):
    services, goods, shipped = OrderFactory(), OrderFactory(), OrderFactory(shipping_state="shipped")
    services.lines.update(is_service=True)
    Order.objects.filter(pk=services.pk).update(has_goods=False)
    shipped.lines.update(sent=2)
    mixed.lines.filter(name="Mug").update(sent=2)
    migration = import_module("orders.migrations.0055_only_services_left")
    migration.fill(apps, SimpleNamespace(connection=connection))
    assert set(Order.objects.filter(only_services_left=True)) == {mixed, services}
    assert not Order.objects.get(pk=goods.pk).only_services_left
