"""Letting in, turning down, blocking: each asks first, and the history says who did it."""

import pytest
from django.urls import reverse

from customers.models import Customer
from customers.signals import customer_approved, customer_refused
from shopadmin.models import StoreSettings
from tests.factories import CustomerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def noor(db):
    return CustomerFactory(first_name="Noor", registered=True, access=Customer.Access.AWAITING)


@pytest.fixture
def told():
    """What was said to whoever keeps in step."""
    sent = []

    def approved(customer, **kwargs):
        sent.append(("approved", customer.email))

    def refused(customer, **kwargs):
        sent.append(("refused", customer.email))

    customer_approved.connect(approved)
    customer_refused.connect(refused)
    yield sent
    customer_approved.disconnect(approved)
    customer_refused.disconnect(refused)


def url_of(customer, page="approval"):
    return f"/backoffice/customers/{customer.pk}/{page}/"


def access_of(customer):
    return Customer.objects.get(pk=customer.pk).access


@pytest.mark.parametrize("page", ["approval", "blocking"])
def test_strangers_shoppers_and_onlookers_may_not_enter(client, otto, rosa, noor, store, page):
    url = url_of(noor, page)
    assert client.post(url).url == f"{reverse('staff_sign_in')}?next={url}"
    answers = []
    for person in (otto, rosa):
        client.force_login(person)
        answers.append(client.post(url, {"decision": "approve"}).status_code)
    assert (answers, access_of(noor)) == ([404, 403], "awaiting")


@pytest.mark.parametrize("page", ["approval", "blocking"])
def test_looking_changes_nothing(as_mara, noor, told, page):
    assert b"Noor" in as_mara.get(url_of(noor, page)).content
    assert (access_of(noor), told) == ("awaiting", [])


@pytest.mark.parametrize(
    ("decision", "access", "said"), [("approve", "open", "approved"), ("refuse", "refused", "refused")]
)
def test_a_decision_is_carried_out_told_and_written_down(as_mara, noor, mara, told, decision, access, said):
    assert as_mara.post(url_of(noor), {"decision": decision}).url == f"/backoffice/customers/{noor.pk}/"
    assert (access_of(noor), told) == (access, [(said, noor.email)])
    row = noor.history.get(field="access")
    assert (row.old, row.new, row.actor) == ("awaiting", access, mara)


def test_a_decision_that_somebody_took_already_is_not_taken_twice(as_mara, noor, told):
    as_mara.post(url_of(noor), {"decision": "approve"})
    page = as_mara.post(url_of(noor), {"decision": "approve"}, follow=True).content.decode()
    assert "This customer is no longer awaiting approval." in page
    assert told == [("approved", noor.email)]


@pytest.mark.parametrize("sent", [{}, {"decision": "erase"}, {"decision": "x" * 9000}])
def test_nonsense_decides_nothing(as_mara, noor, told, sent):
    answers = [as_mara.post(url_of(noor, page), sent).status_code for page in ("approval", "blocking")]
    assert (answers, access_of(noor), told) == ([200, 200], "awaiting", [])


def test_while_accounts_are_off_approval_says_so_and_sends_nothing(as_mara, noor, told):
    StoreSettings.objects.update(accounts_enabled=False)
    assert b"Customer accounts are switched off" in as_mara.get(url_of(noor)).content
    page = as_mara.post(url_of(noor), {"decision": "approve"}, follow=True).content.decode()
    assert "Customer accounts are switched off in the settings. No email was sent." in page
    assert (access_of(noor), told) == ("awaiting", [])


def test_blocking_and_unblocking_are_written_down_and_mail_nothing(as_mara, ines, told):
    as_mara.post(url_of(ines, "blocking"), {"decision": "block"})
    assert access_of(ines) == "blocked"
    as_mara.post(url_of(ines, "blocking"), {"decision": "unblock"})
    assert (access_of(ines), told) == ("open", [])
    assert list(ines.history.filter(field="access").values_list("new", flat=True)) == ["blocked", "open"]


def test_blocking_ends_what_is_open(client, as_mara, ines):
    browser = type(client)()
    browser.force_login(ines)
    as_mara.post(url_of(ines, "blocking"), {"decision": "block"})
    assert not browser.get("/").wsgi_request.user.is_authenticated


def test_support_cannot_block_the_owner(client, sam, mara, store):
    Customer.objects.filter(pk=mara.pk).update(orders_count=1)
    client.force_login(sam)
    assert client.post(url_of(mara, "blocking"), {"decision": "block"}).status_code == 403
    assert access_of(mara) == "open"
