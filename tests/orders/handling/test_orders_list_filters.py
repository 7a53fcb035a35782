"""The filters of the list of orders: what each lets through, how it is offered, and what it takes along."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from customers.models import Tag
from orders.models import DeliveryMethod, Order, OrderAddress, Product
from tests.factories import DeliveryMethodFactory, OrderFactory, ProductFactory
from tests.shown_page import chips, error_summary, errors, form_with, html_of, row_names, sent_by, text_of, value_of

URL, VIEWS = "/backoffice/orders/", "/backoffice/customers/segments/"
IN_GHENT = {"country": "BE", "street": "Veldstraat", "house_number": "1", "postcode": "9000", "city": "Gent"}


@pytest.fixture
def pickup(store) -> DeliveryMethod:
    names = {"nl": {"name": "Afhalen"}, "de": {"name": "Abholung"}}
    return DeliveryMethodFactory(name="Pick up", is_pickup=True, translations=names)


@pytest.fixture
def shirt(store) -> Product:
    return ProductFactory(name="Linen shirt", sku="LIN-7", translations={"de": {"name": "Leinenhemd Größe"}})


@pytest.fixture
def orders(pickup, shirt) -> None:
    """W1 goes to Belgium, by phone; W2 is picked up; W3 is paid by invoice; W4 has two lines of the shirt."""
    w1 = OrderFactory(number="W1", channel="backoffice")
    OrderAddress.objects.create(order=w1, kind="shipping", **IN_GHENT)
    OrderFactory(number="W2", delivery_method=pickup, payment_method="on_pickup")
    OrderFactory(number="W3", payment_method="invoice", channel="signed_in")
    w4 = OrderFactory(number="W4", channel="signed_in")
    for _line in range(2):
        line = w4.lines.first()
        line.pk, line.product = None, shirt
        line.save()


def page_of(client, **query):
    return client.get(URL, query)


def filters_of(client, **query):
    """The filters behind the list's button, as its address has them fetched."""
    button = html_of(page_of(client, **query)).xpath("//details[contains(@class, 'is-filters')]/div")[0]
    return client.get(button.get("data-hx-get"))


def popups(page) -> list[str]:
    return [text_of(popup) for popup in html_of(page).xpath("//main//details[@name='filter']/summary")]


def offered(page, label: str) -> list[str]:
    """What can be chosen of one filter."""
    xpath = "//details[@name='filter'][summary[normalize-space()=$label]]//li"
    return [text_of(choice) for choice in html_of(page).xpath(xpath, label=label)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"country": "BE"}, ["W1"]),
        ({"country": "NL"}, ["W2", "W3", "W4"]),
        ({"country": "FR"}, []),
        ({"channel": "backoffice"}, ["W1"]),
        ({"channel": "signed_in"}, ["W3", "W4"]),
        ({"delivery": "pick-up"}, ["W2"]),
        ({"delivery": "none"}, ["W1", "W3", "W4"]),
        ({"payment_method": "invoice"}, ["W3"]),
        ({"product": "LIN-7"}, ["W4"]),
        ({"product": "lin-7"}, ["W4"]),
        ({"product": " linen SHIRT "}, ["W4"]),
        ({"product": "LEINENHEMD GRÖSSE"}, ["W4"]),
        ({"country": "NL", "channel": "signed_in", "payment_method": "bank_transfer", "product": "LIN-7"}, ["W4"]),
        ({"country": "BE", "channel": "signed_in"}, []),
        ({"country": "BE", "channel": "backoffice", "placed_from": "30d", "q": "W1"}, ["W1"]),
        ({"channel": "backoffice", "placed_to": "1d"}, []),
    ],
)
@pytest.mark.parametrize("sort", ["newest", "total"])
def test_filters_narrow_the_list(as_mara, orders, pickup, query, found, sort):
    query = query | ({"delivery": pickup.pk} if query.get("delivery") == "pick-up" else {})
    assert sorted(row_names(page_of(as_mara, sort=sort, **query))) == found
    assert as_mara.get(f"{URL}total/", query).content.decode() == str(len(found))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"country": "XX"}, "Country: Select a valid choice. XX is not one of the available choices."),
        ({"country": "??"}, "Country: Select a valid choice. ?? is not one of the available choices."),
        ({"channel": "fax"}, "Channel: Select a valid choice. fax is not one of the available choices."),
        ({"delivery": "99999999999999999999"}, "Delivery method: Select a valid choice."),
        ({"payment_method": "cheque"}, "Payment method: Select a valid choice."),
        ({"product": "linen"}, "Product: No product has this name or SKU"),
        ({"product": "!!!"}, "Product: No product has this name or SKU"),
        ({"product": "x" * 121}, "Product: Ensure this value has at most 120 characters (it has 121)."),
        ({"placed_from": "7 d"}, "Placed from: Enter a valid date."),
    ],
)
def test_a_filter_that_makes_no_sense_says_so_and_shows_no_orders(as_mara, orders, query, message):
    page = page_of(as_mara, **query)
    assert [line.startswith(message) for line in error_summary(page)] == [True]
    assert "No orders shown: check the filters" in page.content.decode()
    assert row_names(page) == []


