"""The start of the backoffice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from customers.history import acting
from customers.models import Customer, PrivacyRequest
from orders.handling.payments import enter_payment
from orders.models import Order, WithdrawalNotice
from shopadmin.models import Mail
from tests.customers.privacy.requests.requests_lists import open_requests
from tests.factories import CustomerFactory, MailFactory, OrderFactory
from tests.orders.dashboard.attention_lines import attention_lines
from tests.orders.retention.old_orders import finished, issue, noon
from tests.shown_page import html_of, menu_counts, row_names, text_of

URL = "/backoffice/"


def lines(client) -> dict[str, str]:
    return {line.what: line.count for line in attention_lines(client)}


def recent_activity(client) -> list[str]:
    return [text_of(line) for line in html_of(client.get(URL)).xpath("//section[header/h2='Recent activity']//li/span")]


def test_a_calm_day_says_so(client, store, sam):
    client.force_login(sam)
    assert "You're all caught up" in client.get(URL).content.decode()


def test_everything_that_waits_is_counted(as_mara, ines):
    CustomerFactory(access=Customer.Access.AWAITING, registered=True)
    OrderFactory(payment_state="paid")
    OrderFactory()
    MailFactory(state=Mail.State.FAILED)
    PrivacyRequest.objects.create(customer=ines)
    with acting.shopper(ines):
        ines.phone = "+31 20 555 0100"
        ines.save()
    assert lines(as_mara) == {
        "Customers awaiting approval": "1",
        "Orders to ship": "1",
        "Orders with payment due": "1",
        "Emails with delivery problems": "1",
        "Customers with new changes": "1",
        "Privacy requests to answer": "1",
    }


def test_what_is_done_waits_no_more(as_mara):
    OrderFactory(payment_state="paid", shipping_state="shipped", state="completed")
    OrderFactory(state="cancelled")
    assert lines(as_mara) == {}


def length_of_the_list(client, url):
    """How many the list says it holds, or shows where it says nothing."""
    page = client.get(url)
    if asked_for_later := html_of(page).xpath("//*[@id='total']/@data-hx-get"):
        return client.get(asked_for_later[0]).content.decode()
    said = html_of(page).xpath("//h1/following-sibling::*[contains(@class, 'number')]")
    return text_of(said[0]) if said else str(len(open_requests(page)))


def all_that_waits(ines, gus, mara):
    """Two and more of each kind, and beside each what its list must leave out."""
    for number in range(3):
        CustomerFactory(access=Customer.Access.AWAITING, merged_into=None if number else ines)
        for states in ({}, {"payment_state": "paid"}, {"state": "cancelled"}):
            OrderFactory(**states)
        WithdrawalNotice.objects.create(email="w@post.example", language="nl")
        MailFactory(state=Mail.State.FAILED if number else Mail.State.QUEUED, tries=4)
        PrivacyRequest.objects.create(customer=ines)
    WithdrawalNotice.objects.create(email="w@post.example", language="nl", answered_at=timezone.now())
    PrivacyRequest.objects.create(customer=ines, state="declined")
    MailFactory(state=Mail.State.QUEUED, tries=1)
    for customer in (ines, gus, mara):
        with acting.shopper(customer):
            Customer.objects.filter(pk=customer.pk).update(phone="+31205550100", initials="X.")


def test_each_figure_is_the_length_of_the_list_it_opens(as_mara, ines, gus, mara):
    all_that_waits(ines, gus, mara)
    found = [(line.what, line.count, length_of_the_list(as_mara, line.url)) for line in attention_lines(as_mara)]
    assert len(found) == 7
    assert [line for line in found if line[1] != line[2]] == []


def test_beyond_what_a_figure_counts_to_it_says_so(as_mara):
    OrderFactory()
    orders = [Order(number=f"W{n}", language="nl", erased_at=timezone.now()) for n in range(1_000)]
    Order.objects.bulk_create(orders)
    [line] = attention_lines(as_mara)
    assert line.count == "999+"


@pytest.mark.parametrize(("who", "told"), [("mara", ["1"]), ("sam", [])])
def test_the_owner_is_told_of_documents_past_their_retention(client, request, store, ines, who, told):
    issue(finished(ines, noon(2010)), "2010-00001", noon(2010))
    issue(finished(ines, timezone.now()), "2026-00001", timezone.now())
    client.force_login(request.getfixturevalue(who))
    past = [line for line in attention_lines(client) if line.what == "Documents past their retention period"]
    assert [line.count for line in past] == told
    assert {line.url for line in past} <= {"/backoffice/settings/privacy/"}


def test_the_menu_counts_to_ninety_nine(as_mara, monkeypatch):
    monkeypatch.setattr("orders.dashboard.needs_attention.CAP", 2)
    for _number in range(4):
        OrderFactory(payment_state="paid")
    assert menu_counts(as_mara.get(URL)) == {"Orders": "2+"}
    assert lines(as_mara)["Orders to ship"] == "4"


def test_the_oldest_says_since_when(as_mara):
    OrderFactory()
    OrderFactory(placed_at=timezone.now() - timedelta(days=3))
    [line] = attention_lines(as_mara)
    assert line.since == "oldest: 3 days ago"


def test_each_line_leads_to_a_list_that_holds_it(as_mara):
    OrderFactory(number="W1")
    OrderFactory(number="W2", payment_state="paid")
    for line, number in zip(attention_lines(as_mara), ["W2", "W1"], strict=True):
        assert row_names(as_mara.get(line.url)) == [number]


def test_the_menu_counts_for_staff_on_their_pages(as_mara):
    OrderFactory(payment_state="paid")
    assert menu_counts(as_mara.get("/backoffice/orders/")) == {"Orders": "1"}
    assert menu_counts(as_mara.get("/")) == {}


def test_what_happened_last_stands_there(as_mara, mara):
    order = OrderFactory(number="W10479")
    order.log("placed")
    enter_payment(order, amount=Decimal("37.95"), by=mara)
    texts = recent_activity(as_mara)
    assert "recorded a payment of €37.95" in texts[0]
    assert "for €37.95 was placed" in texts[1]


def test_what_happened_last_is_by_time_whatever_was_written_last(as_mara, mara):
    """Orders that were brought in later happened when they were placed."""
    order, past = OrderFactory(number="W2"), OrderFactory(number="W1")
    order.log("placed")
    enter_payment(order, amount=Decimal("37.95"), by=mara)
    past.events.create(kind="placed", at=timezone.now() - timedelta(days=400))
    assert ["W1" in text for text in recent_activity(as_mara)] == [False, False, True]


def test_dates_are_written_in_one_way(as_mara, ines):
    PrivacyRequest.objects.create(customer=ines, due_on=date(2026, 12, 9))
    OrderFactory(placed_at="2026-03-01T12:00Z")
    as_mara.cookies["language"] = "de"
    page = as_mara.get(URL).content.decode()
    assert ("nächste Frist: 09.12.2026" in page, "ältester Eintrag: 01.03.2026" in page, "Dezember" in page) == (
        True,
        True,
        False,
    )


def test_a_full_day_costs_few_queries(as_mara, mara, django_assert_max_num_queries):
    for _number in range(3):
        enter_payment(OrderFactory(), amount=Decimal("37.95"), by=mara)
    with django_assert_max_num_queries(8):
        as_mara.get(URL)


def test_orders_to_ship_are_paid_or_to_be_paid_once_they_are_there(as_mara):
    OrderFactory(payment_state="paid", placed_at=timezone.now() - timedelta(days=2))
    OrderFactory(payment_method="invoice", placed_at=timezone.now() - timedelta(days=5))
    OrderFactory(placed_at=timezone.now() - timedelta(days=9))
    line = next(line for line in attention_lines(as_mara) if line.what == "Orders to ship")
    assert (line.count, line.since, length_of_the_list(as_mara, line.url)) == ("2", "oldest: 5 days ago", "2")
