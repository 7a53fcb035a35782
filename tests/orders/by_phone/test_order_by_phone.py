"""An order that a merchant enters for a customer, with discounts."""

from decimal import Decimal

import pytest
from django.test import Client

from customers.models import Customer
from orders.documents.e_invoice.cii import cii_of
from orders.documents.e_invoice.ubl import ubl_of
from orders.documents.issue import issue_invoice
from orders.models import Order, Product
from shopadmin.models import Mail
from tests.factories import CustomerFactory, DeliveryMethodFactory, ProductFactory
from tests.orders.documents.e_invoices import wrong_in_cii, wrong_in_ubl
from tests.shown_page import errors, filled, html_of, link_called, row_names, text_of, texts, value_of

pytestmark = pytest.mark.any_database


@pytest.fixture
def mug(store) -> Product:
    DeliveryMethodFactory(price="4.95")
    return ProductFactory(name="Stacking mug", sku="VV-118", price="16.50", stock=5)


def page_of(customer: Customer, part: str = "") -> str:
    return f"/backoffice/customers/{customer.pk}/order/{part}"


def review(browser: Client, customer: Customer, **typed: str):
    """Type into the form what is wanted; `add__7` stands for `add-7`."""
    return browser.post(page_of(customer, "review/"), filled(browser.get(page_of(customer)), "order-form", **typed))


def press(browser: Client, customer: Customer, page):
    return browser.post(page_of(customer, "place/"), filled(page, "order-form"))


def placed(browser: Client, customer: Customer, **typed: str) -> Order:
    response = press(browser, customer, review(browser, customer, **typed))
    return Order.objects.get(number=response["Location"].split("/")[3])


def sums(order: Order) -> list[str]:
    return [str(amount) for amount in (order.items_gross, order.delivery_gross, order.total_vat, order.total)]


@pytest.mark.parametrize("part", ["", "review/", "place/"])
def test_who_only_looks_enters_no_order(client, rosa, ines, mug, part):
    client.force_login(rosa)
    assert client.post(page_of(ines, part), {f"add-{mug.pk}": "1"}).status_code == 403
    assert not Order.objects.exists()


def test_a_customer_is_searched_and_leads_to_the_form(as_mara, ines, otto):
    page = as_mara.get("/backoffice/orders/new/?q=meulen")
    assert row_names(page) == ["Ines van der Meulen"]
    assert link_called(page, "Ines van der Meulen") == page_of(ines)


def test_of_a_restricted_customer_there_is_no_order_by_phone(as_mara, ines, mug):
    Customer.objects.filter(pk=ines.pk).update(restricted_at="2026-01-01T00:00Z")
    assert row_names(as_mara.get("/backoffice/orders/new/?q=meulen")) == []
    assert as_mara.get(page_of(ines)).status_code == 403


def test_the_overview_and_the_list_lead_there_for_whoever_may(client, sam, rosa, ines, store):
    for staff, leads in ((sam, True), (rosa, False)):
        client.force_login(staff)
        pages = [client.get("/backoffice/orders/"), client.get(f"/backoffice/customers/{ines.pk}/")]
        assert [bool(html_of(page).xpath("//a[contains(., 'New order')]")) for page in pages] == [leads, leads]


def test_products_are_found_and_added_by_one(as_mara, ines, mug):
    found = as_mara.post(page_of(ines), filled(as_mara.get(page_of(ines)), "order-form", find="stack"))
    assert errors(found) == {}
    picked = as_mara.post(page_of(ines), filled(found, "order-form") | {"pick": str(mug.pk)})
    assert value_of(picked, f"add-{mug.pk}") == "1"


def test_the_order_is_placed_as_the_checkout_places_one(as_mara, ines, mug, mara):
    order = placed(as_mara, ines, **{f"add-{mug.pk}": "2"}, order_note="Ring twice")
    assert sums(order) == ["33.00", "4.95", "6.59", "37.95"]
    assert (order.channel, order.customer, order.first_name, order.order_note) == (
        "backoffice",
        ines,
        "Ines",
        "Ring twice",
    )
    assert order.events.get(kind="placed").by == mara
    assert str(order.billing_address) == str(ines.billing_address)
    mug.refresh_from_db()
    ines.refresh_from_db()
    assert (mug.stock, ines.orders_count, ines.spent) == (3, 1, Decimal("37.95"))
    assert [mail.name for mail in Mail.objects.order_by("pk")] == ["order_placed", "order_placed_merchant"]


def test_an_address_typed_for_the_order_leaves_the_record_alone(as_mara, ines, mug):
    order = placed(as_mara, ines, **{f"add-{mug.pk}": "1"}, billing__street="Nieuwegracht")
    assert order.billing_address.street == "Nieuwegracht"
    assert ines.addresses.get().street == "Oudegracht"


def test_pressed_twice_it_is_placed_once(as_mara, ines, mug):
    page = review(as_mara, ines, **{f"add-{mug.pk}": "2"})
    assert len({press(as_mara, ines, page)["Location"] for _press in range(2)}) == 1
    assert Order.objects.count() == 1


