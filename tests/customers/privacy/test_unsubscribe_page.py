"""The link that ends marketing e-mails: one question for a person, one press for a mail program."""

import pytest
from django.test import Client

from customers.models import Customer, HistoryEntry
from customers.privacy.unsubscribe import token_of
from tests.customers.exporting.exported import exported
from tests.factories import CustomerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def nina(store) -> Customer:
    """Agreed to marketing e-mails."""
    return CustomerFactory(email="nina@post.example", marketing_consent=True)


def link(customer) -> str:
    return f"/unsubscribe/{token_of(customer)}/"


def agrees(customer) -> bool:
    return Customer.objects.get(pk=customer.pk).marketing_consent


def test_the_export_carries_the_link_of_who_agreed_and_of_nobody_else(as_mara, nina, gus, settings):
    links = {row["email"]: row["unsubscribe_link"] for row in exported(as_mara)}
    assert links == {nina.email: f"{settings.SITE_URL}{link(nina)}", gus.email: ""}


def test_opening_it_asks_and_changes_nothing(client, nina):
    page = client.get(link(nina)).content.decode()
    assert "Do you want to stop receiving marketing emails from Veld &amp; Vorm?" in page
    assert (nina.email in page, agrees(nina)) == (False, True)


def test_a_mail_program_ends_them_with_one_press_and_is_not_sent_elsewhere(nina):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(link(nina), ONE_CLICK, headers={"Origin": "https://mail.example"})
    assert (response.status_code, agrees(nina)) == (200, False)
    assert "You are unsubscribed from marketing emails from Veld &amp; Vorm." in response.content.decode()


def test_it_is_proved_and_in_the_history(client, nina):
    client.post(link(nina), ONE_CLICK)
    consent = nina.consents.get()
    assert (consent.given, consent.source, consent.by) == (False, "unsubscribe", nina)
    assert consent.text == "I no longer want to receive marketing emails."
    entry = HistoryEntry.objects.get(customer=nina, field="marketing_consent")
    assert (entry.old, entry.new, entry.actor_kind, entry.source, entry.seen) == (
        "true", "false", "shopper", "unsubscribe", False
    )  # fmt: skip


def test_pressed_twice_it_is_proved_once(client, nina):
    client.post(link(nina), ONE_CLICK)
    client.post(link(nina), ONE_CLICK)
    assert nina.consents.count() == 1
    assert "You are unsubscribed from marketing emails from Veld &amp; Vorm." in client.get(link(nina)).content.decode()


def test_of_a_record_that_was_merged_it_ends_those_to_the_kept_one(client, nina, gus):
    Customer.objects.filter(pk=gus.pk).update(merged_into=nina)
    client.post(link(gus), ONE_CLICK)
    assert agrees(nina) is False


@pytest.mark.parametrize("change", [str.upper, lambda token: token[:-1], lambda token: f"9{token}", lambda _: "٣-x"])
def test_a_link_that_is_none_of_ours_is_not_found(client, nina, change):
    token = token_of(nina)
    wrong = change(token) if change(token) != token else f"{token}0"
    assert (client.post(f"/unsubscribe/{wrong}/").status_code, agrees(nina)) == (404, True)


def test_the_link_of_another_key_is_not_found(client, nina, settings):
    old = link(nina)
    settings.ERASURE_KEY = "another"
    assert client.get(old).status_code == 404


def test_links_in_sent_mails_outlive_every_change_of_the_secret_key(client, nina, settings):
    old = link(nina)
    settings.SECRET_KEY = "another"
    assert client.get(old).status_code == 200


def test_a_link_of_an_earlier_release_holds_while_its_secret_key_is_known(client, nina, settings):
    settings.ERASURE_KEY, kept = settings.SECRET_KEY, settings.ERASURE_KEY
    old = link(nina)
    settings.ERASURE_KEY = kept
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert client.get(old).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(old).status_code == 404


def test_is_neither_stored_nor_searched(client, nina):
    assert "no-store" in client.get(link(nina))["Cache-Control"]
    assert "Disallow: /unsubscribe/" in client.get("/robots.txt").content.decode().splitlines()
