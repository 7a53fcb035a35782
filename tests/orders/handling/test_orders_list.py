"""The list of orders."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from orders.models import Order
from tests.factories import OrderFactory
from tests.shown_page import page_link, row_names

URL = "/backoffice/orders/"


def numbers(client, query: str = "") -> list[str]:
    return row_names(client.get(URL + query))


def test_newest_stand_first(as_mara):
    OrderFactory(number="W1", placed_at=timezone.now() - timedelta(days=1))
    OrderFactory(number="W2")
    assert numbers(as_mara) == ["W2", "W1"]


def test_the_highest_total_may_stand_first(as_mara):
    OrderFactory(number="W1", total=Decimal("99.00"))
    OrderFactory(number="W2")
    assert numbers(as_mara, "?sort=total") == ["W1", "W2"]


@pytest.mark.parametrize("words", ["w10479", "0479", "vandermeulen", "van INES", "ines@", "Atelier"])
def test_number_name_company_and_email_are_searched(as_mara, ines, words):
    OrderFactory(customer=ines, number="W10479", company_name="Atelier B.V.")
    OrderFactory(number="W2")
    assert numbers(as_mara, f"?q={words}") == ["W10479"]


@pytest.mark.parametrize("words", ["%", "_", "'", "x" * 101, "ines otto", "\\"])
def test_what_nothing_holds_finds_nothing(as_mara, ines, words):
    OrderFactory(customer=ines, number="W10479")
    assert numbers(as_mara, f"?q={words}".replace("%", "%25")) == []


def test_an_erased_person_is_found_by_number_only(as_mara, ines):
    OrderFactory(customer=ines, number="W10479")
    Order.objects.update(customer=None, erased_at=timezone.now())
    assert numbers(as_mara, "?q=ines") == []
    assert numbers(as_mara, "?q=w10479") == ["W10479"]


def test_an_erased_person_is_masked_but_for_the_owner(client, sam, mara, ines, store):
    OrderFactory(customer=ines, number="W10479")
    Order.objects.update(customer=None, erased_at=timezone.now(), state="completed")
    client.force_login(sam)
    assert "van der Meulen" not in client.get(URL).content.decode()
    client.force_login(mara)
    assert "van der Meulen" in client.get(URL).content.decode()


def test_an_erased_person_is_named_while_the_order_is_under_way(client, sam, ines, store):
    OrderFactory(customer=ines, number="W10479")
    Order.objects.update(customer=None, erased_at=timezone.now())
    client.force_login(sam)
    assert "van der Meulen" in client.get(URL).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=cancelled", ["W1"]),
        ("?payment=paid", ["W2", "W3"]),
        ("?payment=paid&shipping=shipped", ["W3"]),
        ("?todo=send", ["W2"]),
        ("?todo=pay", ["W4"]),
        ("?state=nonsense", []),
    ],
)
def test_states_narrow_the_list(as_mara, query, found):
    OrderFactory(number="W1", state="cancelled")
    OrderFactory(number="W2", payment_state="paid")
    OrderFactory(number="W3", payment_state="paid", shipping_state="shipped", state="completed")
    OrderFactory(number="W4")
    assert sorted(numbers(as_mara, query)) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?placed_from=2026-03-02&placed_to=2026-03-02", ["W2", "W3"]),
        ("?placed_from=2026-03-02", ["W2", "W3", "W4"]),
        ("?placed_to=2026-03-01", ["W1"]),
        ("?placed_from=2026-03-02&placed_to=2026-03-02&q=w2", ["W2"]),
        ("?placed_from=2026-03-03&placed_to=2026-03-02", []),
        ("?placed_from=nonsense", []),
    ],
)
def test_orders_of_a_day_are_whole_days_of_the_shop(as_mara, query, found):
    """In Amsterdam, an hour ahead of UTC."""
    moments = {"W1": "03-01T22:59", "W2": "03-01T23:00", "W3": "03-02T22:59", "W4": "03-02T23:00"}
    for number, moment in moments.items():
        OrderFactory(number=number, placed_at=f"2026-{moment}:00Z")
    assert sorted(numbers(as_mara, query)) == found


def test_the_filter_of_days_says_what_is_on_and_what_is_wrong(as_mara):
    html = as_mara.get(URL + "?placed_from=2026-03-02&placed_to=2026-03-02&q=w&state=open").content.decode()
    assert "Placed: 2 Mar 2026" in html
    assert f'href="{URL}?q=w&amp;state=open"' in html
    html = as_mara.get(URL + "?placed_from=2026-03-03&placed_to=2026-03-02&q=w&state=open").content.decode()
    assert "The end of the range must come after the start." in html
    assert '<input type="hidden" name="state" value="open">' in html


def test_pages_lead_to_each_other(as_mara):
    moment = timezone.now()
    for number in range(53):
        OrderFactory(number=str(number), placed_at=moment)
    first = as_mara.get(URL)
    second = as_mara.get(URL + page_link(first, "next"))
    assert row_names(first) + row_names(second) == [str(number) for number in reversed(range(53))]
    assert numbers(as_mara, page_link(second, "prev")) == row_names(first)


def test_how_many_there_are_is_asked_for_on_its_own(as_mara):
    OrderFactory(number="W1")
    OrderFactory(number="W2")
    assert as_mara.get("/backoffice/orders/total/?q=w1").content == b"1"


def test_htmx_gets_the_rows_alone(as_mara):
    OrderFactory(number="W10479")
    response = as_mara.get(URL, headers={"HX-Request": "true"})
    assert "W10479" in response.content.decode()
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize(("query", "words"), [("", "No orders yet"), ("?q=nothing", "No orders found")])
def test_an_empty_list_says_why(as_mara, query, words):
    assert words in as_mara.get(URL + query).content.decode()


def test_three_rows_cost_what_one_costs(as_mara, django_assert_num_queries):
    OrderFactory()
    with django_assert_num_queries(6) as one:
        as_mara.get(URL)
    OrderFactory()
    OrderFactory()
    with django_assert_num_queries(len(one)):
        as_mara.get(URL)
