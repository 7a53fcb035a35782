"""Deliver queued mails: claim, send, mark.

A mail is claimed in a short transaction, with a lease; sent while no transaction is open; then marked, on a new
connection if the old one was cut meanwhile. A row lock held while a mail server talks would send a mail twice each
time the connection is cut, and stop every other writer on SQLite.
"""

import logging
import smtplib
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from email.utils import format_datetime, formataddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import Error, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from shopadmin.database_clock import database_now
from shopadmin.mail.attachments import Gone, attachments_of
from shopadmin.models import Mail, MailTry, StoreSettings

PAUSES = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120, 240)]
GIVE_UP_AFTER = timedelta(days=3)

log = logging.getLogger(__name__)


def deliver_next() -> Mail.State | None:
    """Try to deliver the mail that has waited longest; returns what became of it, None when nothing is due."""
    mail = claim()
    return deliver(mail) if mail else None


def deliver(mail: Mail) -> Mail.State:
    """Try to deliver a mail that is claimed; returns what became of it."""
    store = StoreSettings.current()
    try:
        send(mail, message_of(mail, store))
    except Exception as error:  # whatever one mail meets, the others go on
        log.warning("Mail %s was not delivered: %s", mail.pk, type(error).__name__)
        return _mark_refused(mail, error)
    return _mark_delivered(mail)


def claim(worker_id: UUID | None = None) -> Mail | None:
    """Take one due mail for Mail.LEASE, so that no other worker sends it meanwhile.

    A worker that signs gives its id: when it is killed, others need not wait for the end of its lease.
    """
    # Looking takes no lock; on SQLite the claim takes the only one there is.
    if not Mail.objects.due().exists():
        return None
    with transaction.atomic():
        mail = Mail.objects.due().select_for_update(skip_locked=True).first()
        if mail:
            claimed = {"state": Mail.State.SENDING, "claimed_at": Now(), "claimed_by": worker_id}
            Mail.objects.filter(pk=mail.pk).update(**claimed, tries=mail.tries + 1)
            mail.refresh_from_db()
    return mail


def message_of(mail: Mail, store: StoreSettings) -> EmailMultiAlternatives:
    """The mail as it goes out; sent again, it is the same one to the letter."""
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        sender_of(store),
        [mail.to],
        reply_to=[store.contact_email] if store.contact_email else None,
        headers={
            "Message-ID": mail.message_id,
            "Date": format_datetime(mail.created_at),
            "Content-Language": mail.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(mail.html, "text/html")
    return message


def sender_of(store: StoreSettings) -> str:
    """The shop's name and address, on one line whatever was typed into the settings."""
    address = store.sender_email or store.contact_email or f"noreply@{settings.SITE_HOST}"
    return formataddr((" ".join(store.name.split()), address))


def send(mail: Mail, message: EmailMultiAlternatives) -> None:
    """Hand the mail and its attachments to the mail server; returns once the server took it."""
    for file in attachments_of(mail):
        if isinstance(file, Gone):
            raise FileNotFoundError(file.name)
        message.attach(file.name, file.read(), file.content_type)
    server = get_connection()
    server.open()
    try:
        server.send_messages([message])
    finally:
        # What happens while taking leave does not change whether the mail was taken.
        with suppress(Exception):
            server.close()


def forget_bodies() -> None:
    """Empty what holds links that sign in, and drop notices about erasures, once they are three days old."""
    old = Mail.objects.filter(created_at__lt=timezone.now() - Mail.NOTICE_KEPT)
    old.filter(notice=True).delete()
    old.filter(secret=True).exclude(html="").exclude(state=Mail.State.SENDING).update(
        state=Mail.State.FAILED, text="", html=""
    )


def words_of(error: Exception) -> str:
    """What the mail server said, for staff to read."""
    code: int | str
    reply: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, reply = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, reply = error.smtp_code, error.smtp_error
    else:
        code, reply = type(error).__name__, str(error)
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else str(reply)
    return f"{code} {text}".replace("\0", "")[:1000]


def _mark_delivered(mail: Mail) -> Mail.State:
    changes = {"state": Mail.State.SENT, "sent_at": Now(), "error": ""}
    if mail.secret:
        changes |= {"text": "", "html": ""}
    _mark(mail, lambda rows: rows.delete() if mail.notice else rows.update(**changes))
    return Mail.State.SENT


def _mark_refused(mail: Mail, error: Exception) -> Mail.State:
    given_up = _is_final(error) or database_now() - mail.created_at >= GIVE_UP_AFTER
    state = Mail.State.FAILED if given_up else Mail.State.QUEUED
    pause = PAUSES[min(mail.tries, len(PAUSES)) - 1]
    words = words_of(error)
    _mark(mail, lambda rows: _note_failure(mail, words, rows.update(state=state, try_at=Now() + pause, error=words)))
    return state


def _note_failure(mail: Mail, words: str, marked: int) -> None:
    """Add to the history of an email that is still there and ours, and drop what is too old in it."""
    if marked:
        mail.failed_tries.create(error=words[:250])
        too_old = mail.failed_tries.values_list("pk", flat=True)[MailTry.KEPT :]
        MailTry.objects.filter(pk__in=list(too_old)).delete()


def _mark(mail: Mail, write: Callable) -> None:
    """Write down what became of a mail, while its claim is ours; again and again if the database is away."""
    begun_at = time.monotonic()
    while True:
        try:
            with transaction.atomic():
                ours = Mail.objects.filter(pk=mail.pk, state=Mail.State.SENDING)
                write(ours.filter(tries=mail.tries, claimed_by=mail.claimed_by))
            return
        except Error:
            if time.monotonic() - begun_at >= Mail.LEASE.total_seconds():
                raise
            connection.close()
            time.sleep(1)


def _is_final(error: Exception) -> bool:
    """Whether to try again is pointless: refused for good (5xx), or no mail can be made of it.

    A refused sender, password or greeting is the shop's trouble, not this mail's: it will be mended.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reply in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)
