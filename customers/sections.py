"""What customers themselves add to the timeline: changes and mails."""

from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers import timeline
from customers.changes import changes_of
from customers.models import Customer


def register() -> None:
    """Called once, when the app is ready."""
    timeline.sections.append(timeline.Section("changes", gettext_lazy("Changes"), changes_of))
    timeline.sections.append(timeline.Section("mails", gettext_lazy("Mails"), mails_to))


def mails_to(customer: Customer, before: datetime, limit: int) -> list[timeline.Entry]:
    """The timeline's entries on mails, each with what became of it."""
    mails = customer.mails.filter(created_at__lt=before).defer("text", "html").order_by("-created_at", "-id")
    return [timeline.Entry(mail.created_at, "mail", _sentence(mail)) for mail in mails[:limit]]


def _sentence(mail: object) -> str:
    subject = format_html('<a href="{}">{}</a>', reverse("mail", args=[mail.pk]), mail.subject)
    return format_html(_("Mail {subject}: {state}"), subject=subject, state=mail.get_state_display())
