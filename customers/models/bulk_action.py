from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer
from customers.models.tag import Tag
from shopadmin.models.job import Job


class BulkAction(Job):
    """One thing done to many customers: those picked by hand, or all that a view of the list lets through."""

    class Kind(models.TextChoices):
        APPROVE = "approve", _("Approve")
        PASSWORD = "password", _("Send password")
        TAG = "tag", _("Add a tag")
        UNTAG = "untag", _("Remove a tag")
        EXPORT = "export", _("Export")
        ERASE = "erase", _("Delete")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    query = models.CharField(_("view"), max_length=1000, blank=True)
    picked = models.JSONField(null=True, blank=True, help_text=_("Customer numbers; empty for the whole view."))
    tag = models.ForeignKey(Tag, models.SET_NULL, null=True, blank=True, related_name="+")
    last_id = models.BigIntegerField(default=0)
    file = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("bulk action")
        verbose_name_plural = _("bulk actions")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.created_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("bulk_action", args=[self.pk])


class BulkSkip(models.Model):
    """One customer whom a bulk action left alone, and why."""

    action = models.ForeignKey(BulkAction, models.CASCADE, related_name="skips")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    reason = models.CharField(_("why"), max_length=40)

    def __str__(self) -> str:
        return f"{self.customer}: {self.reason}"
