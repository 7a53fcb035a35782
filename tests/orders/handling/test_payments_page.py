"""Entering payments and refunds."""

from decimal import Decimal

import pytest

from orders.handling.payments import enter_payment
from orders.models import Order, Payment
from shopadmin.models import Mail
from tests.factories import OrderFactory
from tests.shown_page import error_summary, errors, filled, value_of

pytestmark = pytest.mark.any_database
URL = "/backoffice/orders/W10479/payments/"
REFUNDS = "/backoffice/orders/W10479/refunds/"


@pytest.fixture
def order(ines) -> Order:
    return OrderFactory(customer=ines, number="W10479")


@pytest.mark.parametrize("url", [URL, REFUNDS])
def test_who_only_looks_enters_nothing(client, rosa, order, store, url):
    client.force_login(rosa)
    assert client.post(url, {"amount": "10", "method": "invoice"}).status_code == 403
    assert not Payment.objects.exists()


@pytest.mark.parametrize("url", [URL, REFUNDS])
def test_an_order_that_is_not_there_is_not_found(as_mara, url):
    assert as_mara.get(url).status_code == 404


def test_the_form_is_filled_in_with_what_is_open(as_mara, order):
    enter_payment(order, amount=Decimal("10.00"))
    sent = filled(as_mara.get(URL), "order-form")
    assert (sent["amount"], sent["method"]) == ("27.95", "bank_transfer")


def test_what_is_open_is_entered_with_one_press(as_mara, mara, order):
    response = as_mara.post(URL, filled(as_mara.get(URL), "order-form"))
    assert response["Location"] == "/backoffice/orders/W10479/"
    payment = Payment.objects.get()
    assert (payment.amount, payment.method, payment.by) == (Decimal("37.95"), "bank_transfer", mara)


def test_the_same_form_sent_twice_enters_it_once(as_mara, order):
    sent = filled(as_mara.get(URL), "order-form", amount="10.00")
    assert [as_mara.post(URL, sent).status_code for _press in range(2)] == [302, 302]
    assert Payment.objects.get().amount == 10


@pytest.mark.parametrize("typed", ["1.234,50", "1,234.50", "1234.50", "1 234,50"])
def test_every_language_writes_thousands_in_its_own_way(as_mara, order, typed):
    Order.objects.update(total=Decimal("2000.00"))
    as_mara.post(URL, {"amount": typed, "method": "invoice"})
    assert Payment.objects.get().amount == Decimal("1234.50")


def test_what_could_be_a_thousand_times_too_much_is_asked_back(as_mara, order):
    Order.objects.update(total=Decimal("2000.00"))
    response = as_mara.post(URL, {"amount": "1.234", "method": "invoice"})
    hint = "This amount is ambiguous. If you mean 1,234.00, enter it like that."
    assert errors(response) == {"amount": hint}
    assert not Payment.objects.exists()


@pytest.mark.parametrize(("language", "shown"), [("en", "1,037.95"), ("nl", "1.037,95"), ("de", "1.037,95")])
def test_the_amount_is_filled_in_as_the_language_writes_it(as_mara, order, language, shown):
    Order.objects.update(total=Decimal("1037.95"))
    as_mara.cookies["language"] = language
    sent = filled(as_mara.get(URL), "order-form")
    assert sent["amount"] == shown
    as_mara.post(URL, sent)
    assert Payment.objects.get().amount == Decimal("1037.95")


def test_a_decimal_comma_is_understood(as_mara, order):
    as_mara.post(URL, {"amount": "12,50", "method": "on_pickup"})
    assert Payment.objects.get().amount == Decimal("12.50")


@pytest.mark.parametrize(
    "amount", ["", "38", "0", "-1", "1e400", "99999999999999", "NaN", "Infinity", "1.234", "1.234,50", "ten", "٣x"]
)
def test_an_amount_that_makes_no_sense_is_said_so_and_kept(as_mara, order, amount):
    response = as_mara.post(URL, {"amount": amount, "method": "invoice"})
    assert response.status_code == 200
    assert list(errors(response)) == ["amount"]
    assert value_of(response, "amount") == amount
    assert "<title>Error: " in response.content.decode()
    assert not Payment.objects.exists()


def test_a_key_that_is_none_is_refused_and_sending_again_helps(as_mara, order):
    response = as_mara.post(URL, {"amount": "10", "method": "invoice", "key": "nonsense"})
    words = "Nothing was recorded, because the form arrived incomplete. Send it again."
    assert (error_summary(response), Payment.objects.exists()) == ([words], False)
    as_mara.post(URL, {"amount": "10", "method": "invoice", "key": value_of(response, "key")})
    assert Payment.objects.get().amount == 10


def test_a_method_that_is_none_is_refused(as_mara, order):
    response = as_mara.post(URL, {"amount": "10", "method": "barter"})
    assert list(errors(response)) == ["method"]


def test_a_payment_shows_in_the_shoppers_orders_at_once(as_mara, client, order, ines):
    as_mara.post(URL, {"amount": "37.95", "method": "bank_transfer"})
    client.force_login(ines)
    client.cookies["language"] = "en"
    page = client.get("/account/orders/W10479/").content.decode()
    assert "Paid" in page
    assert "Awaiting payment" not in page


def test_a_refund_is_filled_in_with_what_came_in_and_told_to_both_sides(as_mara, order):
    enter_payment(order, amount=Decimal("20.00"))
    as_mara.post(REFUNDS, filled(as_mara.get(REFUNDS), "order-form", by="amount"))
    assert Payment.objects.first().amount == -20
    mails = Mail.objects.order_by("id").values_list("name", "to", "language")
    assert list(mails) == [
        ("order_refunded", "ines@vandermeulen.example", "nl"),
        ("order_refunded_merchant", "merchant@shop.example", "en"),
    ]


def test_no_more_goes_back_than_came_in(as_mara, order):
    enter_payment(order, amount=Decimal("20.00"))
    response = as_mara.post(REFUNDS, {"amount": "20.01", "method": "bank_transfer"})
    assert error_summary(response) == ["You can refund up to €20.00"]
    assert not Mail.objects.exists()