def test_a_product_that_is_none_is_answered_at_its_field_and_nothing_is_lost(as_mara, orders):
    page = page_of(as_mara, product="linen <b>", country="BE", sort="total")
    assert errors(page) == {"product": "No product has this name or SKU"}
    assert value_of(page, "product") == "linen <b>"
    assert sent_by(form_with(page, "product")) == {"country": "BE", "sort": "total", "product": "linen <b>"}
    assert chips(page) == {"Country: Belgium": f"{URL}?sort=total"}


def test_several_products_of_one_name_are_all_meant(as_mara, orders, shirt):
    other = ProductFactory(name="linen shirt", sku="LIN-8")
    OrderFactory(number="W5").lines.update(product=other)
    assert sorted(row_names(page_of(as_mara, product="Linen shirt"))) == ["W4", "W5"]
    assert row_names(page_of(as_mara, product="LIN-8")) == ["W5"]


def test_a_sku_goes_before_a_name_that_is_the_same(as_mara, orders, shirt):
    ProductFactory(name="LIN-7", sku="X")
    assert row_names(page_of(as_mara, product="LIN-7")) == ["W4"]


def test_a_name_that_many_have_in_theirs_is_found_and_a_sku_too(as_mara, orders, monkeypatch):
    monkeypatch.setattr("orders.models.product.MOST_LOOKED_AT", 1)
    for number in range(3):
        ProductFactory(name=f"Linen shirt no. {number}", sku=f"S{number}")
        ProductFactory(name="LIN 7", sku=f"T{number}")
    assert row_names(page_of(as_mara, product="linen shirt")) == ["W4"]
    assert row_names(page_of(as_mara, product="lin-7")) == ["W4"]


def test_every_filter_is_offered_once(as_mara, orders):
    Tag.objects.named("gift")
    assert popups(filters_of(as_mara)) == [
        "Status", "Payment", "Shipping", "Payment term", "Country", "Channel", "Delivery method", "Payment method",
        "Tag", "Product", "Placed",
    ]  # fmt: skip
    assert popups(page_of(as_mara)) == []


