"""Paying at a provider, shown by the test provider: there, back, and what its notifications do."""

import json
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from orders.checkout import payment_methods
from orders.checkout.payment_methods import NotFromProvider, ProviderUnavailable, TestProvider
from orders.handling.cancellation import cancel
from orders.models import Order, PaymentAttempt
from shopadmin.models import StoreSettings
from tests.factories import DeliveryMethodFactory, OrderFactory, ProductFactory
from tests.orders.shopping import choose_delivery, give_details, hidden_inputs, put_into_cart
from tests.shown_page import error_summary, link_called, texts, timeline_texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store", "debug"), pytest.mark.any_database]
NOTIFY = "/payments/test_provider/notification/"


@pytest.fixture
def debug(settings) -> None:
    settings.DEBUG = True


@pytest.fixture
def order(ines) -> Order:
    return OrderFactory(customer=ines, number="W10479", language="en", payment_method="test_provider")


@pytest.fixture
def attempt(client, order) -> PaymentAttempt:
    client.post(f"/order/{order.token}/payment/")
    return PaymentAttempt.objects.get()


def told_of(attempt: PaymentAttempt, state: str, /, **changed: str) -> bytes:
    facts = {"key": str(attempt.key), "state": state, "amount": str(attempt.amount), "currency": "EUR"}
    return json.dumps(facts | changed).encode()


def notify(body: bytes, headers: dict[str, str] | None = None) -> int:
    """What the provider's server gets for a notification: it knows no cookie and no token."""
    signed = TestProvider().signed(body) if headers is None else headers
    server = Client(enforce_csrf_checks=True)
    return server.post(NOTIFY, body, content_type="application/json", headers=signed).status_code


def payment_page(client: Client, order: Order, query: str = ""):
    return client.get(f"/order/{order.token}/payment/{query}")


def state_of(order: Order) -> tuple[str, Decimal, int]:
    order.refresh_from_db()
    return order.payment_state, order.paid, order.payments.count()


def test_ordering_leads_on_to_the_provider_by_a_link(client):
    method = DeliveryMethodFactory()
    put_into_cart(client, ProductFactory())
    give_details(client)
    choose_delivery(client, method, "test_provider")
    page = client.post("/checkout/review/", hidden_inputs(client.get("/checkout/review/")), follow=True)
    attempt = PaymentAttempt.objects.get()
    assert page.redirect_chain == [(f"/order/{attempt.order.token}/payment/", 302)]
    assert link_called(page, "Continue to payment").startswith(
        f"http://localhost:8000/payments/test/{attempt.key}/?back="
    )


@pytest.mark.parametrize(
    ("ends", "state", "words"),
    [
        ("paid", ("paid", Decimal("37.95"), 1), None),
        ("pending", ("unpaid", 0, 0), "Payment pending"),
        ("failed", ("unpaid", 0, 0), "The payment did not go through."),
        ("given_up", ("unpaid", 0, 0), "You did not complete the payment."),
    ],
)
def test_there_and_back(client, order, attempt, ends, state, words):
    page = client.post(f"/payments/test/{attempt.key}/", {"state": ends}, follow=True)
    assert state_of(order) == state
    if words:
        assert page.redirect_chain[-1][0] == f"/order/{order.token}/payment/"
        assert words in page.content.decode()
    else:
        assert page.redirect_chain[-1][0] == f"/order/{order.token}/"


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ("failed", "A payment of €37.95 failed: Test payment"),
        ("given_up", "The customer did not complete a payment of €37.95: Test payment"),
    ],
)
def test_a_payment_that_brought_nothing_is_told_to_the_merchant_once(as_mara, ines, order, attempt, ends, words):
    for _time in range(2):
        assert notify(told_of(attempt, ends)) == 200
    page = as_mara.get("/backoffice/orders/W10479/")
    assert timeline_texts(page).count(words) == 1
    [tried] = [row for row in texts(page, "records") if "Test payment" in row]
    assert tried.startswith("€37.95 Test payment")
    customer = as_mara.get(f"/backoffice/customers/{ines.pk}/")
    assert f"Order W10479: {words}" in timeline_texts(customer)


