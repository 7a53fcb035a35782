"""Answering a privacy request: what is written down, and what the person is told."""

import pytest
from django.utils import timezone

from customers.merging.merge import merge, undo
from customers.models import PrivacyRequest
from customers.models.privacy_request import months_after
from customers.privacy.unsubscribe import unsubscribe
from shopadmin.models import Mail

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def asked(ines):
    return PrivacyRequest.objects.create(customer=ines, kind="access")


@pytest.fixture
def asked_by_guest(gus):
    return PrivacyRequest.objects.create(customer=gus, kind="access")


def answer(client, asked, verb, outcome="Sent as a file.", **ticked):
    return client.post(f"{asked.get_absolute_url()}{verb}/", {"outcome": outcome, **ticked})


def mails(name="request_answered"):
    return Mail.objects.filter(name=name)


def test_entering_one_confirms_it_to_the_person_without_the_note(as_mara, ines):
    typed = {"email": ines.email, "kind": "access", "received_on": str(timezone.localdate()), "remark": "Was angry"}
    as_mara.post("/backoffice/privacy/add/", typed | {"tell": "on"})
    mail = mails("request_received").get()
    assert (mail.to, mail.customer, mail.language) == (ines.email, ines, "nl")
    assert ("Kopie van alle gegevens" in mail.text, "Was angry" in mail.text) == (True, False)


def test_no_confirmation_goes_out_unless_it_is_ticked(as_mara, ines):
    as_mara.post(
        "/backoffice/privacy/add/", {"email": ines.email, "kind": "access", "received_on": str(timezone.localdate())}
    )
    assert (PrivacyRequest.objects.count(), mails("request_received").count()) == (1, 0)


def test_the_person_gets_what_was_done(as_mara, ines, asked):
    answer(as_mara, asked, "done", tell="on")
    mail = mails().get()
    assert (mail.to, mail.customer, mail.language) == (ines.email, ines, "nl")
    assert "heeft je verzoek" in mail.text
    assert "Sent as a file." in mail.text


def test_the_person_gets_the_reason_and_whom_to_complain_to(as_mara, asked):
    answer(as_mara, asked, "decline", "We hold nothing.", tell="on")
    text = mails().get().text
    assert "We hold nothing." in text
    assert "toezichthouder" in text


def test_nobody_is_told_unless_it_is_ticked(as_mara, asked):
    answer(as_mara, asked, "done")
    asked.refresh_from_db()
    assert (asked.state, mails().count()) == ("done", 0)


@pytest.mark.parametrize("verb", ["done", "decline"])
def test_a_mailbox_that_nobody_proved_gets_no_words_that_were_typed(as_mara, asked_by_guest, verb):
    answer(as_mara, asked_by_guest, verb, "Typed words", tell="on")
    mail = mails().get()
    assert (mail.to, "Typed words" in mail.text + mail.html) == ("gus@post.example", False)


def test_the_page_shows_the_words_of_the_email(as_mara, asked, asked_by_guest):
    page = as_mara.get(asked.get_absolute_url()).content.decode()
    for words in ("has carried out your request", "has not carried out your request", "What you enter above"):
        assert words in page, words
    page = as_mara.get(asked_by_guest.get_absolute_url()).content.decode()
    assert ("What you enter above" in page, "leaves out what you enter above" in page) == (False, True)


def test_what_somebody_else_closed_is_not_mailed_again(as_mara, asked):
    PrivacyRequest.objects.filter(pk=asked.pk).update(state="declined")
    for verb in ("done", "decline"):
        answer(as_mara, asked, verb, tell="on")
    assert mails().count() == 0


def test_merging_and_undoing_leave_open_requests_open(as_mara, mara, ines, gus, asked, asked_by_guest):
    done = merge(ines, gus, choices={}, by=mara)
    assert set(ines.privacy_requests.open()) == {asked, asked_by_guest}
    undo(done, by=mara)
    assert (list(ines.privacy_requests.open()), list(gus.privacy_requests.open())) == ([asked], [asked_by_guest])


def test_what_carries_out_nothing_closes_nothing(as_mara, ines, asked):
    """Neither leaving the newsletter, nor another request, nor looking at it."""
    objection = PrivacyRequest.objects.create(customer=ines, kind="objection")
    unsubscribe(ines)
    answer(as_mara, PrivacyRequest.objects.create(customer=ines, kind="correction"), "done")
    as_mara.get(asked.get_absolute_url())
    assert set(ines.privacy_requests.open()) == {asked, objection}


def test_two_months_more_are_told_with_the_reason(as_mara, ines, asked):
    page = f"{asked.get_absolute_url()}extend/"
    assert as_mara.post(page, {"reason": "many"}).url == asked.get_absolute_url()
    asked.refresh_from_db()
    today = timezone.localdate()
    assert (asked.due_on, asked.extended_on, asked.extension) == (months_after(today, 3), today, "many")
    mail = mails("request_extended").get()
    assert (mail.to, "veel verzoeken tegelijk" in mail.text) == (ines.email, True)
    assert "The shop has received many requests" in as_mara.get(asked.get_absolute_url()).content.decode()


def test_more_time_is_given_for_a_reason_only(as_mara, asked):
    page = as_mara.post(f"{asked.get_absolute_url()}extend/", {}).content.decode()
    asked.refresh_from_db()
    assert ("<title>Error: " in page, asked.extended_on, Mail.objects.count()) == (True, None, 0)


@pytest.mark.parametrize("days", [28, 400])
def test_more_time_is_given_within_the_first_month_only(as_mara, ines, days):
    came = timezone.localdate() - timezone.timedelta(days=days)
    asked = PrivacyRequest.objects.create(customer=ines, received_on=came, due_on=months_after(came, 1))
    as_mara.post(f"{asked.get_absolute_url()}extend/", {"reason": "complex"})
    asked.refresh_from_db()
    assert (asked.extended_on is None, Mail.objects.exists()) == (days > 31, days < 31)


def test_more_time_is_given_once(as_mara, asked):
    for _twice in range(2):
        page = as_mara.post(f"{asked.get_absolute_url()}extend/", {"reason": "complex"}, follow=True)
    assert "This request can no longer be extended." in page.content.decode()
    assert mails("request_extended").count() == 1
