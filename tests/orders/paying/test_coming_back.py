"""Coming back from a provider to an order that was changed meanwhile: one is told how the payment ended, kindly."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from customers.merging.merge import merge
from customers.privacy.erasure.erasure import erase
from orders.handling.cancellation import cancel
from orders.models import Order, PaymentAttempt
from shopadmin.models import Mail
from tests.factories import OrderFactory
from tests.orders.editing.edits import change, order_of_mugs
from tests.shown_page import html_of, link_called, text_of, texts

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("store", "debug")]
RIGHT = "right@post.example"
ENDS = [
    ("paid", "Payment received", "We have received your payment of €37.95 for order W10479."),
    ("pending", "Payment pending", "We are waiting for the confirmation of your payment of €37.95 for order W10479."),
    ("failed", "Payment not completed", "Your payment of €37.95 for order W10479 did not go through."),
    ("given_up", "Payment not completed", "Nothing was charged."),
]
CORRECTED = "The email address of this order has been corrected, so its link has changed."


@pytest.fixture
def debug(settings) -> None:
    settings.DEBUG = True


@pytest.fixture
def order(gus) -> Order:
    return order_of_mugs(gus, language="en", payment_method="test_provider")


@pytest.fixture
def provider(client, order) -> str:
    """The provider's page, to which the shopper has gone."""
    client.post(f"/order/{order.token}/payment/")
    return PaymentAttempt.objects.get().address


def come_back(client: Client, provider: str, ends: str):
    """Press a button of the provider's, which leads back to the address that it was given."""
    return client.post(provider, {"state": ends}, follow=True, SERVER_NAME="localhost", SERVER_PORT="8000")


def path_of(page) -> str:
    return page.request["PATH_INFO"]


def said(page) -> str:
    return text_of(html_of(page).xpath("//main")[0])


@pytest.mark.parametrize(("ends", "heading", "words"), ENDS)
def test_after_the_address_was_corrected_one_is_told_and_finds_the_link_in_the_email(
    client, as_mara, order, provider, ends, heading, words
):
    as_shopper = Client()
    change(as_mara, email=RIGHT)
    page = come_back(as_shopper, provider, ends)
    new = Order.objects.get()
    assert (page.status_code, texts(page, "shop__title")) == (200, [heading])
    assert [part in said(page) for part in (words, CORRECTED)] == [True, True]
    assert new.token in Mail.objects.get(name="order_placed", to=RIGHT).text
    assert ("You can use it to pay your order." in said(page)) == (ends in ("failed", "given_up"))
    assert (new.payment_state, new.payments.count()) == (("paid", 1) if ends == "paid" else ("unpaid", 0))


def test_the_page_at_the_old_link_shows_nobody_and_leads_nowhere(as_mara, order, provider):
    change(as_mara, email=RIGHT)
    page = come_back(Client(), provider, "paid").content.decode()
    new = Order.objects.get()
    shown = [new.token, RIGHT, order.email, new.first_name, new.last_name, "Stacking mug", "Utrecht"]
    assert [words for words in shown if words in page] == []


def test_the_page_is_found_by_no_robot_and_kept_by_no_cache(as_mara, provider):
    change(as_mara, email=RIGHT)
    page = come_back(Client(), provider, "paid")
    assert (page["X-Robots-Tag"], "no-store" in page["Cache-Control"]) == ("noindex, nofollow", True)


def test_trying_again_at_the_old_link_says_so_too(as_mara, order, provider):
    as_shopper = Client()
    page = come_back(as_shopper, provider, "failed")
    change(as_mara, email=RIGHT)
    again = as_shopper.post(f"{path_of(page)}?{page.request['QUERY_STRING']}")
    assert (again.status_code, CORRECTED in said(again)) == (200, True)
    assert PaymentAttempt.objects.count() == 1


def test_whoever_has_the_order_in_their_account_comes_back_to_it(client, as_mara, ines):
    order_of_mugs(ines, language="en", channel="signed_in", payment_method="test_provider")
    as_ines = Client()
    as_ines.force_login(ines)
    as_ines.post(f"/order/{Order.objects.get().token}/payment/")
    change(as_mara, email=RIGHT)
    page = come_back(as_ines, PaymentAttempt.objects.get().address, "paid")
    assert path_of(page) == "/account/orders/W10479/"