def test_choices_are_those_of_the_shop(as_mara, orders):
    DeliveryMethod.objects.create(name="Courier", price=9, active=False, position=2)
    page = filters_of(as_mara)
    assert offered(page, "Delivery method") == ["Pick up", "Courier", "None of these"]
    assert offered(page, "Payment method") == ["Bank transfer in advance", "Invoice", "Pay on pick-up"]
    assert offered(page, "Channel") == ["Shop (guest)", "Shop (signed in)", "Backoffice", "Import"]
    assert offered(page, "Placed")[:3] == ["in the last 7 days", "in the last 30 days", "in the last 90 days"]
    assert form_with(page, "country").inputs["country"].value_options[:4] == ["NL", "BE", "DE", "AT"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"country": "BE"}, "Country: Belgium"),
        ({"channel": "backoffice"}, "Channel: Backoffice"),
        ({"delivery": "pick-up"}, "Delivery method: Pick up"),
        ({"delivery": "none"}, "Delivery method: None of these"),
        ({"payment_method": "invoice"}, "Payment method: Invoice"),
        ({"product": "lin-7"}, "Product: Linen shirt"),
        ({"placed_from": "7d"}, "Placed: in the last 7 days"),
        ({"placed_to": "2026-03-02"}, "Placed: until 2 Mar 2026"),
        ({"overdue": "on"}, "Payment term: Overdue"),
        ({"todo": "send"}, "To ship"),
    ],
)
def test_what_is_chosen_is_a_chip_that_leads_to_the_view_without_it(as_mara, orders, pickup, query, words):
    query = query | ({"delivery": pickup.pk} if query.get("delivery") == "pick-up" else {})
    assert chips(page_of(as_mara, q="w", sort="total", **query)) == {words: f"{URL}?q=w&sort=total"}


def test_a_delivery_method_is_called_as_the_language_calls_it(as_mara, orders, pickup):
    as_mara.cookies["language"] = "nl"
    assert list(chips(page_of(as_mara, delivery=pickup.pk))) == ["Verzendmethode: Afhalen"]


def test_the_filters_are_a_page_of_their_own_without_scripts(as_mara, orders):
    page = as_mara.get(f"{URL}filters/", {"country": "BE", "sort": "total"})
    assert text_of(html_of(page).find(".//h1")) == "Filter orders"
    assert sent_by(form_with(page, "product")) == {"country": "BE", "sort": "total", "product": ""}
    part = as_mara.get(f"{URL}filters/", headers={"HX-Request": "true"}).content.decode()
    assert ("Delivery method" in part, "<h1" in part) == (True, False)


def test_otto_sees_neither_the_list_nor_its_filters(client, otto, orders):
    client.force_login(otto)
    assert [client.get(f"{URL}{page}").status_code for page in ("", "filters/", "total/")] == [404, 404, 404]


def test_the_order_of_an_erased_person_is_found_by_its_country_without_the_person(client, sam, orders):
    Order.objects.filter(number="W1").update(customer=None, erased_at=timezone.now(), state="completed")
    client.force_login(sam)
    page = page_of(client, country="BE")
    assert row_names(page) == ["W1"]
    assert Order.objects.get(number="W1").last_name not in page.content.decode()


def test_a_saved_view_of_days_ago_moves_on_with_the_days(as_mara, store):
    OrderFactory(number="W1", placed_at=timezone.now() - timedelta(days=8))
    OrderFactory(number="W2", placed_at=timezone.now() - timedelta(days=6))
    form = sent_by(
        form_with(as_mara.get("/backoffice/customers/segments/?placed_from=7d&list=backoffice_orders"), "list")
    )
    saved = as_mara.post("/backoffice/customers/segments/", form | {"name": "Last week"})
    assert row_names(as_mara.get(saved.url)) == ["W2"]
    Order.objects.update(placed_at=timezone.now() - timedelta(days=8))
    assert row_names(as_mara.get(saved.url)) == []


def queries_of(client, address: str) -> int:
    """How many it takes to show the page; the beginning and the end of a transaction are none."""
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return sum(query["sql"] not in ("BEGIN", "COMMIT") for query in captured)


# Outside a transaction, as requests are: in one, a time limit would add a savepoint to the queries that are counted.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "query", ["", "country=NL&channel=guest&delivery={}&payment_method=bank_transfer&product=LIN-7"]
)
def test_three_rows_cost_what_one_costs_and_at_most_8_queries(as_mara, pickup, shirt, query):
    address = f"{URL}?{query.format(pickup.pk)}"
    OrderFactory(delivery_method=pickup).lines.update(product=shirt)
    one = queries_of(as_mara, address)
    for _time in range(2):
        OrderFactory(delivery_method=pickup).lines.update(product=shirt)
    assert (queries_of(as_mara, address), len(row_names(as_mara.get(address)))) == (one, 3)
    assert one == (8 if query else 6)
