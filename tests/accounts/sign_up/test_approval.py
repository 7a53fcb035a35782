"""Who needs approval, and the mails about it."""

import pytest
from django.test import Client

from customers.models import Customer
from shopadmin.models import Mail, StoreSettings
from tests.accounts.doors import confirm, is_signed_in, last_mail, sign_in, sign_in_by_code, sign_up
from tests.factories import CustomerFactory, DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import order_now, put_into_cart

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
NINA = "nina@post.example"


@pytest.fixture
def everybody(store):
    StoreSettings.objects.update(approval="everybody")


@pytest.fixture
def business(store):
    StoreSettings.objects.update(approval="business")


def test_a_new_account_waits_and_both_sides_are_told(everybody, client):
    sign_up(client, NINA)
    nina = Customer.objects.get(email=NINA)
    assert nina.awaiting_approval
    assert sorted(Mail.objects.values_list("name", "to")) == [
        ("approval_waits", NINA),
        ("approval_wanted", "merchant@shop.example"),
        ("confirm_address", NINA),
    ]
    assert f"/backoffice/customers/{nina.pk}/" in last_mail("merchant@shop.example").text


def test_it_comes_in_after_proof_and_approval_only(everybody, client):
    sign_up(client, NINA)
    assert confirm(client, NINA).url == "/account/not-open/"
    assert not is_signed_in(client)
    Customer.objects.get(email=NINA).approve()
    assert last_mail(NINA).name == "approved"
    sign_in(client, NINA)
    assert is_signed_in(client)


def test_a_refusal_is_told(everybody, client):
    sign_up(client, NINA)
    Customer.objects.get(email=NINA).refuse()
    assert last_mail(NINA).name == "refused"


def test_a_guest_waits_from_the_moment_the_mailbox_is_proved(everybody, gus):
    client = Client()
    assert sign_in_by_code(client, gus.email).url == "/account/not-open/"
    gus.refresh_from_db()
    assert (gus.awaiting_approval, gus.is_registered) == (True, True)


def test_whom_the_merchant_entered_does_not_wait(everybody):
    customer = CustomerFactory(origin="merchant")
    client = Client()
    sign_in_by_code(client, customer.email)
    assert is_signed_in(client, customer)


def test_only_companies_wait_where_only_they_need_approval(business):
    private, company = CustomerFactory(origin="order"), CustomerFactory(origin="order", business=True)
    answers = [sign_in_by_code(Client(), customer.email).url for customer in (private, company)]
    assert answers == ["/account/orders/", "/account/not-open/"]


TYPED = {"customer_type": "business", "company_name": "Atelier Meulen"}


def become_a_business(ines, **typed):
    browser = Client()
    browser.force_login(ines)
    browser.cookies["language"] = "en"
    page = browser.get("/account/edit/company/").content.decode()
    return browser, page, browser.post("/account/edit/company/", TYPED | typed)


def test_who_becomes_a_business_waits_and_was_told_so_before(business, ines):
    browser, page, response = become_a_business(ines)
    assert "When you save this, you will be signed out until your account is approved." in page
    assert response.url == "/account/not-open/"
    assert "The shop has not approved your account yet." in browser.get(response.url).content.decode()
    ines.refresh_from_db()
    assert (ines.awaiting_approval, ines.customer_type, is_signed_in(browser)) == (True, "business", False)
    assert sign_in(Client(), ines.email).url == "/account/not-open/"


def test_both_sides_are_mailed_that_it_has_become_a_business(business, ines):
    Customer.objects.update(language="en")
    ines.refresh_from_db()
    become_a_business(ines)
    assert "Your account at Veld & Vorm is now a company account." in last_mail(ines.email).text
    assert "has switched to a company account" in last_mail("merchant@shop.example").text


def test_who_is_a_business_already_does_not_wait_again(business, ines):
    Customer.objects.update(customer_type="business", company_name="Atelier")
    ines.refresh_from_db()
    browser, page, response = become_a_business(ines)
    assert (response.url, "signed out until" in page) == ("/account/", False)
    assert is_signed_in(browser, ines)


@pytest.mark.parametrize("approval", ["nobody", "everybody"])
def test_where_businesses_are_not_approved_apart_nobody_waits_later(store, ines, approval):
    StoreSettings.objects.update(approval=approval)
    browser, _page, response = become_a_business(ines)
    assert response.url == "/account/"
    assert is_signed_in(browser, ines)


def test_an_order_as_a_company_makes_no_business_of_a_private_account(business, ines, client):
    sign_in(client, ines.email)
    order_now(client, ProductFactory(), DeliveryMethodFactory(), email=ines.email, **TYPED)
    ines.refresh_from_db()
    assert (ines.customer_type, ines.access) == ("private", "open")


FIRST = {
    "business": "The shop reviews each company account.",
    "everybody": "The shop reviews each new account.",
}


@pytest.mark.parametrize("approval", FIRST)
def test_the_checkout_says_that_an_account_waits(store, client, approval):
    StoreSettings.objects.update(approval=approval)
    put_into_cart(client, ProductFactory())
    page = client.get("/checkout/").content.decode()
    assert [words in page for words in FIRST.values()] == [name == approval for name in FIRST]


def test_nothing_is_said_while_accounts_are_off(everybody, client):
    sign_up(client, NINA)
    StoreSettings.objects.update(accounts_enabled=False)
    Mail.objects.all().delete()
    nina = Customer.objects.get(email=NINA)
    nina.approve()
    nina.send_password_link()
    assert not Mail.objects.exists()
