"""One order in the backoffice."""

from datetime import date
from decimal import Decimal

import pytest

from orders.documents.issue import issue_invoice
from orders.handling.payments import enter_payment
from orders.handling.shipping import ship
from orders.models import Order, OrderAddress
from tests.factories import OrderFactory
from tests.shown_page import html_of, link_called, timeline_texts

pytestmark = pytest.mark.any_database
URL = "/backoffice/orders/W10479/"
PERSONAL = ["vandermeulen", "Utrecht", "neighbour", "/documents/"]


@pytest.fixture
def order(ines) -> Order:
    return OrderFactory(customer=ines, number="W10479", order_note="Not to the <neighbour>")


def page_of(client) -> str:
    return client.get(URL).content.decode()


@pytest.mark.parametrize("number", ["W1", "%20", "x" * 300, "W10479%0a", "../settings"])
def test_a_number_that_is_none_is_not_found(as_mara, order, number):
    assert as_mara.get(f"/backoffice/orders/{number}/").status_code == 404


def test_a_nul_byte_is_a_bad_request(as_mara):
    assert as_mara.get("/backoffice/orders/%00/").status_code == 400


def test_it_shows_who_what_and_how_much(as_mara, order):
    page = page_of(as_mara)
    for words in (
        "Order W10479", "€37.95", "Awaiting payment", "Unpaid", "Not shipped", "Stacking mug", "VV-118", "0 of 2",
        "ines@<wbr>vandermeulen.example", "3511 AW Utrecht", "Not to the &lt;neighbour&gt;", "Shop (guest)",
    ):  # fmt: skip
        assert words in page, words


def glance(client) -> dict[str, str]:
    """What stands above the items."""
    pairs = html_of(client.get(URL)).xpath("//dl[@class='figures']/div")
    return {pair.find("dt").text: " ".join(pair.find("dd").text_content().split()) for pair in pairs}


def test_what_is_asked_on_the_phone_stands_above_the_items(as_mara, order):
    Order.objects.update(pay_by=date(2026, 12, 14))
    enter_payment(order, amount=Decimal("7.95"))
    ship(order, quantities={order.lines.get(): 1}, carrier="dhl", tracking_number="3SABC1")
    found = glance(as_mara)
    assert found["Payment"] == "Partly paid Bank transfer in advance Left to pay: €30.00, by 14 December 2026."
    assert found["Shipping"] == "Partly shipped Parcel 3SABC1"


def test_two_equal_addresses_stand_there_once(as_mara, order):
    assert page_of(as_mara).count("3511 AW Utrecht") == 1
    OrderAddress.objects.create(order=order, kind="shipping", country="NL", street="Dam", postcode="1012 AA", city="A")
    page = page_of(as_mara)
    assert "Shipping address" in page
    assert "Billing address" in page


def test_what_happened_stands_there_newest_first(as_mara, mara, order):
    enter_payment(order, amount=Decimal("37.95"), by=mara)
    invoice = issue_invoice(order, by=mara)
    page = as_mara.get(URL)
    mailed, issued, paid, placed = timeline_texts(page)
    assert [text.removeprefix(f"{mara} ")[:10] for text in (issued, paid)] == ["issued inv", "recorded a"]
    assert link_called(page, invoice.number) == f"{URL}documents/{invoice.number}/"
    assert "ines@vandermeulen.example: Queued" in mailed
    assert placed == "Order placed: Shop (guest)"


def test_a_hostile_name_breaks_nothing(as_mara, mara, order):
    mara.first_name = "<script>alert(1)</script>{who}"
    mara.save()
    order.lines.update(name='"><img src=x>')
    enter_payment(order, amount=Decimal("1"), by=mara)
    page = page_of(as_mara)
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


def test_who_only_looks_sees_it_without_the_deeds(client, rosa, order, store):
    client.force_login(rosa)
    page = page_of(client)
    assert "Stacking mug" in page
    assert "shipments/" not in page
    assert "payments/" not in page


@pytest.mark.parametrize(("who", "sees"), [("mara", True), ("sam", False), ("rosa", False)])
def test_the_person_on_a_kept_order_is_for_the_owner(client, request, order, store, who, sees):
    issue_invoice(order)
    Order.objects.update(customer=None, erased_at=order.placed_at, state="completed")
    client.force_login(request.getfixturevalue(who))
    page = page_of(client)
    assert [words in page for words in PERSONAL] == [sees] * len(PERSONAL)
    assert "€37.95" in page


@pytest.mark.parametrize("who", ["mara", "sam", "rosa"])
def test_an_order_under_way_shows_where_it_goes_until_it_is_done(client, request, order, store, who):
    issue_invoice(order)
    Order.objects.update(customer=None, erased_at=order.placed_at)
    client.force_login(request.getfixturevalue(who))
    page = page_of(client)
    assert [words for words in PERSONAL if words not in page] == []
    assert "Details needed for delivery are kept until the order is finished." in page
