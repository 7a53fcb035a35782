from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer
from customers.models.tag import Tag
from shopadmin.models.bulk_job import BulkJob
from shopadmin.models.job import Job


class BulkAction(BulkJob):
    """One thing done to many customers; who was picked is forgotten when it is over."""

    class Kind(models.TextChoices):
        APPROVE = "approve", _("Approve")
        PASSWORD = "password", _("Send password")
        TAG = "tag", _("Add tag")
        UNTAG = "untag", _("Remove tag")
        EXPORT = "export", _("Export")
        ERASE = "erase", _("Erase")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    tag = models.ForeignKey(Tag, models.SET_NULL, null=True, blank=True, related_name="+")
    separator = models.CharField(_("separator"), max_length=1, default=",", help_text=_("For export files."))
    file = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("bulk action")
        verbose_name_plural = _("bulk actions")
        ordering = ["-created_at", "-id"]

    def get_absolute_url(self) -> str:
        return reverse("bulk_action", args=[self.pk])

    def finish(self, state: Job.State, error: str = "") -> None:
        """Write down how it ended, and forget what may name people."""
        self.picked = [] if self.by_hand else None
        super().finish(state, error)


class BulkSkip(models.Model):
    """One customer whom a bulk action left alone, and why."""

    class Reason(models.TextChoices):
        ACCOUNTS_OFF = "accounts_off", _("Customer accounts are switched off")
        RESTRICTED = "restricted", _("Use of data is restricted")
        STAFF = "staff", _("Is a staff member")
        NOT_WAITING = "not_waiting", _("Is not awaiting approval")
        NOT_OPEN = "not_open", _("Cannot sign in")
        HAS_TAG = "has_tag", _("Already has the tag")
        LACKS_TAG = "lacks_tag", _("Does not have the tag")
        CHANGED = "changed", _("No longer matched the filters")
        ERROR = "error", _("Failed; see the worker's log for the reason")

    action = models.ForeignKey(BulkAction, models.CASCADE, related_name="skips")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    reason = models.CharField(_("why"), max_length=40, choices=Reason)

    def __str__(self) -> str:
        return f"{self.customer}: {self.reason}"