def test_discounts_by_line_and_on_the_order_add_up_on_every_paper(as_mara, ines, mug, store):
    store.vat_number, store.city, store.postcode = "NL001234567B01", "Utrecht", "3511 NR"
    store.save()
    vase = ProductFactory(name="Vase", price="20.00")
    typed = {f"add-{mug.pk}": "2", f"discount-{mug.pk}": "10%", f"add-{vase.pk}": "1", "order_discount": "5,00"}
    order = placed(as_mara, ines, **typed)
    lines = list(order.lines.values_list("unit_gross", "discount", "gross"))
    assert [[str(amount) for amount in line] for line in lines] == [
        ["16.50", "6.29", "26.71"],
        ["20.00", "2.01", "17.99"],
    ]
    assert sums(order) == ["44.70", "4.95", "8.62", "49.65"]
    content = issue_invoice(order).content
    assert content["totals"]["gross"] == "49.65"
    assert content["paper"]["lines"][0][1] == "VV-118 · Korting: € -6,29".replace("€ -", "€\xa0-")
    assert (wrong_in_cii(cii_of(content)), wrong_in_ubl(ubl_of(content))) == ([], [])


def test_a_discount_shows_on_the_order_its_mail_and_to_the_shopper(as_mara, client, ines, mug):
    order = placed(as_mara, ines, **{f"add-{mug.pk}": "2", "order_discount": "3.00"})
    assert "Discount: -€3.00" in " ".join(as_mara.get(order.get_absolute_url()).content.decode().split())
    assert "Korting: € -3,00" in Mail.objects.get(name="order_placed").text.replace("\xa0", " ")
    client.force_login(ines)
    client.cookies["language"] = "en"
    page = client.get(f"/account/orders/{order.number}/")
    assert "2 × €16.50 · Discount: -€3.00" in " ".join(texts(page, "lines"))


def test_everything_may_be_given_for_nothing(as_mara, ines, mug):
    order = placed(as_mara, ines, **{f"add-{mug.pk}": "2", "order_discount": "100 %"})
    assert sums(order) == ["0.00", "4.95", "0.86", "4.95"]


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("discount", "33.01", "The discount cannot be more than the price, €33.00"),
        ("discount", "101%", "A discount cannot be more than 100%"),
        ("discount", "half", "Enter an amount, such as 5.00, or a percentage, such as 10%"),
        ("discount", "-1", "Enter 0 or more"),
        ("order_discount", "33.01", "The discount cannot be more than the price, €33.00"),
    ],
)
def test_a_discount_that_cannot_be_is_answered_at_its_field(as_mara, ines, mug, field, typed, message):
    field = f"discount-{mug.pk}" if field == "discount" else field
    page = review(as_mara, ines, **{f"add-{mug.pk}": "2", field: typed})
    assert errors(page) == {field: message}
    assert value_of(page, field) == typed


def test_nothing_and_more_than_there_is_cannot_be_ordered(as_mara, ines, mug):
    assert errors(review(as_mara, ines)) == {"find": "Add at least 1 product"}
    assert errors(review(as_mara, ines, **{f"add-{mug.pk}": "6"})) == {f"add-{mug.pk}": "Only 5 in stock"}


def test_sold_meanwhile_it_is_not_placed_and_says_so(as_mara, ines, mug):
    page = review(as_mara, ines, **{f"add-{mug.pk}": "5"})
    Product.objects.update(stock=4)
    assert errors(press(as_mara, ines, page)) == {f"add-{mug.pk}": "Only 4 in stock"}
    assert not Order.objects.exists()


def test_a_price_that_changed_meanwhile_is_shown_once_more(as_mara, ines, mug):
    page = review(as_mara, ines, **{f"add-{mug.pk}": "1"})
    Product.objects.update(price="17.00")
    again = press(as_mara, ines, page)
    assert "prices or stock have changed" in again.content.decode()
    assert press(as_mara, ines, again).status_code == 302


def test_a_company_gives_its_reference_and_a_private_person_none(as_mara, ines, mug):
    firm = CustomerFactory(business=True)
    typed = {"billing__street": "Oudegracht", "billing__house_number": "1", "billing__postcode": "3511 AW"}
    order = placed(as_mara, firm, **typed, **{f"add-{mug.pk}": "1"}, billing__city="Utrecht", reference="PO 7")
    assert (order.company_name, order.reference) == (firm.company_name, "PO 7")
    assert "reference" not in filled(as_mara.get(page_of(ines)), "order-form")


def test_services_are_ordered_without_a_delivery(as_mara, ines, mug):
    Customer.objects.update(ship_elsewhere=True)
    repair = ProductFactory(name="Repair", price="40.00", is_service=True)
    page = as_mara.post(page_of(ines), filled(as_mara.get(page_of(ines)), "order-form") | {"pick": str(repair.pk)})
    assert html_of(page).xpath("//input[@name='delivery' or @name='ship_elsewhere'][@type!='hidden']") == []
    assert "on_pickup" not in html_of(page).xpath("//select[@name='payment_method']/option/@value")
    page = as_mara.post(page_of(ines, "review/"), filled(page, "order-form", payment_method="invoice"))
    assert "eliver" not in text_of(html_of(page).xpath("//main")[0])
    press(as_mara, ines, page)
    order = Order.objects.get()
    assert (sums(order)[-1], order.delivery_name, order.delivery_method) == ("40.00", "", None)


def test_goods_that_are_added_to_services_are_delivered_as_was_typed_before(as_mara, ines, mug):
    repair, courier = ProductFactory(is_service=True), DeliveryMethodFactory(name="Courier", price="9.95")
    page = as_mara.get(page_of(ines))
    sent = filled(page, "order-form", delivery=str(courier.pk), ship_elsewhere="on", shipping__city="Gent")
    page = as_mara.post(page_of(ines), sent | {"pick": str(repair.pk)})
    page = as_mara.post(page_of(ines), filled(page, "order-form") | {"pick": str(mug.pk)})
    typed = ("delivery", "ship_elsewhere", "shipping-city")
    assert [value_of(page, name) for name in typed] == [str(courier.pk), "on", "Gent"]
