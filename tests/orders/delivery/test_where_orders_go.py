"""Where an order goes and how it gets there stand on its row, whatever writes the order."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from customers.privacy.erasure.erasure import erase
from orders.delivery.catching_up import catch_up
from orders.models import DeliveryMethod, Order, OrderAddress
from orders.retention.anonymise import anonymise
from shopadmin.worker import housekeeping
from tests.factories import DeliveryMethodFactory, OrderFactory, ProductFactory
from tests.orders.editing import edits
from tests.orders.importing.imports import take_in_rows
from tests.orders.shopping import ELSEWHERE, order_now
from tests.replaced_migrations import OldMigrations
from tests.shown_page import filled, row_names

pytestmark = pytest.mark.django_db
IN_GHENT = {"country": "BE", "street": "Veldstraat", "house_number": "1", "postcode": "9000", "city": "Gent"}


@pytest.fixture
def parcel(store) -> DeliveryMethod:
    return DeliveryMethodFactory(translations={"nl": {"name": "Pakket"}, "de": {"name": "Paket"}})


def kept(order: Order) -> tuple[str, int | None, str]:
    """Country, delivery method and its words, as they are stored."""
    return Order.objects.values_list("delivery_country", "delivery_method", "delivery_name").get(pk=order.pk)


def test_a_shopper_who_ships_elsewhere_orders_to_there(client, parcel):
    order = order_now(client, ProductFactory(), parcel, **ELSEWHERE)
    assert kept(order) == ("DE", parcel.pk, "Parcel")


def test_without_a_shipping_address_an_order_goes_to_the_billing_address(client, parcel):
    assert kept(order_now(client, ProductFactory(), parcel)) == ("NL", parcel.pk, "Parcel")


def test_an_order_by_phone_goes_to_the_address_of_the_form(as_mara, ines, parcel):
    mug, url = ProductFactory(), f"/backoffice/customers/{ines.pk}/order/"
    typed = filled(as_mara.get(url), "order-form", **{f"add-{mug.pk}": "1"})
    as_mara.post(f"{url}place/", filled(as_mara.post(f"{url}review/", typed), "order-form"))
    assert kept(Order.objects.get()) == ("NL", parcel.pk, "Pakket")


def test_an_edit_moves_an_order_to_another_country_by_another_way(as_mara, ines, parcel):
    order = edits.order_of_mugs(ines)
    place = {f"billing__{name}": value for name, value in IN_GHENT.items()}
    edits.change(as_mara, delivery=str(parcel.pk), **place)
    assert kept(order) == ("BE", parcel.pk, "Pakket")


def test_an_edit_that_leaves_the_delivery_alone_keeps_its_method(as_mara, ines, parcel):
    order = edits.order_of_mugs(ines, delivery_method=parcel)
    edits.change(as_mara, last_name="Molen")
    assert kept(order) == ("NL", parcel.pk, "Parcel")


def test_a_new_address_of_the_customer_takes_their_open_orders_along(as_mara, ines, parcel):
    order, url = OrderFactory(customer=ines, channel="signed_in"), f"/backoffice/customers/{ines.pk}/"
    place = {f"billing__{name}": value for name, value in IN_GHENT.items()}
    as_mara.post(f"{url}edit/", filled(as_mara.get(f"{url}edit/"), "customer-form", **place))
    as_mara.post(f"{url}open-orders/", filled(as_mara.get(f"{url}open-orders/"), "order-form"))
    assert kept(order) == ("BE", None, "Parcel")


@pytest.mark.parametrize(("name", "is_known"), [("Parcel", True), ("PAKET", True), ("Pigeon", False), ("", False)])
def test_an_import_knows_a_method_by_its_name_in_any_language(parcel, tmp_path, name, is_known):
    row = f"20001,nia@post.example,2024-05-17,121.00,{name},DE,Kade 1,04109,Leipzig"
    of_address = "billing_country,billing_street,billing_postcode,billing_city"
    take_in_rows(tmp_path, row, more=f"delivery_name,{of_address}")
    assert kept(Order.objects.get()) == ("DE", parcel.pk if is_known else None, name)


def test_of_two_methods_of_one_name_it_is_the_one_on_offer(parcel):
    DeliveryMethod.objects.update(active=False)
    offered = DeliveryMethodFactory(name="parcel", position=9)
    assert DeliveryMethod.objects.by_name() == {"parcel": offered.pk, "pakket": parcel.pk, "paket": parcel.pk}


def test_an_address_saved_by_itself_moves_its_order(ines):
    order = OrderFactory(customer=ines)
    shipping = OrderAddress.objects.create(order=order, kind="shipping", **IN_GHENT)
    assert kept(order)[0] == "BE"
    shipping.delete()
    assert kept(order)[0] == "NL"


def test_the_country_stays_when_the_person_goes_and_when_the_address_goes(ines):
    order = OrderFactory(customer=ines, state="completed")
    erase(ines, by="merchant", notify=False)
    assert kept(order)[0] == "NL"
    anonymise([order.pk])
    Order.objects.get(pk=order.pk).save()
    assert (kept(order)[0], order.addresses.exists()) == ("NL", False)


def test_an_order_under_way_of_somebody_erased_still_moves(ines):
    order = OrderFactory(customer=ines)
    erase(ines, by="merchant", notify=False)
    order.refresh_from_db()
    order.addresses.get().delete()
    OrderAddress.objects.create(order=order, kind="billing", **IN_GHENT)
    assert kept(order)[0] == "BE"


def test_what_a_process_of_the_release_before_placed_is_worked_out_by_the_worker(ines, parcel):
    order, known = OrderFactory(customer=ines, delivery_name="Paket"), OrderFactory(customer=ines)
    erased = OrderFactory(state="completed")
    Order.objects.filter(pk=erased.pk).update(customer=None, erased_at=timezone.now())
    _placed_by_the_release_before([order.pk, erased.pk])
    housekeeping.keep_house()
    assert [kept(one) for one in (order, erased, known)] == [
        ("NL", parcel.pk, "Paket"),
        ("NL", parcel.pk, "Parcel"),
        ("NL", None, "Parcel"),
    ]


def test_services_that_it_sold_do_not_stand_in_what_is_to_ship(as_mara, ines):
    order = OrderFactory(customer=ines, payment_method="invoice")
    order.lines.update(is_service=True)
    _placed_by_the_release_before([order.pk])
    found = {"send": [order.number], "provide": []}
    assert {todo: row_names(as_mara.get(f"/backoffice/orders/?todo={todo}")) for todo in found} == found
    housekeeping.keep_house()
    found = {"send": [], "provide": [order.number]}
    assert {todo: row_names(as_mara.get(f"/backoffice/orders/?todo={todo}")) for todo in found} == found


def test_an_order_without_an_address_is_worked_out_once(ines):
    order = OrderFactory(customer=ines)
    OrderAddress.objects.all().delete()
    _placed_by_the_release_before([order.pk])
    catch_up()
    assert kept(order)[0] == ""


def test_the_migration_works_out_the_orders_that_are_there(ines, parcel):
    orders = [OrderFactory(customer=ines, delivery_name=name) for name in ("Pakket", "parcel", "Pigeon")]
    OrderAddress.objects.create(order=orders[0], kind="shipping", **IN_GHENT)
    OrderAddress.objects.filter(order=orders[2]).delete()
    _placed_by_the_release_before([order.pk for order in orders])
    loader = OldMigrations(connection)
    migration = loader.get_migration("orders", "0045_fill_where_orders_go")
    apps = loader.project_state(("orders", "0045_fill_where_orders_go")).apps
    migration.operations[0].code(apps, SimpleNamespace(connection=connection))
    assert [kept(order)[:2] for order in orders] == [("BE", parcel.pk), ("NL", parcel.pk), ("", None)]


def _placed_by_the_release_before(ids: list[int]) -> None:
    """Leave them as a process leaves them that knows none of the columns: with what the database fills in."""
    columns = ("delivery_country", "has_goods", "only_services_left")
    defaults = {name: Order._meta.get_field(name).db_default for name in columns}
    Order.objects.filter(pk__in=ids).update(delivery_method=None, **defaults)
