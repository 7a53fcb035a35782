from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer
from customers.models.import_rows import ImportReject, ImportSeen
from shopadmin.models.job import Job
from shopadmin.rendering.badges import Badge

CAN_GO_ON_FOR = timedelta(days=30)


class FileImportQuerySet(models.QuerySet):
    def idle(self) -> Self:
        """Those that nobody works at: over, or not started yet."""
        over = ~Q(state__in=[Job.State.WAITING, Job.State.RUNNING])
        return self.filter(over | Q(state=Job.State.WAITING, columns=[]))

    def that_may_go_on(self) -> Self:
        """Those that are not done; after a month nobody goes on with one."""
        return self.filter(~Q(state=Job.State.DONE), created_at__gt=timezone.now() - CAN_GO_ON_FOR)


class FileImport(Job):
    """One file that was, or is being, taken in; `done` counts the lines behind it.

    While `columns` is empty nobody has said yet where its columns go, and nothing begins.
    """

    name = models.CharField(_("file"), max_length=200)
    # Where it is kept, if it was brought to a page; else where the command that was given it found it.
    file = models.CharField(max_length=60, blank=True, default="", db_default="")
    path = models.CharField(max_length=500, blank=True)
    lines = models.PositiveBigIntegerField(default=0, db_default=0)
    fingerprint = models.CharField(
        max_length=64, help_text=_("SHA-256 of the file, used to resume the import of the same file.")
    )
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    delimiter = models.CharField(_("separator"), max_length=1, blank=True)
    columns = models.JSONField(default=list, help_text=_("The field for each column of the file."))
    dry_run = models.BooleanField(_("test run"), default=False)
    created = models.PositiveBigIntegerField(_("new"), default=0)
    updated = models.PositiveBigIntegerField(_("changed"), default=0)
    unchanged = models.PositiveBigIntegerField(_("unchanged"), default=0)
    rejected = models.PositiveBigIntegerField(_("rejected"), default=0)
    warned = models.PositiveBigIntegerField(_("skipped cells"), default=0)
    reasons = models.JSONField(default=list, help_text=_("Reasons for rejected rows and skipped cells, with counts."))
    erased = models.JSONField(default=list, help_text=_("Fingerprints of email addresses erased during the import."))

    objects = FileImportQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_new(self) -> bool:
        """Whether it was brought and not started yet."""
        return self.state == self.State.WAITING and not self.columns

    @property
    def is_under_way(self) -> bool:
        return super().is_under_way and not self.is_new

    @property
    def is_half_done(self) -> bool:
        """Whether it ended before its end, and can go on from there."""
        return self.state in {self.State.STOPPED, self.State.FAILED} and self.done > 0 and not self.dry_run

    @property
    def can_begin(self) -> bool:
        """Whether it can be started from the first line: it is new, was only tried, or ended before it began."""
        return not self.is_under_way and not self.is_half_done and (self.state != self.State.DONE or self.dry_run)

    @property
    def badge(self) -> Badge:
        return Badge(_("Not started"), "is-open") if self.is_new else super().badge

    def earlier(self) -> Self | None:
        """When the same file was taken in before, the last time that it was."""
        done = type(self).objects.filter(fingerprint=self.fingerprint, state=self.State.DONE, dry_run=False)
        return done.exclude(pk=self.pk).first()

    def wait_for_the_worker(self, by: Customer) -> None:
        """Let the worker begin, or go on."""
        self.by, self.stop_wanted = by, False
        self.state, self.finished_at, self.error = self.State.WAITING, None, ""
        self.save()

    def begin_anew(self, *, columns: list[str], dry_run: bool) -> None:
        """Forget an earlier try, and say where the columns go."""
        self.columns, self.dry_run, self.total = columns, dry_run, None
        self.forget_outcome()

    def forget_outcome(self) -> None:
        """Count from the first line again; what was kept of the rows goes."""
        ImportReject.objects.of(self).delete()
        ImportSeen.objects.of(self).delete()
        self.done = self.created = self.updated = self.unchanged = self.rejected = self.warned = 0
        self.reasons = []

    def reasons_of(self, kind: str) -> list[dict]:
        """Why rows were refused, or cells left out, the most frequent first."""
        found = [one | {"more": one["count"] > len(one["lines"])} for one in self.reasons if one["kind"] == kind]
        return sorted(found, key=lambda one: (not one["reason"], -one["count"], one["lines"]))


class CustomerImport(FileImport):
    """One file of customers."""

    class Meta(FileImport.Meta):
        abstract = False
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["fingerprint"], name="import_of_a_file")]

    def get_absolute_url(self) -> str:
        return reverse("customer_import", args=[self.pk])