def test_otto_learns_no_more_than_a_stranger(as_mara, otto, order, provider):
    change(as_mara, email=RIGHT)
    as_otto = Client()
    as_otto.force_login(otto)
    page = come_back(as_otto, provider, "paid")
    assert texts(page, "shop__title") == ["Betaling ontvangen"]
    assert Order.objects.get().token not in page.content.decode()


@pytest.mark.parametrize("back", ["", "1", "x", "00000000-0000-0000-0000-000000000000", "{" * 5000])
def test_a_dead_link_that_names_no_attempt_stays_dead(client, as_mara, order, provider, back):
    change(as_mara, email=RIGHT)
    assert client.get(f"/order/{order.token}/payment/", {"back": back}).status_code == 404


@pytest.mark.parametrize(
    ("ends", "then"),
    [
        ("paid", "The order has been cancelled in the meantime. The shop will refund your payment."),
        ("pending", "If the payment still arrives, the shop will refund it."),
        ("failed", "The order has been cancelled in the meantime."),
    ],
)
def test_after_the_order_was_cancelled_one_is_told_what_becomes_of_the_money(client, order, provider, ends, then):
    cancel(order)
    page = come_back(client, provider, ends)
    assert then in said(page)
    assert ("refund" in said(page)) == (ends != "failed")
    assert link_called(page, "View order") == f"/order/{order.token}/"


@pytest.mark.parametrize("ends", ["paid", "failed"])
def test_after_a_guest_was_erased_one_is_told_too(client, order, provider, gus, ends):
    cancel(order)
    erase(gus, by="merchant", notify=False)
    page = come_back(client, provider, ends)
    assert "The personal details on this order have been deleted" in said(page)
    assert ("The shop will refund your payment." in said(page)) == (ends == "paid")
    assert "View order" not in said(page)


def test_an_order_that_outlived_its_guest_is_paid_as_any(client, order, provider, gus):
    erase(gus, by="merchant", notify=False)
    page = come_back(client, provider, "paid")
    assert path_of(page) == f"/order/{order.token}/"
    assert Order.objects.get().payment_state == "paid"


def test_an_order_of_an_account_that_was_merged_is_paid_as_any(client, order, provider, gus, otto):
    merge(otto, gus, choices={}, by=None)
    page = come_back(client, provider, "paid")
    assert path_of(page) == f"/order/{order.token}/"
    assert (Order.objects.get().payment_state, Order.objects.get().customer) == ("paid", otto)


def dearer(as_mara, order: Order) -> None:
    change(as_mara, **{f"quantity-{order.lines.get().pk}": "3"})


def test_who_paid_before_the_order_became_dearer_pays_the_rest(as_mara, order, provider):
    as_shopper = Client()
    dearer(as_mara, order)
    as_shopper.post(f"/order/{order.token}/payment/")
    page = come_back(as_shopper, provider, "paid")
    assert "We have received your payment of €37.95." in said(page)
    assert texts(page, "is-main") == ["Pay now"]
    assert "Amount due: €16.50" in said(page)
    as_shopper.post(f"/order/{order.token}/payment/")
    assert PaymentAttempt.objects.first().amount == Decimal("16.50")


def test_who_comes_back_from_a_failed_try_is_told_of_that_one_and_not_of_a_newer(as_mara, order, provider):
    as_shopper = Client()
    dearer(as_mara, order)
    as_shopper.post(f"/order/{order.token}/payment/")
    page = come_back(as_shopper, provider, "failed")
    assert "The payment did not go through." in said(page)


def test_a_try_that_was_left_for_one_that_paid_leads_to_the_order(client, order, provider):
    first = PaymentAttempt.objects.get()
    second = PaymentAttempt.objects.create(order=order, method="test_provider", amount=first.amount, address=provider)
    client.post(f"/payments/test/{second.key}/", {"state": "paid"})
    page = client.get(f"/order/{order.token}/payment/?back={first.key}")
    assert page.url == f"/order/{order.token}/"


def test_after_another_method_was_chosen_one_is_told_before_paying_twice(client, order, provider):
    Order.objects.update(payment_method="bank_transfer", pay_by=timezone.localdate())
    page = come_back(client, provider, "pending")
    assert texts(page, "shop__title") == ["Payment pending"]
    assert link_called(page, "View order") == f"/order/{order.token}/"


def test_an_attempt_of_another_order_says_nothing_at_ones_own(client, provider, otto):
    other = OrderFactory(customer=otto, number="W10480")
    cancel(other)
    page = client.get(f"/order/{other.token}/payment/?back={PaymentAttempt.objects.get().key}")
    assert page.url == f"/order/{other.token}/"
