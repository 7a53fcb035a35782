"""The history of the attempts to deliver an email, written by the worker and shown on the email's page."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.db import Error
from django.utils import timezone

from shopadmin.mail import delivery
from shopadmin.mail.delivery import deliver_next
from shopadmin.models import Mail, MailTry
from tests.factories import MailFactory
from tests.shown_page import html_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def refused(monkeypatch):
    """`refused(450)`: one attempt that the mail server answers with that code."""

    def attempt(code):
        def refuse(mail, message):
            raise SMTPRecipientsRefused({mail.to: (code, b"Not now <" + mail.to.encode() + b">")})

        monkeypatch.setattr(delivery, "send", refuse)
        Mail.objects.update(try_at=timezone.now() - timedelta(seconds=1))
        return deliver_next()

    return attempt


def shown(client, mail):
    """What the page says of each attempt, without when."""
    page = html_of(client.get(f"/backoffice/mails/{mail.pk}/"))
    rows = page.xpath("//section[header/h2='Delivery attempts']//li/div")
    return [(text_of(row[0]), *[text_of(line) for line in row[2:]]) for row in rows]


def test_each_failure_is_kept_with_what_to_do_about_it(as_mara, refused):
    mail = MailFactory()
    assert [refused(450), refused(550)] == [Mail.State.QUEUED, Mail.State.FAILED]
    assert shown(as_mara, mail) == [
        ("Given up", "The mail server refused the recipient, or the sender address of the shop. Check both."),
        ("Not delivered", "The mail server is busy or checks unknown senders first. The email will be tried again."),
    ]


def test_a_failure_that_nobody_knows_is_told_in_thewords_of_the_server(as_mara, refused):
    mail = MailFactory(to="ines@post.example")
    refused(499)
    assert shown(as_mara, mail) == [("Not delivered", "499 Not now <ines@post.example>")]


def test_what_arrives_in_the_end_keeps_what_went_before(as_mara, refused, monkeypatch):
    mail = MailFactory()
    refused(450)
    monkeypatch.setattr(delivery, "send", lambda mail, message: None)
    Mail.objects.update(try_at=timezone.now())
    assert deliver_next() == Mail.State.SENT
    assert [words[0] for words in shown(as_mara, mail)] == ["Delivered", "Not delivered"]


def test_what_arrives_at_once_has_no_history(as_mara, monkeypatch):
    mail = MailFactory()
    monkeypatch.setattr(delivery, "send", lambda mail, message: None)
    deliver_next()
    assert (MailTry.objects.count(), shown(as_mara, mail)) == (0, [])


def test_only_the_newest_are_kept(refused):
    mail = MailFactory()
    for number in range(MailTry.KEPT):
        mail.failed_tries.create(error=f"421 attempt {number}", at=timezone.now() - timedelta(days=1))
    other = MailFactory(state=Mail.State.SENT).failed_tries.create(error="421 another email's")
    refused(450)
    errors = list(mail.failed_tries.values_list("error", flat=True))
    assert (len(errors), errors[0][:3], errors[-1]) == (MailTry.KEPT, "450", "421 attempt 1")
    assert MailTry.objects.filter(pk=other.pk).exists()


def test_a_mark_that_is_not_written_leaves_no_attempt(refused, monkeypatch):
    mail, create = MailFactory(), MailTry.save

    def cut(self, *args, **kwargs):
        create(self, *args, **kwargs)
        monkeypatch.setattr(Mail, "LEASE", timedelta(0))
        raise Error("cut")

    monkeypatch.setattr(MailTry, "save", cut)
    with pytest.raises(Error, match="cut"):
        refused(450)
    mail.refresh_from_db()
    assert (mail.state, mail.error, MailTry.objects.count()) == (Mail.State.SENDING, "", 0)


def test_an_email_that_was_deleted_meanwhile_leaves_none(refused, monkeypatch):
    MailFactory()
    words_of = delivery.words_of

    def erase(error):
        Mail.objects.all().delete()
        return words_of(error)

    monkeypatch.setattr(delivery, "words_of", erase)
    refused(450)
    assert MailTry.objects.count() == 0
