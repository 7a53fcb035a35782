"""An order is found by whatever a caller can name of it, folded as customers are; and by number once erased."""

from contextlib import nullcontext

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from orders.models import Order, OrderLine, Shipment
from shopadmin.lists.planner import read_rows
from tests.factories import CustomerFactory, OrderFactory
from tests.shown_page import page_link, row_names

pytestmark = pytest.mark.django_db
URL = "/backoffice/orders/"


def found(client, words, **others):
    return row_names(client.get(URL, {"q": words, **others}))


@pytest.fixture
def order(store):
    """All that an order is searched by, and another one that has nothing of it."""
    OrderFactory(number="W2", email="else@where.example", first_name="Piet", last_name="Post")
    OrderLine.objects.filter(order__number="W2").update(name="Else", sku="E-1")
    Order.objects.get(number="W2").addresses.get().delete()
    order = OrderFactory(
        number="W10479", email="jurgen@müller-bücher.example", first_name="Jürgen", last_name="O'Müllerhaus",
        company_name="Vogel & Söhne GmbH", phone="06 20 123 4567", vat_number="DE136695976", coc_number="30 12 34 56",
    )  # fmt: skip
    line, address = order.lines.get(), order.addresses.get()
    line.name, line.sku = "Große Tasse", "VV-118-BL"
    line.save()
    address.country, address.postcode, address.city = "HU", "3511 AW", "Köln"
    address.save()
    Shipment.objects.create(order=order, tracking_number="3S ABCD 1234567")
    return order


@pytest.mark.parametrize(
    "words",
    ["w10479", "10479", "0479", "jurgen", "juergen", "Jürgen", "mullerhaus", "muellerhaus", "omuellerhaus", "söhne",
     "soehne", "06 20 123 4567", "+36 20 123 4567", "(06) 20\u00a0123 45 67", "0036201234567", "de 136 695 976",
     "DE136695976", "30123456", "3511aw", "3511 AW", "koeln", "köln", "VV-118-BL", "vv118bl", "118-bl", "tasse",
     "grosse tasse", "3SABCD1234567", "3s abcd 1234567", "1234567", "jurgen@müller-bücher.example", "jü müll",
     "mueller-buecher.example", "vo", "W1"],
)  # fmt: skip
def test_it_is_found_by(as_mara, order, words):
    assert found(as_mara, words) == ["W10479"]


@pytest.mark.parametrize("words", ["%", "_", "---", "3511 ax", "jurgen piet", "ss", "xq"])
def test_it_is_not_found_by(as_mara, order, words):
    assert found(as_mara, words) == []


def test_what_changes_is_found_as_it_is_now(as_mara, order):
    line, shipment = order.lines.get(), order.shipments.get()
    line.sku, shipment.tracking_number, order.last_name = "NEW-77", "JJD000390007", "Neumann"
    line.save(update_fields=["sku"])
    shipment.save(update_fields=["tracking_number"])
    order.save(update_fields=["last_name"])
    order.addresses.get().delete()
    assert [found(as_mara, words) for words in ("new77", "JJD000390007", "neumann")] == [["W10479"]] * 3
    assert [found(as_mara, words) for words in ("VV-118-BL", "3SABCD1234567", "muellerhaus", "koeln")] == [[]] * 4


def test_an_erased_order_is_found_by_its_number_alone(as_mara, order):
    Order.objects.filter(pk=order.pk).update(customer=None, erased_at=timezone.now())
    assert found(as_mara, "w10479") == ["W10479"]
    assert [found(as_mara, words) for words in ("juergen", "koeln", "vv118bl", "3SABCD1234567")] == [[]] * 4
    order.refresh_from_db()
    order.lines.get().save()
    order.refresh_derived_fields()
    assert Order.objects.get(pk=order.pk).search_text == " w10479 "


def test_the_database_refuses_an_erasure_that_forgets_what_is_searched(order):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE orders_order SET customer_id = NULL, erased_at = placed_at WHERE id = %s", [order.pk])


@pytest.mark.parametrize("sort", ["newest", "total"])
@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("jan@post.example", "W1"), ("JAN@post.example", "W1"), ("w1", "W1"), ("W1", "W1"), ("0612345678", "W1"),
        ("+31 6 1234 5678", "W1"), ("3SABCD1234567", "W1"), ("DE 136695976", "W1"),
    ],
)  # fmt: skip
def test_an_exact_email_phone_or_number_comes_first(as_mara, words, first, sort):
    jan = CustomerFactory(email="jan@post.example")
    jans = {"phone": "+31612345678", "vat_number": "DE136695976", "total": 1}
    order = OrderFactory(number="W1", customer=jan, placed_at="2020-01-01T10:00Z", **jans)
    Shipment.objects.create(order=order, tracking_number="3SABCD1234567")
    names = "de136695976x 3sabcd12345678 0612345678x 31612345678x"
    for number in ("W12", "W13"):
        OrderFactory(number=number, email=f"{number}.marjan@post.example.com", company_name=names, total=99)
    rows = found(as_mara, words, sort=sort)
    assert (rows[0], sorted(rows[1:])) == (first, ["W12", "W13"])


def test_pages_of_a_search_hold_the_exact_one_once(as_mara):
    for number in range(120):
        OrderFactory(number=f"W1{number:03}", placed_at=f"2026-01-01T10:{number % 60:02}Z")
    OrderFactory(number="W1", placed_at="2020-01-01T10:00Z")
    pages, url = [], "?q=w1"
    while url:
        page = as_mara.get(URL + url)
        pages.append(row_names(page))
        url = page_link(page, "next")
    assert (pages[0][0], [len(numbers) for numbers in pages]) == ("W1", [50, 50, 21])
    assert len({number for numbers in pages for number in numbers}) == 121
    middle = as_mara.get(URL + page_link(page, "prev"))
    assert row_names(as_mara.get(URL + page_link(middle, "prev")))[0] == "W1"


@pytest.mark.parametrize("page", ["orders/", "customers/", "mails/"])
@pytest.mark.parametrize("words", ["w1", "10077", "jan@post.example", "jansen", "0612345678"])
def test_a_list_that_is_filtered_searched_and_sorted_takes_8_queries(as_mara, words, page, monkeypatch):
    monkeypatch.setattr(read_rows, "time_limit", nullcontext)  # a busy machine gives up and asks again
    filters = {"orders/": "state=open&placed_from=2026-01-01&sort=total", "mails/": "state=queued"}
    others = filters.get(page, "status=guest&country=NL&type=private&sort=spent")
    as_mara.get(f"/backoffice/{page}?q={words}&{others}")
    with CaptureQueriesContext(connection) as captured:
        as_mara.get(f"/backoffice/{page}?q={words}&{others}")
    assert len([query for query in captured if query["sql"].startswith("SELECT")]) <= 8