def test_once_it_is_paid_the_timeline_alone_keeps_the_try(as_mara, order, attempt):
    notify(told_of(attempt, "failed"))
    notify(told_of(attempt, "paid"))
    page = as_mara.get("/backoffice/orders/W10479/")
    assert "A payment of €37.95 failed: Test payment" in timeline_texts(page)
    assert [words for words in texts(page, "badge") if words == "Failed"] == []


def test_coming_back_before_the_notification_says_pending(client, order, attempt):
    page = payment_page(client, order, "?back=1").content.decode()
    assert "Payment pending" in page
    assert notify(told_of(attempt, "paid")) == 200
    assert payment_page(client, order, "?back=1").url == f"/order/{order.token}/"
    assert state_of(order) == ("paid", Decimal("37.95"), 1)


def test_both_sides_see_a_pending_payment(client, as_mara, order, attempt):
    notify(told_of(attempt, "pending"))
    guest = Client()
    page = guest.get(f"/order/{order.token}/").content.decode()
    assert "We are waiting for the confirmation of your payment." in page
    assert "Payment pending" in as_mara.get("/backoffice/orders/W10479/").content.decode()
    assert guest.post(f"/order/{order.token}/cancellation/").status_code == 200
    assert Order.objects.get().is_open


def test_told_twice_it_is_entered_once(order, attempt):
    body = told_of(attempt, "paid")
    headers = TestProvider().signed(body)
    assert [notify(body, headers) for _time in range(3)] == [200, 200, 200]
    assert state_of(order) == ("paid", Decimal("37.95"), 1)
    assert order.payments.get().key == attempt.key


def test_what_was_paid_stays_paid(order, attempt):
    notify(told_of(attempt, "paid"))
    assert notify(told_of(attempt, "failed")) == 200
    assert PaymentAttempt.objects.get().state == "paid"


def test_money_that_comes_after_all_counts(order, attempt):
    notify(told_of(attempt, "failed"))
    notify(told_of(attempt, "pending"))
    assert PaymentAttempt.objects.get().state == "failed"
    notify(told_of(attempt, "paid"))
    assert state_of(order)[0] == "paid"


def test_an_order_that_is_paid_twice_counts_for_its_customer_as_it_was_paid(client, ines, order, attempt):
    notify(told_of(attempt, "failed"))
    client.post(f"/order/{order.token}/payment/")
    for paid in PaymentAttempt.objects.all():
        assert notify(told_of(paid, "paid")) == 200
    ines.refresh_from_db()
    assert (state_of(order)[1], ines.spent) == (Decimal("75.90"), Decimal("75.90"))


def test_money_for_an_order_that_was_cancelled_is_entered_to_be_refunded(as_mara, order, attempt):
    StoreSettings.objects.update(invoice_when="paid", vat_number="NL004495445B01")
    cancel(order)
    assert notify(told_of(attempt, "paid")) == 200
    assert (state_of(order)[1:], order.state) == ((Decimal("37.95"), 1), "cancelled")


@pytest.mark.parametrize(
    "changed", [{"amount": "0.01"}, {"currency": "USD"}, {"key": str(uuid4())}, {"key": "x"}, {"state": "x"},
                {"amount": "x"}, {"amount": "NaN"}],
)  # fmt: skip
def test_what_is_not_as_it_was_started_enters_nothing(order, attempt, changed):
    assert notify(told_of(attempt, "paid", **changed)) == 400
    assert state_of(order) == ("unpaid", 0, 0)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", b"null", b'{"key": 1}'])
def test_what_is_signed_but_no_notification_is_refused(order, attempt, body):
    assert notify(body) == 400


@pytest.mark.parametrize("signature", ["", "x", ".", "1.", "é.ü", "1.0123", f"{10**400}.0"])
def test_without_the_providers_signature_nothing_is_taken_in(order, attempt, signature):
    assert notify(told_of(attempt, "paid"), {"X-Signature": signature.encode("latin-1").decode("latin-1")}) == 403
    assert state_of(order) == ("unpaid", 0, 0)


