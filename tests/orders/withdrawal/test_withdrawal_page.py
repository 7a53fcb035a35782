"""Withdrawing from a contract: stated, confirmed, received, and the same answer whatever there is."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from orders.handling.cancellation import cancel
from orders.handling.shipping import ship
from orders.models import Order, WithdrawalNotice
from shopadmin.models import Mail
from tests.factories import OrderFactory
from tests.shown_page import errors, facts, texts, value_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
URL = "/withdrawal/"
STATED = {
    "name": "Ines van der Meulen",
    "order_number": "W10479",
    "email": "ines@vandermeulen.example",
    "remark": "I keep the <carafe>.",
}


@pytest.fixture
def order(ines) -> Order:
    return OrderFactory(customer=ines, number="W10479", language="en")


def state(client: Client, ip: str = "203.0.113.9", **changed: str) -> str:
    """Fill in the form; returns what its confirmation would send."""
    return value_of(client.post(URL, STATED | changed, REMOTE_ADDR=ip), "statement")


def confirm(client: Client, statement: str, ip: str = "203.0.113.9"):
    return client.post(f"{URL}confirmation/", {"statement": statement}, REMOTE_ADDR=ip)


def withdraw(client: Client, ip: str = "203.0.113.9", **changed: str):
    return confirm(client, state(client, ip, **changed), ip)


def send(order: Order, days_ago: int) -> None:
    ship(order, quantities={order.lines.get(): 2}, carrier="postnl")
    order.shipments.update(at=timezone.now() - timedelta(days=days_ago))


def test_it_stands_in_the_footer_of_every_page(client):
    for path in ("/", "/cart/", "/account/sign-in/"):
        assert f'<a href="{URL}">Withdraw from contract</a>' in client.get(path).content.decode()


def test_the_two_buttons_say_what_the_law_wants(client):
    assert texts(client.get(URL), "is-main") == ["Withdraw from contract"]
    page = client.post(URL, STATED)
    assert texts(page, "is-main") == ["Confirm withdrawal"]
    assert facts(page)["Note"] == "I keep the <carafe>."


def test_nothing_counts_before_it_is_confirmed(client, order):
    state(client)
    for path in (URL, f"{URL}confirmation/", f"{URL}receipt/"):
        client.get(path)
    assert not WithdrawalNotice.objects.exists()
    assert not Mail.objects.exists()


def test_the_receipt_shows_what_was_stated_and_when(client, order):
    page = client.get(withdraw(client).url).content.decode()
    notice = WithdrawalNotice.objects.get()
    at = timezone.localtime(notice.at, timezone.zoneinfo.ZoneInfo("Europe/Amsterdam"))
    for words in ("Ines van der Meulen", "W10479", "I keep the &lt;carafe&gt;.", f"{at:%H:%M}", f"{at:%Y}"):
        assert words in page, words


def test_the_receipt_is_mailed_at_once_with_content_date_and_time(client, order):
    withdraw(client)
    mail = Mail.objects.get(name="withdrawal_received")
    at = timezone.localtime(WithdrawalNotice.objects.get().at, timezone.zoneinfo.ZoneInfo("Europe/Amsterdam"))
    assert (mail.to, mail.language) == ("ines@vandermeulen.example", "en")
    for words in ("Ines van der Meulen", "W10479", f"{at.day} {at:%B %Y}", f"{at:%H:%M}"):
        assert words in mail.text, words


def test_the_merchant_is_mailed_and_the_order_knows(client, order):
    withdraw(client)
    notice = WithdrawalNotice.objects.get()
    assert (notice.order, notice.late, notice.excepted, notice.language) == (order, False, False, "en")
    order.refresh_from_db()
    assert (order.state, order.withdrawal_at) == ("open", notice.at)
    mail = Mail.objects.get(to="merchant@shop.example")
    assert "Ines van der Meulen withdrew from the contract on order W10479" in mail.text
    assert list(order.events.exclude(kind="mail").values_list("kind", flat=True)) == ["withdrawal"]


@pytest.mark.parametrize("wrong", [{"order_number": "W99999"}, {"email": "otto@post.example"}])
def test_the_answer_does_not_tell_whether_there_is_such_an_order(client, order, wrong):
    other = Client()
    answers = [withdraw(client), withdraw(other, **wrong)]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/withdrawal/receipt/")}
    pages = [browser.get(f"{URL}receipt/").content.decode() for browser in (client, other)]
    for right, typed in ((STATED[name], value) for name, value in wrong.items()):
        pages[1] = pages[1].replace(typed.replace("@", "@<wbr>"), right.replace("@", "@<wbr>")).replace(typed, right)
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub("", pages[0]) == token.sub("", pages[1])


def test_what_matches_nothing_gets_its_receipt_and_touches_no_order(client, order):
    withdraw(client, email="otto@post.example")
    assert WithdrawalNotice.objects.get().order is None
    assert order.events.count() == 0
    receipt, news = Mail.objects.order_by("id")
    assert (receipt.to, "W10479" in receipt.text) == ("otto@post.example", True)
    assert "carafe" not in receipt.text
    assert (news.to, "otto" in news.text, "Ines" in news.text) == ("merchant@shop.example", False, False)


@pytest.mark.parametrize("number", ["w10479", " #W10479 ", "W 10479"])
def test_a_number_and_an_address_are_found_in_any_spelling(client, order, number):
    withdraw(client, order_number=number, email=" INES@VanDerMeulen.example ")
    assert WithdrawalNotice.objects.get().order == order


def test_the_address_the_customer_has_by_now_will_do(client, order, ines):
    Order.objects.update(email="before@post.example")
    withdraw(client)
    assert WithdrawalNotice.objects.get().order == order


@pytest.mark.parametrize(
    ("is_pickup", "days_ago", "late"),
    [(False, 0, False), (False, 21, False), (False, 22, True), (True, 14, False), (True, 15, True)],
)
def test_the_term_is_14_days_after_the_last_parcel_has_arrived(client, order, is_pickup, days_ago, late):
    Order.objects.update(is_pickup=is_pickup)
    send(order, days_ago)
    withdraw(client)
    assert WithdrawalNotice.objects.get().late is late


@pytest.mark.parametrize(("days_ago", "late"), [(14, False), (15, True)])
def test_the_term_of_services_alone_begins_with_the_order(client, order, days_ago, late):
    order.lines.update(is_service=True)
    Order.objects.update(placed_at=timezone.now() - timedelta(days=days_ago))
    withdraw(client)
    assert WithdrawalNotice.objects.get().late is late


def test_while_something_is_still_to_be_sent_nothing_is_late(client, order):
    ship(order, quantities={order.lines.get(): 1}, carrier="postnl")
    order.shipments.update(at=timezone.now() - timedelta(days=40))
    withdraw(client)
    assert not WithdrawalNotice.objects.get().late


@pytest.mark.parametrize("why", ["business", "excepted"])
def test_companies_and_excepted_products_are_marked(client, order, why):
    if why == "business":
        Order.objects.update(customer_type="business")
    else:
        order.lines.update(withdrawal_excepted=True)
    withdraw(client)
    assert WithdrawalNotice.objects.get().excepted
    assert "There is no right of withdrawal for this order" in Mail.objects.get(to="merchant@shop.example").text


def test_pressed_twice_it_counts_once(client, order):
    statement = state(client)
    assert {confirm(client, statement).url for _press in range(2)} == {"/withdrawal/receipt/"}
    assert WithdrawalNotice.objects.count() == 1
    assert Mail.objects.filter(name="withdrawal_received").count() == 1


@pytest.mark.parametrize("statement", ["", "x", "x:y:z", "é", "\ud83d", "x" * 9000])
def test_what_was_not_shown_cannot_be_confirmed(client, statement):
    assert confirm(client, statement.encode("utf-8", "replace").decode()).url == URL
    assert not WithdrawalNotice.objects.exists()


def test_errors_stand_at_their_fields_and_keep_what_was_typed(client):
    response = client.post(URL, STATED | {"email": "ines", "order_number": "9" * 41, "name": ""})
    assert sorted(errors(response)) == ["email", "name", "order_number"]
    assert "I keep the &lt;carafe&gt;." in response.content.decode()
    assert "<title>Error: Withdraw from contract" in response.content.decode()


def test_a_network_gets_a_limit_and_hears_so(client, order):
    answers = [withdraw(client, email=f"person{number}@post.example").status_code for number in range(11)]
    assert answers == [302] * 10 + [429]


def test_no_mailbox_is_flooded_and_strangers_keep_nobody_from_the_receipt(client, order):
    for number in range(7):
        withdraw(Client(), f"203.0.113.{number}", order_number="W99999")
    assert Mail.objects.filter(to="ines@vandermeulen.example").count() == 5
    for number in range(3):
        assert withdraw(client, f"198.51.100.{number}").status_code == 302
    assert WithdrawalNotice.objects.count() == 10
    assert Mail.objects.filter(to="ines@vandermeulen.example").count() == 6


def test_the_merchant_hears_of_at_most_twenty_strangers_an_hour(client):
    for number in range(22):
        withdraw(Client(), f"203.0.113.{number}", email=f"person{number}@post.example")
    assert Mail.objects.filter(to="merchant@shop.example").count() == 20


def test_an_order_inside_its_term_leads_here_filled_in(client, order, ines):
    client.force_login(ines)
    client.cookies["language"] = "en"
    assert f'href="{URL}?order=W10479"' in client.get("/account/orders/W10479/").content.decode()
    page = client.get(f"{URL}?order=W10479")
    assert value_of(page, "name") == "Ines van der Meulen"
    assert "Order W10479. We send the confirmation of receipt to ines@<wbr>vandermeulen.example." in (
        page.content.decode()
    )


def test_a_guests_order_leads_here_by_what_nobody_guesses(client, gus):
    order = OrderFactory(customer=gus)
    assert f"{URL}?order={order.token}" in client.get(f"/order/{order.token}/").content.decode()
    assert "to gus@<wbr>post.example." in client.get(f"{URL}?order={order.token}").content.decode()


@pytest.mark.parametrize("wanted", ["W10479", "x", "0" * 5000])
def test_otto_is_told_nothing_of_iness_order(client, order, otto, wanted):
    client.force_login(otto)
    page = client.get(URL, {"order": wanted}).content.decode()
    assert "Ines" not in page
    assert "vandermeulen" not in page


ENDED = {
    "late": lambda order: send(order, 22),
    "business": lambda order: Order.objects.update(customer_type="business"),
    "excepted": lambda order: order.lines.update(withdrawal_excepted=True),
    "cancelled": cancel,
    "stated": lambda order: withdraw(Client()),
}


@pytest.mark.parametrize("why", ENDED)
def test_an_order_that_cannot_be_withdrawn_from_does_not_lead_here(client, order, why):
    ENDED[why](order)
    assert f"{URL}?order=" not in client.get(f"/order/{order.token}/").content.decode()


def test_the_order_says_that_a_withdrawal_came_in(client, order):
    withdraw(client)
    page = client.get(f"/order/{order.token}/").content.decode()
    assert "You withdrew from this contract" in page
    assert "Amount due:" not in page


def test_the_receipt_is_for_the_browser_that_stated_it(client, order):
    withdraw(client)
    assert Client().get(f"{URL}receipt/").url == URL
