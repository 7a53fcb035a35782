"""Withdrawals as the merchant sees them: on the order, in a list, and accepted."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from orders.handling.payments import enter_payment
from orders.handling.refunds import refund
from orders.handling.shipping import ship
from orders.models import Order, WithdrawalNotice
from orders.withdrawal.acceptance import accept_withdrawal
from orders.withdrawal.notices import answer, forget_strangers, receive
from shopadmin.models import Mail
from tests.factories import OrderFactory, ProductFactory
from tests.orders.dashboard.attention_lines import attention_lines
from tests.shown_page import error_summary, table_rows

pytestmark = pytest.mark.any_database

LIST = "/backoffice/orders/withdrawals/"
PAGE = "/backoffice/orders/W10479/"
ACCEPT = f"{PAGE}withdrawal/"


@pytest.fixture
def order(ines, store) -> Order:
    return OrderFactory(customer=ines, number="W10479", language="en")


def stated(number: str = "W10479", email: str = "ines@vandermeulen.example") -> WithdrawalNotice:
    statement = {"key": str(uuid4()), "name": "Ines van der Meulen", "order_number": number, "email": email}
    return receive(statement | {"remark": "Too <blue>"}, language="en")


def late(order: Order) -> None:
    ship(order, quantities={order.lines.get(): 2}, carrier="postnl")
    order.shipments.update(at=timezone.now() - timedelta(days=30))


def rows(client, query: str = "") -> list[str]:
    """The orders that the list names."""
    return [row[1] for row in table_rows(client.get(LIST + query))]


def test_who_only_looks_accepts_and_answers_nothing(client, rosa, order):
    notice = stated()
    client.force_login(rosa)
    assert client.post(ACCEPT).status_code == client.post(f"{LIST}{notice.pk}/answer/").status_code == 403
    assert WithdrawalNotice.objects.unanswered().get() == notice
    for path in (PAGE, LIST):
        page = client.get(path).content.decode()
        assert "Ines van der Meulen" in page
        assert "Mark as answered" not in page


def test_otto_finds_no_such_list(client, otto, order):
    client.force_login(otto)
    assert client.get(LIST).status_code == client.post(ACCEPT).status_code == 404


def test_the_order_shows_it_with_the_way_to_accept_it(as_mara, order):
    stated()
    page = as_mara.get(PAGE).content.decode()
    for words in ("Too &lt;blue&gt;", "In time", f'href="{ACCEPT}">Accept withdrawal', "Mark as answered"):
        assert words in page, words


def test_a_late_one_is_marked_on_order_and_list(as_mara, order):
    late(order)
    stated()
    for path in (PAGE, LIST):
        assert "Too late" in as_mara.get(path).content.decode()
    assert "The 14-day withdrawal period ended on" in as_mara.get(PAGE).content.decode()


def test_looking_at_the_question_changes_nothing(as_mara, order):
    assert as_mara.get(ACCEPT).status_code == 200
    order.refresh_from_db()
    assert order.state == "open"


def test_accepting_ends_the_contract_and_tells_the_shopper(as_mara, mara, order):
    notice = stated()
    assert as_mara.post(ACCEPT)["Location"] == PAGE
    order.refresh_from_db()
    notice.refresh_from_db()
    assert (order.state, notice.answered_by) == ("withdrawn", mara)
    assert order.events.get(kind="withdrawn").by == mara
    assert Mail.objects.get(name="order_withdrawn").to == "ines@vandermeulen.example"


def test_its_customer_is_counted_anew(as_mara, order, ines):
    as_mara.post(ACCEPT)
    ines.refresh_from_db()
    assert (ines.orders_count, ines.spent) == (1, 0)


def test_only_what_was_not_sent_goes_back_on_the_shelf(as_mara, order):
    mug = ProductFactory(stock=5)
    order.lines.update(product=mug)
    ship(order, quantities={order.lines.get(): 1}, carrier="postnl")
    as_mara.post(ACCEPT)
    mug.refresh_from_db()
    assert mug.stock == 6


def test_a_completed_order_can_be_withdrawn_from_and_paid_back(as_mara, order):
    enter_payment(order, amount=order.total)
    ship(order, quantities={order.lines.get(): 2}, carrier="postnl")
    as_mara.post(ACCEPT)
    order.refresh_from_db()
    assert "Return the items you have received" in Mail.objects.get(name="order_withdrawn").text
    refund(order, amount=order.total)
    assert (order.state, order.payment_state) == ("withdrawn", "refunded")


def test_a_second_press_is_told_that_it_is_done(as_mara, order):
    as_mara.post(ACCEPT)
    response = as_mara.post(ACCEPT)
    assert error_summary(response) == ["Withdrawal is no longer possible for this order"]
    assert Mail.objects.filter(name="order_withdrawn").count() == 1


def test_the_list_holds_what_waits_and_all_on_request(as_mara, order):
    stated("W99999", "otto@post.example")
    stated()
    accept_withdrawal(order)
    assert rows(as_mara) == ["W99999"]
    assert rows(as_mara, "?state=all") == ["W10479", "W99999"]
    assert rows(as_mara, "?state=other") == []


def test_the_list_names_orders_that_are_not_there_without_a_link(as_mara, order):
    stated("W99999", "otto@post.example")
    page = as_mara.get(LIST).content.decode()
    assert "Order not found" in page
    assert "/backoffice/orders/W99999/" not in page


def test_what_is_answered_waits_no_more(as_mara, mara):
    notice = stated("W99999")
    assert as_mara.post(f"{LIST}{notice.pk}/answer/")["Location"] == LIST
    notice.refresh_from_db()
    assert notice.answered_by == mara
    answered_at = notice.answered_at
    as_mara.post(f"{LIST}{notice.pk}/answer/")
    notice.refresh_from_db()
    assert notice.answered_at == answered_at


def test_dashboard_and_list_of_orders_lead_here_with_the_count(as_mara, order):
    stated()
    assert [(line.count, line.what) for line in attention_lines(as_mara) if line.url == LIST] == [
        ("1", "Withdrawals to answer")
    ]
    assert "Withdrawals (1)" in as_mara.get("/backoffice/orders/").content.decode()


def test_three_rows_cost_what_one_costs(as_mara, order, django_assert_num_queries):
    stated().lines.create(order_line=order.lines.get(), quantity=1)
    with django_assert_num_queries(8) as one:
        as_mara.get(LIST)
    stated()
    stated("W99999")
    with django_assert_num_queries(len(one)):
        as_mara.get(LIST)


def test_strangers_are_forgotten_a_year_after_they_were_answered(mara, order):
    known, stranger, waiting = stated(), stated("W99999"), stated("W99998")
    answer(known, by=mara)
    answer(stranger, by=mara)
    years_ago = timezone.now() - timedelta(days=400)
    WithdrawalNotice.objects.exclude(answered_at=None).update(answered_at=years_ago)
    Mail.objects.update(created_at=years_ago)
    forget_strangers()
    assert set(WithdrawalNotice.objects.all()) == {known, waiting}
    assert [mail.customer for mail in Mail.objects.filter(name="withdrawal_received")] == [order.customer]
