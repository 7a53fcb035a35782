from datetime import timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shopadmin.lists.search_index import write_texts
from shopadmin.models.worker import WorkerSeen
from shopadmin.rendering.badges import Badge
from shopadmin.search.folding import folded_text, fragments, in_unicode


class MailQuerySet(models.QuerySet):
    def due(self) -> "MailQuerySet":
        """What a worker may claim now: waiting and past its pause, or claimed by a worker that went silent."""
        is_late = Q(claimed_at__lt=Now() - Mail.LEASE)
        was_claimed_before = Q(claimed_by__isnull=False, claimed_at__lt=Now() - settings.WORKER_SILENCE)
        is_orphaned = was_claimed_before & ~Exists(WorkerSeen.objects.alive().filter(pk=OuterRef("claimed_by")))
        waits = Q(state=Mail.State.QUEUED, try_at__lte=Now())
        return self.filter(waits | Q(is_late | is_orphaned, state=Mail.State.SENDING)).order_by("try_at", "id")

    def to_customers(self) -> "MailQuerySet":
        """Those that the shop did not write to itself."""
        return self.exclude(Q(name__endswith="_merchant") | Q(name__in=Mail.OTHERS_TO_MERCHANT))

    def about_unrestricted(self) -> "MailQuerySet":
        """Those that are about nobody who had the use of their data restricted, whom owners alone may see."""
        people = self.model._meta.get_field("customer").related_model._base_manager
        return self.exclude(customer__in=people.filter(restricted_at__isnull=False).values("pk"))

    def failing(self) -> "MailQuerySet":
        """What staff should look at: given up and sent to no other address, or tried in vain at least three times."""
        given_up = Q(state=Mail.State.FAILED, replaced_by=None)
        return self.filter(given_up | Q(state=Mail.State.QUEUED, tries__gte=3))

    def queue(self, mails: list["Mail"]) -> list["Mail"]:
        """Write new mails with one statement, in the transaction of their cause."""
        for mail in mails:
            mail.compose_search_text()
        return self.bulk_create(mails)

    def matching(self, words: str) -> "MailQuerySet":
        """Those in whose recipient or subject the words stand; how is said in `shopadmin.search.folding`."""
        ways = [Q(search_text__fragment=parts) for parts in fragments(words)]
        return self.filter(reduce(or_, ways)) if ways else self.none()


class Mail(models.Model):
    """One mail to one recipient, written in the transaction of its cause and sent by the worker.

    `secret` bodies (links that sign in or set a password) are never shown to staff and are emptied once
    sent; a `notice` about an erasure goes altogether, delivered or not, after three days at most.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        SENDING = "sending", _("Sending")
        SENT = "sent", pgettext_lazy("mail", "Delivered")
        FAILED = "failed", _("Not delivered")

    CSS = {
        State.QUEUED: "is-open",
        State.SENDING: "is-half",
        State.SENT: "is-ok",
        State.FAILED: "is-stopped is-stop",
    }
    # Their names do not end in _merchant, as those of all other emails to the shop itself do.
    OTHERS_TO_MERCHANT = ("approval_wanted", "privacy_request", "account_deleted_by_shopper")
    LEASE = timedelta(minutes=5)
    NOTICE_KEPT = timedelta(days=3)

    name = models.CharField(_("kind"), max_length=60)
    customer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="mails",
        help_text=_("The customer this email is about; erased together with them."),
    )
    to = models.EmailField(_("to"), max_length=254)
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField()
    html = models.TextField()
    attachments = models.JSONField(default=list, help_text=_("What the files are made from, such as document:12."))
    message_id = models.CharField(max_length=250, unique=True)
    secret = models.BooleanField(default=False)
    notice = models.BooleanField(default=False)
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField(_("date"), default=timezone.now)
    try_at = models.DateTimeField(db_default=Now())
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.UUIDField(null=True)
    sent_at = models.DateTimeField(_("delivered"), null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(_("error"), blank=True)
    replaced_by = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        related_name="replaces",
        help_text=_("The same email, sent to another address."),
    )
    search_text = models.TextField(blank=True, editable=False)

    objects = MailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "try_at"], name="mail_due"),
            models.Index(fields=["-created_at", "-id"], name="mail_newest"),
            models.Index(fields=["-id"], name="mail_test", condition=models.Q(name="test")),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"

    def save(self, *args, **kwargs) -> None:
        """Save; what is searched of a new email is composed, and stays as it is, since nobody changes an email."""
        if self._state.adding:
            self.compose_search_text()
        super().save(*args, **kwargs)

    def compose_search_text(self) -> None:
        """Compose what is searched of it."""
        self.search_text = search_text_of_mail(self.to, self.subject)

    @property
    def status(self) -> Badge:
        """The state as a mark and a word."""
        if self.state == self.State.QUEUED and self.tries:
            return Badge(_("Will be retried"), "is-half is-warn")
        return Badge(self.get_state_display(), self.CSS[self.state])

    @property
    def can_be_retried(self) -> bool:
        """Whether it was given up, its words are still there, and it went to no other address."""
        return self.is_given_up and bool(self.html)

    @property
    def is_given_up(self) -> bool:
        """Whether it was not delivered, and not sent to another address either."""
        return self.state == self.State.FAILED and self.replaced_by_id is None

    def retry(self) -> bool:
        """Put it back into the queue; False if there is nothing to send or somebody was faster."""
        given_up = Mail.objects.filter(pk=self.pk, state=self.State.FAILED, replaced_by=None).exclude(html="")
        return bool(given_up.update(state=self.State.QUEUED, try_at=Now(), tries=0))


def search_text_of_mail(to: str, subject: str) -> str:
    """Recipient and subject, folded."""
    return folded_text([to, subject], in_unicode(to))


def write_search_texts(ids: list[int]) -> None:
    """Compose what is searched of many emails anew, in the caller's transaction."""
    rows = Mail.objects.filter(pk__in=ids).values_list("pk", "to", "subject")
    write_texts(Mail, {pk: search_text_of_mail(to, subject) for pk, to, subject in rows})
