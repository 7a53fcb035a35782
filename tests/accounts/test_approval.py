"""Who needs approval, and the mails about it."""

import pytest
from django.test import Client

from customers.models import Customer
from shopadmin.models import Mail, StoreSettings
from tests.accounts.doors import confirm, is_signed_in, last_mail, sign_in, sign_in_by_code, sign_up
from tests.factories import CustomerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
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


def test_nothing_is_said_while_accounts_are_off(everybody, client):
    sign_up(client, NINA)
    StoreSettings.objects.update(accounts_enabled=False)
    Mail.objects.all().delete()
    nina = Customer.objects.get(email=NINA)
    nina.approve()
    nina.send_password_link()
    assert not Mail.objects.exists()
