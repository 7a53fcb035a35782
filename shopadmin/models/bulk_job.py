from collections.abc import Sequence

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from shopadmin.models.job import Job


class BulkJob(Job):
    """One thing done to many rows of a list: those picked by hand, or all that a view of it lets through.

    The words that were searched for are forgotten when it is over: they may name people.
    """

    query = models.CharField(_("view"), max_length=1000, blank=True)
    picked = models.JSONField(
        null=True, blank=True, help_text=_("Numbers of the selected rows. Empty for all rows in the view.")
    )
    last_id = models.BigIntegerField(default=0)
    until_id = models.BigIntegerField(null=True, help_text=_("Excludes rows added after the action was requested."))
    skipped = models.PositiveBigIntegerField(_("skipped"), default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.created_at:%Y-%m-%d}"

    @property
    def by_hand(self) -> bool:
        """Whether its rows were picked one by one."""
        return self.picked is not None

    @property
    def changed(self) -> int:
        """To how many it was done."""
        return self.done - self.skipped

    def advance(self, ids: Sequence[int], *, skipped: int) -> None:
        """Write down that these are behind it, and how many of them it left alone."""
        self.last_id = max(ids, default=self.last_id)
        self.done, self.skipped = self.done + len(ids), self.skipped + skipped
        self.save(update_fields=["last_id", "done", "skipped"])

    def finish(self, state: Job.State, error: str = "") -> None:
        """Write down how it ended, and forget what may name people."""
        view = QueryDict(self.query, mutable=True)
        view.pop("q", None)
        self.query = view.urlencode()
        self.save(update_fields=["query", "picked"])
        super().finish(state, error)
