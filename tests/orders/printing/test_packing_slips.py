"""Packing slips and the picking list, for one order and for many."""

import pytest
from django.utils import timezone

from orders.handling.shipping import ship
from orders.models import Order
from orders.printing.packing import picks_of, to_print
from tests.factories import CategoryFactory, OrderFactory, ProductFactory
from tests.shown_page import html_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SLIPS, PICKING = "/backoffice/orders/packing-slips/", "/backoffice/orders/picking-list/"


@pytest.fixture
def orders(store):
    return [OrderFactory(number=f"W{number}") for number in (1, 2, 3)]


def slips(response) -> list:
    return html_of(response).xpath("//article[contains(@class, 'slip')]")


def left_out(response) -> dict[str, str]:
    [why] = html_of(response).xpath("//div[h2='Left out']/dl")
    return dict(zip(why.xpath("dt/text()"), why.xpath("dd/text()"), strict=True))


def picked(*orders: Order) -> dict:
    return {"picked": [order.pk for order in orders]}


def test_a_slip_says_what_goes_where_and_no_price(as_mara, orders):
    Order.objects.filter(number="W1").update(language="de", order_note="Bitte klingeln.", phone="+31 30 555 01 40")
    [slip] = slips(as_mara.get("/backoffice/orders/W1/packing-slip/"))
    words = slip.text_content()
    for part in ("Lieferschein", "W1", "3511 AW", "Stacking mug", "VV-118", "Bitte klingeln.", "+31 30 555 01 40"):
        assert part in words
    assert (slip.get("lang"), "16" in words, "€" in words) == ("de", False, False)


def test_what_was_sent_before_is_not_packed_again(as_mara, orders):
    ship(orders[0], quantities={orders[0].lines.get(): 1}, carrier="dhl")
    [slip] = slips(as_mara.get("/backoffice/orders/W1/packing-slip/"))
    assert [many.text_content() for many in slip.find_class("many")] == ["1"]
    assert "Eerder verzonden: 1 × Stacking mug" in " ".join(slip.text_content().split())
    ship(orders[0], quantities={orders[0].lines.get(): 1}, carrier="dhl")
    [slip] = slips(as_mara.get("/backoffice/orders/W1/packing-slip/"))
    assert [many.text_content() for many in slip.find_class("many")] == ["2"]
    assert "Eerder verzonden" not in slip.text_content()


def test_each_chosen_order_has_a_sheet_of_its_own(as_mara, orders):
    response = as_mara.post(SLIPS, picked(*orders[:2]) | {"query": "?q=gus"}, follow=True)
    assert [slip.find_class("number")[0].text_content() for slip in slips(response)] == ["W1", "W2"]
    assert response.redirect_chain == [(f"{SLIPS}?picked={orders[0].pk}&picked={orders[1].pk}", 302)]


def test_all_of_a_view_may_be_meant(as_mara, orders):
    Order.objects.filter(number="W2").update(payment_state="paid")
    response = as_mara.post(SLIPS, {"all": "1", "query": "?payment=unpaid"}, follow=True)
    assert [slip.find_class("number")[0].text_content() for slip in slips(response)] == ["W1", "W3"]


def test_only_so_many_are_shown_at_once(as_mara, orders, monkeypatch):
    monkeypatch.setattr("orders.printing.views.MOST", 2)
    response = as_mara.get(SLIPS, {"all": "1"})
    assert (len(slips(response)), "Only the first 2 orders are shown." in response.content.decode()) == (2, True)


def test_cancelled_orders_and_services_are_not_packed(as_mara, orders):
    Order.objects.filter(number="W1").update(state="cancelled")
    orders[1].lines.create(
        name="Repair", quantity=1, unit_gross=0, vat_rate=21, net=0, vat=0, gross=0, is_service=True
    )  # fmt: skip
    response = as_mara.get(SLIPS, picked(*orders))
    assert len(slips(response)) == 2
    assert left_out(response) == {"Cancelled or withdrawn": "W1"}
    assert "Repair" not in response.content.decode()
    assert as_mara.get("/backoffice/orders/W1/packing-slip/").status_code == 404


def test_nothing_that_has_left_is_fetched_again(as_mara, orders):
    ship(orders[0], quantities={orders[0].lines.get(): 2}, carrier="dhl")
    ship(orders[1], quantities={orders[1].lines.get(): 1}, carrier="dhl")
    Order.objects.filter(number="W3").update(state="cancelled")
    response = as_mara.get(PICKING, picked(*orders))
    [row] = slips(response)[0].xpath(".//tbody/tr[not(contains(@class, 'is-group'))]")
    assert " ".join(row.text_content().split()) == "1 Stacking mugVV-118 W2"
    assert left_out(response) == {"Already shipped, picked up or provided": "W1", "Cancelled or withdrawn": "W3"}


