"""Going on from an order to the next and the previous one of the list that it was opened from."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from orders.handling.payments import enter_payment
from orders.models import Order
from tests.factories import OrderFactory
from tests.shown_page import filled, html_of, link_called

LIST = "/backoffice/orders/"
MENU = [LIST]  # which leads to the whole list


@pytest.fixture
def orders(ines, store) -> list[Order]:
    """From the newest to the oldest."""
    now = timezone.now()
    totals = ("20", "40", "10", "30")
    return [
        OrderFactory(customer=ines, number=f"W{n}", placed_at=now - timedelta(hours=n), total=Decimal(total))
        for n, total in enumerate(totals, 1)
    ]


def beside(client, number: str, state: str) -> tuple[str, str]:
    """Where previous and next of an order's page lead, by number; empty where they lead nowhere."""
    page = client.get(f"{LIST}{number}/{state}")
    return tuple(_number(page, state, word) for word in ("Previous order, ", "Next order, "))


def _number(page, state: str, word: str) -> str:
    number = page.content.decode().partition(word)[2].partition("<")[0]
    assert not number or link_called(page, f"{word}{number}") == f"{LIST}{number}/{state}"
    return number


def hrefs(page) -> list[str]:
    return html_of(page).xpath("//a/@href")


def form_actions(page) -> list[str]:
    """Where the forms of the page itself, and the buttons in them, send what was typed."""
    return html_of(page).xpath("//main//form/@action | //button/@formaction")


def chain(client, start: str, state: str) -> list[str]:
    """All that one comes past by pressing next."""
    numbers = [start]
    while following := beside(client, numbers[-1], state)[1]:
        assert beside(client, following, state)[0] == numbers[-1]
        numbers.append(following)
    return numbers


def test_an_order_opened_from_elsewhere_leads_nowhere(as_mara, orders):
    assert beside(as_mara, "W2", "") == ("", "")


@pytest.mark.parametrize(
    ("state", "numbers"),
    [
        ("?sort=newest", ["W1", "W2", "W3", "W4"]),
        ("?sort=total", ["W2", "W4", "W1", "W3"]),
        ("?q=mug&state=open&sort=newest", ["W1", "W2", "W4"]),
        ("?payment=paid&sort=newest", ["W3"]),
    ],
)
def test_it_goes_along_the_list_that_one_came_from(as_mara, orders, state, numbers):
    Order.objects.filter(number="W3").update(state="completed", payment_state="paid")
    assert chain(as_mara, numbers[0], state) == numbers
    assert beside(as_mara, numbers[0], state)[0] == ""


def test_orders_of_one_moment_come_past_once_each(as_mara, orders):
    Order.objects.update(placed_at=orders[0].placed_at, total=1)
    assert chain(as_mara, "W4", "?sort=newest") == ["W4", "W3", "W2", "W1"]
    assert chain(as_mara, "W4", "?sort=total") == ["W4", "W3", "W2", "W1"]


def test_the_list_leads_to_its_orders_with_its_state(as_mara, orders):
    assert link_called(as_mara.get(LIST), "W1") == f"{LIST}W1/?sort=newest"
    page = as_mara.get(f"{LIST}?state=open&sort=total&q=mug")
    assert link_called(page, "W2") == f"{LIST}W2/?state=open&sort=total&q=mug"


def test_what_is_done_to_an_order_leads_back_to_the_same_list(as_mara, orders):
    state = "?overdue=&payment=unpaid&sort=newest"
    url, kept = f"{LIST}W2/payments/?payment=unpaid&sort=newest", "?payment=unpaid&sort=newest"
    assert url in hrefs(as_mara.get(f"{LIST}W2/{state}"))
    response = as_mara.post(url, filled(as_mara.get(url), "order-form"))
    assert response["Location"] == f"{LIST}W2/{kept}"
    assert beside(as_mara, "W2", kept) == ("W1", "W3")
    assert link_called(as_mara.get(f"{LIST}W2/{kept}"), "Orders") == f"{LIST}{kept}"


DEEDS = (
    "payments", "shipments", "refunds", "cancellation", "invoices", "credit-notes", "withdrawal", "messages",
    "reminder", "edit", "tags", "notes",
)  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_what_is_not_done_after_all_leads_back_to_the_same_list(as_mara, orders, deed):
    state = "?payment=unpaid&sort=newest"
    links = hrefs(as_mara.get(f"{LIST}W2/{deed}/{state}"))
    assert [link for link in links if link.partition("?")[0] in {LIST, f"{LIST}W2/"} and state not in link] == MENU
    assert f"{LIST}W2/{state}" in links


def test_an_edit_leads_back_to_the_same_list(as_mara, orders):
    state = "?payment=unpaid&sort=newest"
    form = as_mara.get(link_called(as_mara.get(f"{LIST}W2/{state}"), "Edit order"))
    assert set(form_actions(form)) == {f"{LIST}W2/edit/{state}", f"{LIST}W2/edit/review/{state}"}
    review = as_mara.post(f"{LIST}W2/edit/review/{state}", filled(form, "order-form", phone="+31 30 123 4567"))
    assert set(form_actions(review)) == {f"{LIST}W2/edit/{state}", f"{LIST}W2/edit/save/{state}"}
    saved = as_mara.post(f"{LIST}W2/edit/save/{state}", filled(review, "order-form"))
    assert saved["Location"] == f"{LIST}W2/{state}"


def test_tags_and_notes_lead_back_to_the_same_list(as_mara, mara, orders):
    state = "?payment=unpaid&sort=newest"
    note = orders[1].notes.create(author=mara, text="Ines rang.")
    deletion, tags = f"{LIST}notes/{note.pk}/delete/{state}", f"{LIST}W2/tags/{state}"
    page = as_mara.get(f"{LIST}W2/{state}")
    assert {deletion, tags} <= set(hrefs(page))
    assert f"{LIST}W2/notes/{state}" in form_actions(page)
    assert as_mara.post(tags, {"name": "urgent"})["Location"] == tags
    assert set(form_actions(as_mara.get(tags))) == {tags}
    assert f"{LIST}W2/{state}" in hrefs(as_mara.get(deletion))
    assert as_mara.post(deletion)["Location"] == f"{LIST}W2/{state}#notes"


@pytest.mark.parametrize("state", ["?sort=pigeon&state=lost", "?sort=newest&placed_from=yesterdayish", "?sort=%00"])
def test_a_list_that_makes_no_sense_leads_nowhere_wrong(as_mara, orders, state):
    response = as_mara.get(f"{LIST}W2/{state}")
    assert response.status_code == (400 if "%00" in state else 200)


@pytest.mark.parametrize("state", ["?sort=newest", "?q=mug&state=open&sort=total"])
def test_the_page_costs_eight_queries_at_most(as_mara, mara, orders, state, settings, django_assert_max_num_queries):
    settings.LIST_PLANNER = False  # in a test's transaction, a time limit adds a savepoint to what is counted
    enter_payment(orders[1], amount=Decimal("1"), by=mara)
    as_mara.post(f"{LIST}W2/shipments/", {"carrier": "gls"})
    as_mara.get(f"{LIST}W2/{state}")
    with django_assert_max_num_queries(8):
        assert beside(as_mara, "W2", state) != ("", "")
