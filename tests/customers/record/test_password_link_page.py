"""Sending a password: asks first, mails a link, and is closed on staff to all but owners."""

import pytest
from django.urls import reverse

from customers.models import Customer
from customers.signals import password_link_wanted
from shopadmin.models import StoreSettings

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def wanted():
    """Whom a link is wanted for."""
    emails = []

    def note(customer, **kwargs):
        emails.append(customer.email)

    password_link_wanted.connect(note)
    yield emails
    password_link_wanted.disconnect(note)


def url_of(customer):
    return f"/backoffice/customers/{customer.pk}/password-link/"


def test_strangers_shoppers_and_onlookers_may_not_enter(client, otto, rosa, ines, store, wanted):
    assert client.post(url_of(ines)).url == f"{reverse('staff_sign_in')}?next={url_of(ines)}"
    answers = []
    for person in (otto, rosa):
        client.force_login(person)
        answers.append(client.post(url_of(ines)).status_code)
    assert (answers, wanted) == ([404, 403], [])


def test_asks_first_and_sends_nothing(as_mara, ines, wanted):
    page = as_mara.get(url_of(ines)).content.decode()
    assert "Send a new password</button>" in page
    assert "expires after 72 hours" in page
    assert wanted == []


@pytest.mark.parametrize("who", ["ines", "gus"])
def test_sends_a_link_to_registered_and_guest_alike(as_mara, ines, gus, wanted, who):
    customer = {"ines": ines, "gus": gus}[who]
    response = as_mara.post(url_of(customer), follow=True)
    assert response.redirect_chain == [(f"/backoffice/customers/{customer.pk}/", 302)]
    assert wanted == [customer.email]
    assert f"A password link will be emailed to {customer.email}." in response.content.decode()


def test_the_overview_asks_in_a_dialog_with_the_same_words(as_mara, ines):
    page = as_mara.get(f"/backoffice/customers/{ines.pk}/").content.decode()
    dialog = page.partition('<dialog class="dialog" id="send-password"')[2]
    assert f'action="{url_of(ines)}"' in dialog
    assert "expires after 72 hours" in dialog


def test_while_accounts_are_off_it_says_so_and_sends_nothing(as_mara, ines, wanted):
    StoreSettings.objects.update(accounts_enabled=False)
    page = as_mara.get(url_of(ines)).content.decode()
    assert ("Customer accounts are switched off" in page, "Send a new password</button>" in page) == (True, False)
    after = as_mara.post(url_of(ines), follow=True).content.decode()
    assert "Customer accounts are switched off in the settings. No email was sent." in after
    assert wanted == []


def test_support_gets_no_link_for_the_owner_but_the_owner_does_for_support(client, mara, sam, store, wanted):
    Customer.objects.staff().update(orders_count=1)
    answers = []
    for sender, receiver in ((sam, mara), (mara, sam)):
        client.force_login(sender)
        answers.append(client.post(url_of(receiver)).status_code)
    assert (answers, wanted) == ([403, 302], [sam.email])
