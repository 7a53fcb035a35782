from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shopadmin.models.job import Job


class CustomerImport(Job):
    """One file of customers that was, or is being, taken in; `done` counts the lines behind it."""

    name = models.CharField(_("file"), max_length=200)
    path = models.CharField(max_length=500, blank=True)
    fingerprint = models.CharField(
        max_length=64, help_text=_("SHA-256 of the file: the same file goes on where it was.")
    )
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    delimiter = models.CharField(_("separator"), max_length=1, blank=True)
    columns = models.JSONField(default=list, help_text=_("The field that each column of the file goes to."))
    dry_run = models.BooleanField(_("try only"), default=False)
    created = models.PositiveBigIntegerField(_("new"), default=0)
    updated = models.PositiveBigIntegerField(_("changed"), default=0)
    unchanged = models.PositiveBigIntegerField(_("as they were"), default=0)
    rejected = models.PositiveBigIntegerField(_("refused"), default=0)
    rejects = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["fingerprint"], name="import_of_a_file")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("customer_import", args=[self.pk])
