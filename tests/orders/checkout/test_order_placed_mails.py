"""The mails that an order causes."""

import pytest

from shopadmin.models import Mail
from tests.factories import PASSWORD, DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import order_now

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def buy(client, store):
    store.iban = "NL91ABNA0417164300"
    store.save()
    product = ProductFactory(name="Stacking mug", translations={"de": {"name": "Stapelbecher"}})
    parcel = DeliveryMethodFactory(translations={"de": {"name": "Paket"}})
    return lambda **details: order_now(client, product, parcel, **details)


def test_the_shopper_gets_all_that_was_agreed_to(buy):
    order = buy(order_note="Ring twice")
    mail = Mail.objects.get(name="order_placed")
    assert (mail.to, mail.customer, mail.language, mail.secret) == ("gus@post.example", order.customer, "en", False)
    for words in (order.number, "Stacking mug\n1 × €16.50  €16.50", "€21.45", "NL91 ABNA 0417 1643 00",
                  "3511 AW, Netherlands", f"/order/{order.token}/", "/terms/", "/withdrawal/information/"):  # fmt: skip
        assert words in mail.text, words


def test_it_speaks_the_language_of_the_order_and_not_that_of_the_page(buy):
    order = buy(language="de")
    mail = Mail.objects.get(name="order_placed")
    assert (mail.language, order.lines.get().name, order.delivery_name) == ("de", "Stapelbecher", "Paket")
    assert "21,45 €" in mail.text


def test_a_guest_is_told_how_to_set_up_the_account_without_a_token(buy):
    buy()
    assert "http://localhost:8000/account/password/reset/\n" in Mail.objects.get(name="order_placed").text


def test_who_typed_a_password_with_the_order_is_not_asked_for_one(buy):
    buy(create_account="on", password1=PASSWORD)
    mail = Mail.objects.get(name="order_placed")
    assert "/password/" not in mail.text + mail.html


def test_neither_a_registered_customer_nor_a_shop_without_accounts_is_told_so(buy, ines, store):
    buy(email=ines.email)
    store.accounts_enabled = False
    store.save()
    buy()
    assert ["/password/" in mail.text for mail in Mail.objects.filter(name="order_placed")] == [False, False]


def test_the_merchant_is_told_in_the_language_of_the_shop(buy):
    order = buy(language="de", order_note="Ring twice")
    mail = Mail.objects.get(name="order_placed_merchant")
    assert (mail.to, mail.language, mail.subject) == (
        "merchant@shop.example",
        "en",
        f"New order {order.number}: €21.45",
    )
    for words in (
        "Gus Gast",
        "Stapelbecher\n1 × €16.50",
        "Bank transfer in advance",
        "Ring twice",
        order.get_absolute_url(),
    ):
        assert words in mail.text, words


def test_what_was_typed_cannot_break_out_of_the_mail(buy):
    buy(first_name="<b>Gus</b>", last_name="Bcc: Gast", order_note="<script>")
    shopper, merchant = Mail.objects.order_by("pk")
    assert "<b>Gus" not in shopper.html
    assert "<script>" not in shopper.html + merchant.html
    assert "\n" not in shopper.subject + merchant.subject