def test_an_old_notification_is_not_taken_in_again(monkeypatch, attempt):
    body = told_of(attempt, "paid")
    headers = TestProvider().signed(body)
    later = payment_methods.time() + 301
    monkeypatch.setattr(payment_methods, "time", lambda: later)
    with pytest.raises(NotFromProvider):
        TestProvider().read(body, headers)


def test_after_a_failure_one_tries_again_or_pays_another_way(client, order, attempt):
    notify(told_of(attempt, "failed"))
    assert texts(payment_page(client, order), "is-main") == ["Try again"]
    client.post(f"/order/{order.token}/payment/")
    assert PaymentAttempt.objects.first() != attempt
    client.post(f"/order/{order.token}/payment/method/", {"payment_method": "bank_transfer"})
    order.refresh_from_db()
    assert (order.payment_method, order.pay_by is not None) == ("bank_transfer", True)


@pytest.mark.parametrize("ends", ["paid", "pending"])
def test_who_has_paid_meanwhile_keeps_the_payment_method(client, order, attempt, ends):
    notify(told_of(attempt, ends))
    client.post(f"/order/{order.token}/payment/method/", {"payment_method": "bank_transfer"})
    assert Order.objects.get().payment_method == "test_provider"


def test_an_order_that_is_not_paid_at_a_provider_keeps_its_payment_method(client, order):
    Order.objects.update(payment_method="bank_transfer")
    client.post(f"/order/{order.token}/payment/method/", {"payment_method": "invoice"})
    assert Order.objects.get().payment_method == "bank_transfer"


@pytest.mark.parametrize("method", ["on_pickup", "test_provider", "x", ""])
def test_only_what_is_on_offer_can_be_chosen_instead(client, order, method):
    page = client.post(f"/order/{order.token}/payment/method/", {"payment_method": method}, follow=True)
    assert "payment method" in page.content.decode()
    assert Order.objects.get().payment_method == "test_provider"


def test_two_presses_start_one_attempt(client, order, attempt):
    client.post(f"/order/{order.token}/payment/")
    assert PaymentAttempt.objects.get() == attempt


def test_a_provider_that_is_away_is_said_and_can_be_tried_again(client, order, monkeypatch):
    def away(self, attempt, *, back):
        raise ProviderUnavailable

    monkeypatch.setattr(TestProvider, "start", away)
    page = client.post(f"/order/{order.token}/payment/", follow=True)
    assert "Online payment is not available at the moment." in page.content.decode()
    assert texts(page, "is-main") == ["Try again"]
    assert PaymentAttempt.objects.get().state == "failed"
    assert order.events.get(kind="not_paid").facts["how"] == "unavailable"


def test_looking_starts_nothing(client, order):
    payment_page(client, order)
    assert not PaymentAttempt.objects.exists()


def test_nobody_is_led_elsewhere_afterwards(client, order, attempt):
    page = client.post(f"/payments/test/{attempt.key}/?back=https://evil.example/", {"state": "pending"})
    assert page.url == f"/order/{order.token}/payment/"


def test_otto_and_strangers_need_the_address(client, otto, attempt):
    client.force_login(otto)
    for path in ("/order/W10479/payment/", "/order/W10479/payment/method/", f"/payments/test/{UUID(int=0)}/"):
        assert client.post(path).status_code == 404


def test_an_order_that_is_closed_and_erased_is_nobodys(client, order):
    Order.objects.update(customer=None, erased_at=timezone.now(), state="completed", search_text="")
    assert payment_page(client, order).status_code == 404


def test_without_debug_there_is_no_test_provider(client, settings, order, attempt):
    settings.DEBUG = False
    assert "test_provider" not in payment_methods.codes_on_offer()
    assert client.get(f"/payments/test/{attempt.key}/").status_code == 404
    assert notify(told_of(attempt, "paid")) == 404
    assert payment_page(client, order).status_code == 302
    assert error_summary(client.get("/")) == []