@pytest.mark.parametrize("url", [SLIPS, PICKING])
def test_an_order_of_services_has_nothing_to_pack(as_mara, orders, url):
    orders[0].lines.update(is_service=True)
    response = as_mara.get(url, picked(*orders[:1]))
    assert (slips(response), left_out(response)) == ([], {"Nothing to pack": "W1"})


def test_a_slip_names_who_ordered_and_their_reference(as_mara, orders):
    orders[0].addresses.update(attention="Receptie")
    Order.objects.filter(number="W1").update(language="en", first_name="Ines", last_name="Maas", reference="PO 17/4")
    words = slips(as_mara.get("/backoffice/orders/W1/packing-slip/"))[0].text_content()
    assert [words.count(part) for part in ("Receptie", "Ines Maas", "Your reference: PO 17/4")] == [1, 1, 1]


def test_every_page_of_a_slip_says_whose_it_is(as_mara, orders):
    [slip] = slips(as_mara.get("/backoffice/orders/W1/packing-slip/"))
    assert [head.text_content() for head in slip.xpath(".//thead//*[contains(@class, 'number')]")][-1:] == ["W1"]


def test_the_picking_list_adds_up_by_product_as_the_shelves_stand(store):
    table = CategoryFactory(position=2)
    lamps = CategoryFactory(slug="lamps", name="Lamps", position=1)
    mug, lamp = ProductFactory(category=table, sku="M"), ProductFactory(category=lamps, sku="Z")
    first, second = OrderFactory(number="W1"), OrderFactory(number="W2")
    for order in (first, second):
        order.lines.update(product=mug)
    second.lines.create(
        product=lamp, name="Lampe", quantity=1, unit_gross=0, vat_rate=21, net=0, vat=0, gross=0
    )  # fmt: skip
    picks = [(pick.sku, pick.quantity, pick.orders) for pick in picks_of(to_print(Order.objects.all()))]
    assert picks == [("Z", 1, [("W2", 1)]), ("M", 4, [("W1", 2), ("W2", 2)])]


def test_the_picking_list_names_the_orders(as_mara, orders):
    words = slips(as_mara.post(PICKING, picked(*orders), follow=True))[0].text_content()
    assert "W1 (×2), W2 (×2), W3 (×2)" in " ".join(words.split())


def test_an_order_with_two_lines_of_a_product_is_named_once(as_mara, orders):
    product = ProductFactory()
    orders[0].lines.create(
        product=product, name="Mug", quantity=1, unit_gross=0, vat_rate=21, net=0, vat=0, gross=0
    )  # fmt: skip
    orders[0].lines.update(product=product)
    words = slips(as_mara.get(PICKING, picked(orders[0])))[0].text_content()
    assert "W1 (×3)" in " ".join(words.split())


def test_all_that_is_left_out_can_be_seen(as_mara, orders, monkeypatch):
    monkeypatch.setattr("orders.printing.packing.MOST_NAMED", 2)
    Order.objects.update(state="cancelled")
    response = as_mara.get(SLIPS, {"all": "1"})
    assert left_out(response) == {"Cancelled or withdrawn": "W1, W2"}
    assert "2 of the 3 orders that cannot be printed are named here." in " ".join(response.content.decode().split())
    [link] = html_of(response).xpath("//a[contains(@href, 'left_out_after')]/@href")
    assert left_out(as_mara.get(link)) == {"Cancelled or withdrawn": "W3"}


@pytest.mark.parametrize("url", [SLIPS, PICKING])
def test_support_prints_one_at_a_time(client, sam, orders, url):
    client.force_login(sam)
    assert client.get(url, picked(*orders)).status_code == 403
    assert client.get("/backoffice/orders/W1/packing-slip/").status_code == 200


def test_whoever_is_erased_is_on_no_slip(client, sam, orders):
    Order.objects.update(customer=None, erased_at=timezone.now(), state="completed")
    client.force_login(sam)
    assert client.get("/backoffice/orders/W1/packing-slip/").status_code == 403


@pytest.mark.parametrize("url", [SLIPS, PICKING])
def test_nothing_chosen_leads_back_to_the_list(as_mara, url):
    assert as_mara.get(url)["Location"] == "/backoffice/orders/"


@pytest.mark.parametrize("url", [SLIPS, PICKING])
def test_three_orders_cost_what_one_costs(as_mara, orders, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(9) as one:
        as_mara.get(url, picked(orders[0]))
    with django_assert_max_num_queries(len(one)):
        as_mara.get(url, picked(*orders))
