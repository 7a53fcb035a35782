"""An address that was merged away opens no account, tells nobody whose it is now, and can order."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.email_verification import email_change
from customers.merging.merge import merge
from customers.models import Customer
from orders.customer_hooks.totals import recount
from shopadmin.models import Mail
from tests.accounts.doors import (
    OTHER_PASSWORD,
    ask_for_code,
    ask_for_link,
    confirm,
    is_signed_in,
    last_mail,
    path_in,
    reauthenticate,
    sign_in,
    sign_up,
)  # fmt: skip
from tests.factories import PASSWORD, DeliveryMethodFactory, OrderFactory, ProductFactory
from tests.orders.shopping import come_to_the_review, order_now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
NOT_OPEN = "/account/not-open/"


@pytest.fixture
def merged(ines, otto):
    """Otto's account was merged into Ines's; he reads English."""
    Customer.objects.filter(pk=otto.pk).update(language="en")
    merge(ines, otto, choices={}, by=None)
    return Customer.objects.get(pk=otto.pk)


@pytest.fixture
def buy(store):
    mug, parcel = ProductFactory(), DeliveryMethodFactory()
    return lambda browser, **details: order_now(browser, mug, parcel, **details)


def now(customer):
    return Customer.objects.get(pk=customer.pk)


def test_its_sessions_end(client, ines, otto):
    client.force_login(otto)
    hers = Client()
    hers.force_login(ines)
    merge(ines, otto, choices={}, by=None)
    assert (is_signed_in(client), is_signed_in(hers, ines), otto.sessions.count()) == (False, True, 0)


def test_its_password_leads_to_the_page_that_says_so(client, merged):
    response = sign_in(client, merged.email)
    assert response.url == NOT_OPEN
    assert "The shop has merged this account with another account of yours." in client.get(NOT_OPEN).content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize("ask", [ask_for_link, ask_for_code, sign_up])
def test_whoever_asks_for_a_way_in_is_mailed_that_it_is_joined(client, ines, merged, ask):
    Mail.objects.all().delete()
    ask(client, merged.email)
    mail = Mail.objects.get()
    assert (mail.to, mail.name) == (merged.email, "account_not_open")
    assert ("merged this account with another account of yours" in mail.html, ines.email in mail.html) == (True, False)


def test_an_older_link_sets_a_password_that_opens_nothing(client, ines, otto):
    ask_for_link(client, otto.email)
    merge(ines, otto, choices={}, by=None)
    path = path_in(Mail.objects.get(name="password_link"), "/password/reset/key/")
    page = client.get(path, follow=True)
    sent = {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
    assert client.post(page.request["PATH_INFO"], sent).url == NOT_OPEN
    assert not is_signed_in(client)
    assert now(ines).check_password(PASSWORD)


def test_a_guests_merged_address_signs_up_and_stays_outside(client, ines, gus):
    order = OrderFactory(customer=gus)
    merge(ines, gus, choices={}, by=None)
    sign_up(client, gus.email)
    assert confirm(client, gus.email).url == NOT_OPEN
    assert not is_signed_in(client)
    order.refresh_from_db()
    assert (order.customer, now(ines).check_password(PASSWORD)) == (ines, True)


def test_it_orders_as_the_kept_customer_and_changes_nothing_of_theirs(client, ines, merged, buy):
    order = buy(client, email="OTTO@post.example", first_name="Eve", marketing_consent="on")
    kept = now(ines)
    assert (order.customer, order.email, kept.first_name, kept.marketing_consent) == (ines, merged.email, "Ines", False)
    assert (kept.orders_count, now(merged).orders_count) == (1, 0)
    assert Mail.objects.get(name="order_placed").to == merged.email
    client.force_login(ines)
    assert order.number in client.get("/account/orders/").content.decode()


def test_ordering_for_a_kept_guest_takes_the_name_but_no_consent(client, gus, otto, buy):
    merge(gus, otto, choices={}, by=None)
    buy(client, email=otto.email, first_name="Gustav", marketing_consent="on")
    assert (now(gus).first_name, now(gus).marketing_consent) == ("Gustav", False)


def test_an_account_wanted_with_the_order_names_nobody(client, ines, merged, buy):
    Mail.objects.all().delete()
    order = buy(client, email=merged.email, create_account="on", password1="a password for the shop")
    page = client.get(f"/order/{order.token}/").content.decode()
    assert (ines.email in page, Mail.objects.filter(to=ines.email).exists()) == (False, False)
    assert [mail.name for mail in Mail.objects.filter(to=merged.email)].count("account_not_open") == 1
    assert not is_signed_in(client)


def test_many_orders_count_against_both_addresses(settings, ines, merged):
    settings.RATE_LIMITS = True
    OrderFactory.create_batch(20, customer=ines, email=merged.email)
    recount(ines)
    mug, parcel = ProductFactory(), DeliveryMethodFactory()
    pressed = []
    for email in (ines.email, merged.email, "gus@post.example"):
        browser = Client()
        inputs = come_to_the_review(browser, mug, parcel, email=email)
        pressed.append(browser.post("/checkout/review/", inputs).status_code)
    assert pressed == [429, 429, 302]


def test_nobody_else_gets_the_address(client, ines, merged):
    client.force_login(ines)
    reauthenticate(client)
    client.post("/account/email/", {"email": merged.email})
    assert now(ines).email == "ines@vandermeulen.example"


def test_an_undo_of_its_change_of_address_does_not_reach_the_kept_account(ines, otto):
    email_change.change(otto, "otto@new.example")
    path = path_in(last_mail("otto@post.example"), "/email/undo/")
    merge(ines, now(otto), choices={}, by=None)
    Client().post(path)
    assert (now(ines).email, now(ines).check_password(PASSWORD)) == ("ines@vandermeulen.example", True)


def test_staff_see_whose_it_is_when_they_type_it(as_mara, ines, merged):
    page = as_mara.post("/backoffice/customers/add/", {"email": merged.email}).content.decode()
    assert "The customer with this email address was merged into another customer:" in page
    assert f'<a href="/backoffice/customers/{ines.pk}/">Ines van der Meulen</a>' in page


def test_a_privacy_request_from_it_is_the_kept_customers(as_mara, ines, merged):
    asked = {"email": merged.email, "kind": "erasure", "received_on": str(timezone.localdate()), "remark": ""}
    as_mara.post("/backoffice/privacy/add/", asked)
    assert ines.privacy_requests.count() == 1


def test_after_an_undo_it_signs_in_as_before(client, as_mara, ines, otto):
    done = merge(ines, otto, choices={}, by=None)
    as_mara.post(f"/backoffice/customers/merges/{done.pk}/undo/")
    browser = Client()
    sign_in(browser, otto.email)
    assert is_signed_in(browser, otto)
