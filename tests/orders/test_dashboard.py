"""The start of the backoffice."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from customers import history
from customers.models import Customer, PrivacyRequest
from shopadmin.models import Mail
from tests.factories import CustomerFactory, MailFactory, OrderFactory

URL = "/backoffice/"


def lines(client) -> dict[str, str]:
    return {line.what: line.count for line in client.get(URL).context["waiting"]}


def test_a_calm_day_says_so(as_mara):
    assert "Nothing waits for you" in as_mara.get(URL).content.decode()


def test_everything_that_waits_is_counted(as_mara, ines):
    CustomerFactory(access=Customer.Access.AWAITING, registered=True)
    OrderFactory(payment_state="paid")
    OrderFactory()
    MailFactory(state=Mail.State.FAILED)
    PrivacyRequest.objects.create(customer=ines)
    with history.shopper(ines):
        ines.phone = "+31 20 555 0100"
        ines.save()
    assert lines(as_mara) == {
        "Customers wait for approval": "1",
        "Orders paid, not sent": "1",
        "Orders not paid": "1",
        "Mails that could not be delivered": "1",
        "Shoppers’ changes not seen": "1",
        "Privacy requests to answer": "1",
    }


def test_what_is_done_waits_no_more(as_mara):
    OrderFactory(payment_state="paid", shipping_state="shipped", state="completed")
    OrderFactory(state="cancelled")
    assert lines(as_mara) == {}


def test_a_hundred_are_ninety_nine_and_more(as_mara, monkeypatch):
    monkeypatch.setattr("orders.attention.CAP", 2)
    for _number in range(4):
        OrderFactory()
    assert lines(as_mara)["Orders not paid"] == "2+"


def test_the_oldest_says_since_when(as_mara):
    OrderFactory()
    OrderFactory(placed_at=timezone.now() - timedelta(days=3))
    [line] = as_mara.get(URL).context["waiting"]
    assert line.since == "oldest: 3 days ago"


def test_each_line_leads_to_a_list_that_holds_it(as_mara):
    OrderFactory(number="W1")
    OrderFactory(number="W2", payment_state="paid")
    for line, number in zip(as_mara.get(URL).context["waiting"], ["W2", "W1"], strict=True):
        assert [order.number for order in as_mara.get(line.url).context["listing"].page.rows] == [number]


def test_this_week_is_added_up_without_what_was_cancelled(as_mara):
    OrderFactory(total=Decimal("10.00"))
    OrderFactory(total=Decimal("5.01"), customer=CustomerFactory(registered=True))
    OrderFactory(total=Decimal("99.00"), state="cancelled", customer=CustomerFactory())
    week = as_mara.get(URL).context["figures"].this_week
    assert (week.revenue, week.orders, week.average) == (Decimal("15.01"), 2, Decimal("7.51"))
    assert (week.registered, week.guests) == (1, 2)


def test_earlier_weeks_have_bars_and_rows_of_their_own(as_mara):
    OrderFactory(total=Decimal("40.00"), placed_at=timezone.now() - timedelta(weeks=2))
    OrderFactory(total=Decimal("77.00"), placed_at=timezone.now() - timedelta(weeks=30))
    response = as_mara.get(URL)
    assert [int(week.revenue) for week in response.context["figures"].weeks] == [0] * 9 + [40, 0, 0]
    assert '<td class="is-number">€40.00</td>' in response.content.decode()
    assert [len(week.bars) for week in response.context["figures"].sales.weeks] == [0] * 9 + [2, 0, 0]


def test_drawings_have_points_in_every_language(as_mara):
    OrderFactory(total=Decimal("33.33"))
    as_mara.cookies["language"] = "de"
    page = as_mara.get(URL).content.decode()
    assert not [part for part in page.split("<rect ")[1:] if "," in part.partition("/>")[0]]


def test_the_menu_counts_for_staff_on_their_pages(as_mara):
    OrderFactory(payment_state="paid")
    assert as_mara.get("/backoffice/orders/").context["menu"].counts == {"orders": "1"}
    assert "menu" not in as_mara.get("/").context


def test_what_happened_last_stands_there(as_mara, mara):
    order = OrderFactory(number="W10479")
    order.log("placed")
    order.enter_payment(Decimal("37.95"), by=mara)
    texts = [str(entry.text) for entry in as_mara.get(URL).context["lately"]]
    assert "entered a payment of €37.95" in texts[0]
    assert "of €37.95 was placed" in texts[1]


def test_a_full_day_costs_few_queries(as_mara, mara, django_assert_max_num_queries):
    for _number in range(3):
        OrderFactory().enter_payment(Decimal("37.95"), by=mara)
    with django_assert_max_num_queries(10):
        as_mara.get(URL)
