"""What went wrong with an email, and what to do about it, in words for people who know no mail servers."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shopadmin.models import Mail, WorkerSeen

FILES = "shopadmin.mail.files.MailFiles"
# How the kept error of an email begins (`delivery.py`): a code of the mail server (RFC 5321, RFC 4954), or a kind.
ADVICE: list[tuple[tuple[str, ...], str | Promise]] = [
    (
        ("ConnectionRefusedError", "ConnectionResetError", "SMTPServerDisconnected", "421"),
        _("The mail server does not answer. Check the host name and port in EMAIL_URL."),
    ),
    (
        ("gaierror", "UnicodeError"),
        _("There is no mail server of that name. Check the host name in EMAIL_URL."),
    ),
    (
        ("TimeoutError", "timeout"),
        _("The mail server took too long to answer. A firewall may block its port."),
    ),
    (
        ("SSLError", "SSLCertVerificationError", "SMTPNotSupportedError"),
        _("The connection to the mail server could not be secured. Check whether EMAIL_URL says smtp+tls or smtp+ssl."),
    ),
    (
        ("530", "534", "535", "538"),
        _("The mail server did not accept the user name and password. Check both in EMAIL_URL."),
    ),
    (
        ("450", "451", "452"),
        _("The mail server is busy or checks unknown senders first. The email will be tried again."),
    ),
    (
        ("550", "551", "553"),
        _("The mail server refused the recipient, or the sender address of the shop. Check both."),
    ),
    (
        ("554", "571"),
        _("The mail server took this email for spam, or the shop may not send from its sender address."),
    ),
]


def advice(mail: Mail) -> str | Promise:
    """Return what to do about an email that has not arrived; nothing where there is nothing to say."""
    if mail.state == Mail.State.SENT:
        return _no_mail_server() if mail.name == "test" else ""
    if mail.error:
        return advice_on(mail.error)
    if mail.state == Mail.State.QUEUED and not WorkerSeen.objects.alive().exists():
        return _("Nothing sends emails at the moment: the worker is not running. Start it with “manage.py worker”.")
    return ""


def advice_on(error: str) -> str | Promise:
    """Return what to do about what a mail server said, or what became of the connection to it."""
    begins = error.split(" ", 1)[0]
    return next((words for codes, words in ADVICE if begins in codes), "")


def _no_mail_server() -> str | Promise:
    if settings.EMAIL_BACKEND != FILES:
        return ""
    return _("No mail server is set up, so emails are written to files. Set EMAIL_URL to send them.")
