"""Who has no account gets their data by a link in the mailbox; what is answered tells nobody who is known."""

from datetime import timedelta

import pytest
from django.test import Client

from customers.merging.merge import merge
from customers.models import Customer
from customers.models.history import ActorKind
from customers.privacy.archive import links as archive_links
from customers.privacy.archive.archive import Person
from customers.privacy.erasure import erasure
from shopadmin.models import Mail
from tests.accounts.doors import last_mail, path_in, wait
from tests.customers.privacy.archive.archives import archive_in
from tests.factories import OrderFactory
from tests.shown_page import errors

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
PAGE, SENT = "/privacy/copy/", "/privacy/copy/sent/"


@pytest.fixture(autouse=True)
def fresh_limits():
    wait()


def ask(client, email):
    return client.post(PAGE, {"email": email})


def link_for(client, email):
    ask(client, email.upper())
    return path_in(last_mail(email), "privacy/copy/")


def test_the_privacy_policy_leads_there(client):
    assert f'href="{PAGE}"' in client.get("/privacy/").content.decode()


def test_a_guest_downloads_everything_by_the_link(client, gus):
    OrderFactory(customer=gus, number="10009")
    link = link_for(client, gus.email)
    page = client.get(link)
    assert "no-store" in page["Cache-Control"]
    assert "Download" in page.content.decode()
    archive = archive_in(client.post(link))
    assert [order["number"] for order in archive.data["orders"]] == ["10009"]
    assert archive.data["customer"][0]["email"] == gus.email


def test_known_guest_and_unknown_addresses_are_answered_alike(client, gus, ines):
    answers = {(r.status_code, r.url, r.content) for r in (ask(client, e) for e in (gus.email, ines.email, "a@b.nl"))}
    assert answers == {(302, SENT, b"")}
    assert [mail.name for mail in Mail.objects.order_by("pk")] == [
        "archive_link",
        "archive_in_account",
        "archive_nothing_held",
    ]


def test_who_can_sign_in_is_sent_to_the_account_without_a_link(client, ines):
    ask(client, ines.email)
    mail = last_mail(ines.email)
    assert ("/account/export/" in mail.text, PAGE in mail.text) == (True, False)


@pytest.mark.parametrize("changes", [{"access": "blocked"}, {"access": "awaiting"}, {}])
def test_whoever_cannot_sign_in_gets_a_link(client, ines, store, changes):
    Customer.objects.filter(pk=ines.pk).update(**changes)
    if not changes:
        store.accounts_enabled = False
        store.save()
    assert archive_in(client.post(link_for(client, ines.email))).data["customer"][0]["id"] == ines.pk


def test_an_address_that_was_merged_away_is_answered_at_the_one_that_was_kept(client, gus, otto):
    Customer.objects.filter(pk=otto.pk).update(registered_at=None)
    merge(otto, gus, choices={}, by=None)
    ask(client, gus.email)
    assert [mail.to for mail in Mail.objects.filter(name="archive_link")] == [otto.email]


def test_a_wrong_address_is_kept_and_explained(client):
    response = ask(client, "gus")
    assert list(errors(response)) == ["email"]
    assert 'value="gus"' in response.content.decode()
    assert not Mail.objects.exists()


def test_a_mailbox_is_not_flooded(client, gus):
    statuses = [ask(Client(REMOTE_ADDR=f"10.0.0.{n}"), gus.email).status_code for n in range(4)]
    assert statuses == [302, 302, 302, 429]
    assert Mail.objects.count() == 3


def test_one_network_does_not_ask_for_everybody(client):
    statuses = [ask(client, f"person{n}@post.example").status_code for n in range(11)]
    assert statuses == [302] * 10 + [429]


def test_opening_the_link_changes_nothing(client, gus, caplog):
    caplog.set_level("INFO")
    link = link_for(client, gus.email)
    for _time in range(2):
        assert client.get(link).status_code == client.head(link).status_code == 200
    assert [record for record in caplog.records if "handed out" in record.getMessage()] == []


# --- Links that end


def is_dead(client, link):
    answers = [client.get(link), client.post(link), client.post(f"{link}notes/")]
    assert "This link is no longer valid" in answers[0].content.decode() or answers[0].status_code == 200
    return {answer.status_code for answer in answers} == {404}


def test_the_link_ends_after_an_hour(client, gus, monkeypatch):
    link = link_for(client, gus.email)
    now = archive_links.timezone.now()
    for minutes, dead in (59, False), (61, True):
        moment = now + timedelta(minutes=minutes)
        monkeypatch.setattr(archive_links.timezone, "now", lambda moment=moment: moment)
        assert (client.get(link).status_code == 404) == dead


@pytest.mark.parametrize("changes", [{"email": "gus@new.example"}, {"password": "another"}])
def test_the_link_ends_with_the_address_or_password_it_was_made_for(client, gus, changes):
    link = link_for(client, gus.email)
    Customer.objects.filter(pk=gus.pk).update(**changes)
    assert is_dead(client, link)


def test_the_link_ends_with_an_erasure(client, gus):
    link = link_for(client, gus.email)
    erasure.erase(gus, by=ActorKind.MERCHANT, notify=False)
    assert is_dead(client, link)


def test_a_link_that_is_none_of_ours_opens_nothing(client, gus):
    link = link_for(client, gus.email)
    for other in (f"{PAGE}x/", f"{link[:-4]}xyz/", f"{PAGE}{'a' * 2000}/", f"{PAGE}a:b:c/"):
        assert is_dead(client, other)


# --- Notes


def test_a_guest_is_told_of_notes_and_asks_for_them(client, gus):
    link = link_for(client, gus.email)
    assert "Request the notes" not in client.get(link).content.decode()
    gus.dated_notes.create(text="Rang twice")
    assert "Request the notes" in client.get(link).content.decode()
    assert client.post(f"{link}notes/").url == link
    asked = gus.privacy_requests.get()
    assert (asked.kind, asked.is_open, "notes" in asked.remark) == ("access", True, True)


def test_a_released_copy_does_not_offer_notes_again(client, gus):
    gus.dated_notes.create(text="Rang twice")
    now = archive_links.timezone.now()
    link = archive_links.link_to(Person(gus, frozenset(), now), until=now + timedelta(days=7))
    assert "Request the notes" not in client.get(link).content.decode()
