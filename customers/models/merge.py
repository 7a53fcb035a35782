from datetime import date, datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer

UNDO = timedelta(days=30)


class Merge(models.Model):
    """Two records that became one, with all it takes to part them again for thirty days.

    The merged record stays as a row that points to the kept one: its address is nobody else's, signs in
    nowhere, and orders placed with it belong to the kept one.
    """

    kept = models.ForeignKey(Customer, models.CASCADE, related_name="merges")
    merged = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    moved = models.JSONField(default=dict, help_text=_("IDs of the rows moved to the kept customer, by table."))
    before = models.JSONField(default=dict, help_text=_("Values of either customer that were overwritten, by field."))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"

    @property
    def until(self) -> datetime:
        """The last moment at which it can be undone."""
        return self.at + UNDO

    @property
    def last_day(self) -> date:
        """The last day on the whole of which it can be undone."""
        return timezone.localdate(self.until) - timedelta(days=1)

    @property
    def can_be_undone(self) -> bool:
        return self.undone_at is None and timezone.now() < self.until
