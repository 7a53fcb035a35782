"""Editing an order of services, or to one: goods need a delivery method, services have none."""

from decimal import Decimal

import pytest

from customers.models import Address
from orders.editing.edit import edit
from orders.editing.edited import Wanted
from orders.editing.open_orders import offers_for
from orders.handling.errors import OrderError
from orders.models import Order, OrderAddress, OrderLine, Product
from orders.search.texts import write_derived_fields
from shopadmin.models import Mail
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.editing.edits import URL, change, order_of_mugs, save
from tests.shown_page import errors, filled, html_of, text_of, timeline_texts

pytestmark = pytest.mark.any_database
IN_GHENT = {"country": "BE", "street": "Veldstraat", "house_number": "1", "postcode": "9000", "city": "Gent"}


@pytest.fixture
def mugs(ines, store) -> Order:
    """Two mugs and a parcel."""
    return order_of_mugs(ines, channel="signed_in")


@pytest.fixture
def repair(mugs) -> Order:
    """The same as a repair, without a delivery."""
    amounts = {"total": "33.00", "total_net": "27.27", "total_vat": "5.73"}
    nothing = dict.fromkeys(("delivery_net", "delivery_vat", "delivery_gross"), 0)
    Order.objects.update(**amounts, **nothing, delivery_name="")
    OrderLine.objects.update(name="Repair", is_service=True)
    write_derived_fields(Order.objects.all())
    return Order.objects.get()


def pick(client, product: Product, **typed):
    """Add a product to the form."""
    return client.post(URL, filled(client.get(URL), "order-form", **typed) | {"pick": str(product.pk)})


def deliveries(page) -> list[str]:
    return [text_of(choice.label) for choice in html_of(page).xpath("//input[@name='delivery'][@type='radio']")]


def test_an_order_of_services_is_not_asked_how_it_is_delivered(as_mara, repair):
    DeliveryMethodFactory()
    page = as_mara.get(URL)
    assert (deliveries(page), html_of(page).xpath("//*[@name='ship_elsewhere']")) == ([], [])
    change(as_mara, phone="+31 30 271 8282")
    assert (Order.objects.get().phone, Order.objects.get().total) == ("+31 30 271 8282", Decimal("33.00"))


def test_goods_that_are_added_need_a_delivery_method(as_mara, repair):
    courier, mug = DeliveryMethodFactory(name="Courier", price="9.95"), ProductFactory(price="16.50")
    page = pick(as_mara, mug)
    assert deliveries(page) == ["Courier, €9.95"]
    refused = as_mara.post(f"{URL}review/", filled(page, "order-form"))
    assert errors(refused) == {"delivery": "Choose a delivery method"}
    save(as_mara, as_mara.post(f"{URL}review/", filled(refused, "order-form", delivery=str(courier.pk))))
    order = Order.objects.get()
    assert (order.delivery_method, order.total, order.has_goods) == (courier, Decimal("59.45"), True)
    told = " ".join(Mail.objects.get().text.split())
    assert "Bezorging: geen bezorging → Courier" in told


def test_no_way_around_the_form_leaves_goods_without_a_delivery(repair):
    with pytest.raises(OrderError, match="Choose a delivery method"):
        edit(repair, Wanted(added={ProductFactory().pk: 1}))


def test_the_delivery_leaves_the_order_with_the_last_goods(as_mara, mugs):
    OrderAddress.objects.create(order=mugs, kind="shipping", **IN_GHENT)
    Order.objects.update(payment_method="invoice")
    repair = ProductFactory(name="Repair", price="40.00", is_service=True)
    removed = {f"quantity-{mugs.lines.get().pk}": "0"}
    page = pick(as_mara, repair, **removed)
    assert deliveries(page) == []
    reviewed = as_mara.post(f"{URL}review/", filled(page, "order-form"))
    assert "no delivery" in text_of(html_of(reviewed).xpath("//main")[0])
    save(as_mara, reviewed)
    order = Order.objects.get()
    assert (order.total, order.delivery_gross, order.delivery_name, order.has_goods) == (40, 0, "", False)
    assert (order.delivery_country, order.addresses.count()) == ("NL", 1)
    assert order.total_net + order.total_vat == order.total
    told = timeline_texts(as_mara.get(order.get_absolute_url()))
    assert [words.endswith("edited the order") for words in told] == [False, True, False]


def test_goods_taken_off_and_put_on_again_are_delivered_as_ordered(as_mara, mugs):
    line = f"quantity-{mugs.lines.get().pk}"
    page = pick(as_mara, ProductFactory(is_service=True), **{line: "0"})
    sent = filled(page, "order-form", **{line: "2"})
    page = as_mara.post(f"{URL}review/", sent)
    assert "Parcel" not in text_of(html_of(page).xpath("//main")[0])
    save(as_mara, page)
    assert (Order.objects.get().delivery_name, Order.objects.get().delivery_gross) == ("Parcel", Decimal("4.95"))


def test_without_goods_it_is_not_paid_on_pick_up(as_mara, mugs):
    Order.objects.update(is_pickup=True, payment_method="on_pickup")
    page = pick(as_mara, ProductFactory(is_service=True), **{f"quantity-{mugs.lines.get().pk}": "0"})
    refused = as_mara.post(f"{URL}review/", filled(page, "order-form"))
    assert list(errors(refused)) == ["payment_method"]


def test_what_services_were_once_charged_for_delivery_stays_as_agreed(as_mara, mugs):
    OrderLine.objects.update(is_service=True)
    OrderAddress.objects.create(order=mugs, kind="shipping", **IN_GHENT)
    write_derived_fields(Order.objects.all())
    change(as_mara, phone="+31 30 271 8282")
    order = Order.objects.get()
    assert (order.phone, order.total, order.delivery_name) == ("+31 30 271 8282", Decimal("37.95"), "Parcel")
    assert order.addresses.filter(kind="shipping").exists()


def test_a_new_shipping_address_of_the_customer_is_not_offered_to_their_services(ines, repair):
    home = repair.billing_address.as_dict()
    for kind, address in {"billing": home, "shipping": home | IN_GHENT}.items():
        Address.objects.update_or_create(customer=ines, kind=kind, defaults=address)
    type(ines).objects.update(ship_elsewhere=True)
    ines.refresh_from_db()
    assert offers_for(ines) == []
    OrderLine.objects.update(is_service=False)
    write_derived_fields(Order.objects.all())
    assert [offer.what for offer in offers_for(ines)] == ["address"]
