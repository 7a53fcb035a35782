"""An account that is made with an order: asked for on the thank-you page, the same for every address."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.email_verification.mailbox_proven import is_proven
from customers.models import Customer
from orders.models import Order
from shopadmin.models import Mail
from tests.accounts.doors import code_in, is_signed_in, sign_in, wait
from tests.factories import PASSWORD, DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import come_to_the_review
from tests.shown_page import form_with, sent_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
TICK = {"create_account": "on", "password1": PASSWORD}


@pytest.fixture
def order_as():
    product, method = ProductFactory(), DeliveryMethodFactory()

    def order(client, email, **options):
        wait()
        fields = come_to_the_review(client, product, method, email=email, **(TICK | options))
        return client.post("/checkout/review/", fields, follow=True).content.decode()

    return order


def code_mail(email):
    return Mail.objects.get(to=email, name="confirm_address")


def test_a_new_address_is_registered_with_the_order_and_opens_by_the_code(client, order_as):
    page = order_as(client, "nina@post.example")
    nina = Customer.objects.get(email="nina@post.example")
    assert (nina.is_registered, is_proven(nina), nina.origin) == (True, False, "order")
    assert 'action="/account/confirm/"' in page
    response = client.post("/account/confirm/", {"code": code_in(code_mail("nina@post.example"))})
    assert response.url == "/account/orders/"
    assert is_signed_in(client, nina)


def test_a_guest_gets_the_password_chosen_with_the_order_by_the_code(client, gus, order_as):
    order_as(client, gus.email)
    gus.refresh_from_db()
    assert (gus.is_registered, gus.has_usable_password()) == (False, False)
    client.post("/account/confirm/", {"code": code_in(code_mail(gus.email))})
    again = Client()
    sign_in(again, gus.email)
    assert is_signed_in(again, gus)


def test_the_thank_you_page_is_the_same_for_every_address(gus, ines, order_as):
    pages = []
    for email in ("nina@post.example", gus.email, ines.email):
        page = order_as(Client(), email)
        part = re.search(r"<section class=\"part\">\s*<h2>Confirm your email address.*?</section>", page, re.DOTALL)[0]
        pages.append(re.sub(r'value="\w{64}"', "", part).replace(email.replace("@", "@<wbr>"), "…"))
    assert pages[1:] == pages[:1] * 2


def test_a_registered_address_keeps_its_password_and_is_told(ines, order_as):
    before = ines.password
    client = Client()
    order_as(client, ines.email)
    ines.refresh_from_db()
    assert ines.password == before
    assert Mail.objects.filter(to=ines.email, name="account_exists").count() == 1
    assert not is_signed_in(client)


def test_without_the_tick_or_a_password_there_is_no_account(gus, order_as):
    page = order_as(Client(), gus.email, create_account="", password1="")
    gus.refresh_from_db()
    assert not gus.is_registered
    assert "/account/confirm/" not in page
    assert not Mail.objects.filter(name="confirm_address").exists()


def test_a_second_order_within_seconds_is_placed_all_the_same(client, order_as):
    order_as(client, "nina@post.example")
    other = Client()
    product, method = ProductFactory(), DeliveryMethodFactory()
    fields = come_to_the_review(other, product, method, email="nina@post.example", **TICK)
    assert other.post("/checkout/review/", fields).url.startswith("/order/")


def test_who_waits_for_approval_is_told_after_the_code(client, store, order_as):
    store.approval = "business"
    store.save()
    company = {"customer_type": "business", "company_name": "Atelier B.V."}
    order_as(client, "nina@post.example", **company)
    assert Customer.objects.get(email="nina@post.example").awaiting_approval
    assert confirm_with(client, "nina@post.example").url == "/account/not-open/"


def confirm_with(client, email):
    return client.post("/account/confirm/", {"code": code_in(code_mail(email))})


def test_the_thank_you_page_offers_a_guest_an_account_with_the_order_in_it(client, order_as):
    order_as(client, "nina@post.example", create_account="", password1="")
    form = form_with(client.get(f"/order/{Order.objects.get().token}/"), "password1")
    wait()
    asked = client.post(form.action, sent_by(form) | {"password1": PASSWORD})
    assert asked.url == "/account/confirm/"
    client.post(asked.url, {"code": code_in(code_mail("nina@post.example"))})
    assert Order.objects.get().number in client.get("/account/orders/").content.decode()
    again = Client()
    sign_in(again, "nina@post.example")
    assert is_signed_in(again, Customer.objects.get(email="nina@post.example"))


def test_it_offers_none_to_who_has_just_asked_for_one_nor_later(client, order_as, store):
    offer = 'action="/account/sign-up/"'
    assert offer not in order_as(client, "nina@post.example")
    Order.objects.update(placed_at=timezone.now() - timedelta(hours=2))
    assert offer not in Client().get(f"/order/{Order.objects.get().token}/").content.decode()
