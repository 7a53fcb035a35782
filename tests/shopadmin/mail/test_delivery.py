"""What the worker does with a mail, in conversation with a real mail server."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shopadmin.mail import delivery
from shopadmin.mail.attachments import Attachment, finders
from shopadmin.mail.delivery import claim, deliver_next, forget_bodies
from shopadmin.models import Mail
from tests.factories import MailFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def server(mail_server):
    mail_server.controller.start()
    return mail_server


def later(**pause):
    """Let the queue believe that time has passed."""
    Mail.objects.update(try_at=timezone.now() - timedelta(**pause))


def test_a_mail_is_delivered_once_with_its_headers_and_both_parts(server):
    mail = MailFactory()
    assert [deliver_next(), deliver_next()] == [Mail.State.SENT, None]
    [message] = server.taken
    assert message["From"] == "Veld & Vorm <shop@shop.example>"
    assert (message["To"], message["Reply-To"]) == ("ines@vandermeulen.example", "shop@shop.example")
    assert (message["Message-ID"], message["Content-Language"]) == (mail.message_id, "nl")
    assert (message["Auto-Submitted"], message["Subject"]) == ("auto-generated", mail.subject)
    assert abs(message["Date"].datetime - mail.created_at) < timedelta(seconds=1)
    assert message.get_body(["plain"]).get_content() == mail.text
    assert message.get_body(["html"]).get_content().strip() == mail.html
    mail.refresh_from_db()
    assert (mail.state, mail.tries, mail.error) == (Mail.State.SENT, 1, "")


def test_a_document_is_attached_from_what_the_mail_names(server, monkeypatch):
    pdf = b"%PDF-1.7 an invoice"
    papers = {"7": Attachment("R-1001.pdf", len(pdf), "application/pdf", lambda: pdf)}
    monkeypatch.setitem(finders, "paper", papers.get)
    MailFactory(attachments=["paper:7"])
    deliver_next()
    [attachment] = server.taken[0].iter_attachments()
    assert (attachment.get_filename(), attachment.get_content_type()) == ("R-1001.pdf", "application/pdf")
    assert attachment.get_content() == pdf


def test_a_file_outside_the_documents_is_never_attached(server):
    mail = MailFactory(attachments=["../secret-key"])
    deliver_next()
    mail.refresh_from_db()
    assert server.taken == []
    assert mail.state != Mail.State.SENT


def test_while_the_server_is_away_mails_wait_and_arrive_afterwards(mail_server):
    mail = MailFactory()
    assert deliver_next() == Mail.State.QUEUED
    assert deliver_next() is None
    mail.refresh_from_db()
    assert "ConnectionRefusedError" in mail.error
    mail_server.controller.start()
    later(seconds=1)
    assert deliver_next() == Mail.State.SENT
    assert [message["Message-ID"] for message in mail_server.taken] == [mail.message_id]


def test_pauses_grow_and_end_after_three_days(mail_server):
    mail = MailFactory()
    pauses = []
    for _try in range(3):
        deliver_next()
        mail.refresh_from_db()
        pauses.append(round((mail.try_at - timezone.now()) / timedelta(minutes=1)))
        later(seconds=1)
    assert pauses == [1, 2, 5]
    Mail.objects.update(created_at=timezone.now() - delivery.GIVE_UP_AFTER)
    assert deliver_next() == Mail.State.FAILED


@pytest.mark.parametrize("answer", ["451 Greylisted, come back later", "rcpt 450 Mailbox busy"])
def test_what_is_refused_for_now_is_tried_again(server, answer):
    server.answers = [answer]
    MailFactory()
    assert deliver_next() == Mail.State.QUEUED
    later(seconds=1)
    assert deliver_next() == Mail.State.SENT
    assert len(server.taken) == 1


@pytest.mark.parametrize("answer", ["554 We take no mail from you", "rcpt 550 No such user"])
def test_what_is_refused_for_good_fails_at_once_and_says_why(server, answer):
    server.answers = [answer]
    mail = MailFactory()
    assert deliver_next() == Mail.State.FAILED
    mail.refresh_from_db()
    assert mail.error == answer.removeprefix("rcpt ")
    assert list(Mail.objects.failing()) == [mail]


def test_a_server_that_hangs_up_gets_the_same_mail_again(server):
    server.answers = ["hang up"]
    mail = MailFactory()
    assert deliver_next() == Mail.State.QUEUED
    later(seconds=1)
    assert deliver_next() == Mail.State.SENT
    assert server.seen == [mail.message_id, mail.message_id]
    assert len(server.taken) == 1


def test_one_bad_mail_does_not_keep_the_others(server):
    MailFactory(subject="two\nlines")
    MailFactory(to="ines@vandermeulen.example, otto@post.example")
    good = MailFactory()
    assert [deliver_next() for _mail in range(4)] == [Mail.State.FAILED, Mail.State.FAILED, Mail.State.SENT, None]
    assert [message["Message-ID"] for message in server.taken] == [good.message_id]


def test_a_line_break_in_the_name_of_the_shop_makes_no_header(server, store):
    store.name = "Veld\nBcc: everybody@example.com"
    store.save()
    MailFactory()
    deliver_next()
    assert server.taken[0]["Bcc"] is None
    assert server.taken[0]["From"].addresses[0].addr_spec == "shop@shop.example"


def test_a_claim_belongs_to_one_worker_until_its_lease_ends(mailoutbox):
    mail = claim()
    assert mail is None
    MailFactory()
    killed = claim()
    assert deliver_next() is None
    Mail.objects.update(claimed_at=timezone.now() - Mail.LEASE - timedelta(seconds=1))
    assert deliver_next() == Mail.State.SENT
    assert [message.extra_headers["Message-ID"] for message in mailoutbox] == [killed.message_id]
    assert Mail.objects.get().tries == 2


def test_who_lost_the_lease_changes_nothing_any_more(mailoutbox):
    MailFactory()
    slow = claim()
    Mail.objects.update(claimed_at=timezone.now() - Mail.LEASE - timedelta(seconds=1))
    deliver_next()
    delivery._mark_refused(slow, TimeoutError())
    assert Mail.objects.get().state == Mail.State.SENT


def test_bodies_with_secret_links_are_emptied_once_sent(mailoutbox):
    MailFactory(secret=True)
    deliver_next()
    mail = Mail.objects.get()
    assert (mail.text, mail.html, mail.subject) == ("", "", "Your order is on its way")
    assert "Your parcel" in mailoutbox[0].body


def test_a_notice_is_gone_once_sent(mailoutbox):
    MailFactory(notice=True)
    assert deliver_next() == Mail.State.SENT
    assert len(mailoutbox) == 1
    assert not Mail.objects.exists()


def test_three_days_later_neither_notices_nor_secrets_are_left():
    old = timezone.now() - Mail.NOTICE_KEPT - timedelta(minutes=1)
    MailFactory(notice=True, created_at=old)
    secret = MailFactory(secret=True, created_at=old)
    young = MailFactory(notice=True)
    forget_bodies()
    assert set(Mail.objects.values_list("pk", "state", "html")) == {
        (secret.pk, "failed", ""),
        (young.pk, "queued", young.html),
    }
