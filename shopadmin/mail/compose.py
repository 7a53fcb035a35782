"""Write a mail as a row, in the transaction of its cause. Nothing else sends mail.

A mail is two templates below `templates/mails/<name>/`: `subject.jinja` and `body.jinja`. The text part is
derived from the HTML, so that both always say the same.
"""

from collections.abc import Callable
from email.utils import make_msgid
from html import unescape
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from shopadmin.mail.text import text_of
from shopadmin.models import Mail, StoreSettings


def compose(
    name: str,
    *,
    to: str,
    language: str,
    context: dict,
    customer=None,
    attachments: tuple[str, ...] = (),
    secret: bool = False,
    notice: bool = False,
    save: bool = True,
) -> Mail | None:
    """Queue the mail `name` for one address, in `language` or the shop's first; None without an address.

    `customer` is whom it is about: erasing them erases it. `attachments` name rows, as in `attachments.py`:
    `document:12`. `secret` bodies are never shown to staff; a `notice` outlives its customer by three days at most.
    Without `save` the caller queues it, together with others.
    """
    if not to:
        return None
    store = StoreSettings.current()
    language = store.spoken_to(language)
    subject, html = written(name, language, lambda: context, store=store)
    mail = Mail(
        name=name,
        customer=None if notice else customer,
        to=to,
        language=language,
        subject=subject[:250],
        text=text_of(html),
        html=html,
        attachments=list(attachments),
        message_id=make_msgid(domain=settings.SITE_HOST),
        secret=secret,
        notice=notice,
    )
    if save:
        mail.save()
    return mail


def written(name: str, language: str, context: Callable[[], dict], *, store: StoreSettings) -> tuple[str, str]:
    """Return subject and HTML of the mail `name` in a language; `context` is called while that is spoken."""
    with translation.override(language), timezone.override(store.time_zone):
        values = {**context(), "store": store, "site_url": settings.SITE_URL, "language": language}
        values["is_for_shop"] = name in Mail.OTHERS_TO_MERCHANT or name.endswith("_merchant")
        subject = " ".join(unescape(render_to_string(f"mails/{name}/subject.jinja", values)).split())
        return subject, render_to_string(f"mails/{name}/body.jinja", {**values, "subject": subject})


def compose_for(customer, name: str, *, context: dict | None = None, **options) -> Mail | None:
    """Queue a mail to a customer, in their language."""
    # By a name of their own choice: before the mailbox is proved, a stranger may have typed it.
    first_name = customer.first_name if customer.is_registered else ""
    context = {"customer": customer, "first_name": first_name, **(context or {})}
    return compose(name, to=customer.email, language=customer.language, context=context, customer=customer, **options)


def compose_for_merchant(name: str, *, context: dict, about=None, **options) -> Mail | None:
    """Queue a mail to the shop's notification address, in the shop's first language."""
    store = StoreSettings.current()
    to = store.notification_email or store.contact_email
    return compose(name, to=to, language=store.first_language, context=context, customer=about, **options)


def compose_again(mail: Mail, *, to: str) -> Mail:
    """Queue what an email says for another address; the failed one says where it went."""
    same = ("name", "customer", "language", "subject", "text", "html", "attachments")
    again = Mail.objects.create(
        to=to, message_id=make_msgid(domain=settings.SITE_HOST), **{field: getattr(mail, field) for field in same}
    )
    mail.replaced_by = again
    mail.save(update_fields=["replaced_by"])
    return again


def absolute(path: str) -> str:
    """An address for a mail: from the settings, never from a request."""
    return urljoin(settings.SITE_URL + "/", path)
