"""A shopper downloads everything that the shop holds on them, after showing who they are."""

import pytest
from django.test import Client

from customers.models import PrivacyRequest
from shopadmin.models import Mail
from tests.accounts.doors import reauthenticate
from tests.customers.privacy.archive.archives import archive_in
from tests.factories import OrderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PAGE = "/account/export/"


@pytest.fixture(autouse=True)
def in_english(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def shown(as_ines):
    """A browser in which Ines has just shown that it is her."""
    reauthenticate(as_ines)
    return as_ines


def test_strangers_are_sent_to_sign_in(client, store):
    assert client.get(PAGE).url == f"/account/sign-in/?next={PAGE}"


def test_the_account_leads_there(as_ines):
    assert f'href="{PAGE}"' in as_ines.get("/account/").content.decode()


def test_who_is_signed_in_is_asked_again_before(as_ines):
    for answer in (as_ines.get(PAGE), as_ines.post(PAGE)):
        assert answer.url == f"/account/reauthenticate/?next={PAGE}"


def test_everything_of_the_shopper_and_nothing_of_others_is_handed_out(shown, ines, otto):
    OrderFactory(customer=ines, number="10001")
    OrderFactory(customer=otto, number="20002")
    response = shown.post(PAGE)
    assert "no-store" in response["Cache-Control"]
    archive = archive_in(response)
    assert [order["number"] for order in archive.data["orders"]] == ["10001"]
    assert (ines.email in archive.text, otto.email in archive.text) == (True, False)


def test_notes_stay_out_and_are_asked_for(shown, ines):
    assert "Request the notes" not in shown.get(PAGE).content.decode()
    ines.dated_notes.create(text="Pays late")
    page = shown.get(PAGE).content.decode()
    assert ("Request the notes" in page, "Pays late" in page) == (True, False)
    assert "Pays late" not in archive_in(shown.post(PAGE)).text
    assert shown.post(f"{PAGE}notes/").url == PAGE
    shown.post(f"{PAGE}notes/")
    asked = PrivacyRequest.objects.get()
    assert (asked.customer, asked.kind, asked.is_open) == (ines, "access", True)
    assert Mail.objects.filter(name="privacy_request").count() == 1


def test_looking_hands_out_nothing(shown):
    assert shown.get(PAGE)["Content-Type"].startswith("text/html")
    assert shown.get(f"{PAGE}notes/").status_code == 405


def test_without_a_password_one_is_asked_for_a_code(client, ines, store):
    ines.set_unusable_password()
    ines.save()
    client.force_login(ines)
    assert client.get(PAGE).url == f"/account/reauthenticate/code/?next={PAGE}"


def test_another_browser_has_to_show_it_too(shown, ines):
    elsewhere = Client()
    elsewhere.force_login(ines)
    assert elsewhere.get(PAGE).status_code == 302
