from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shopadmin.models.store import StoreSettings
from shopadmin.models.worker import WorkerSeen
from shopadmin.rendering.badges import Badge

SILENCE = timedelta(minutes=1)


class Job(models.Model):
    """Work that the worker does while the person who asked for it looks at its progress.

    Each batch and its `done` are committed together, so that a killed job goes on where it was.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("work", "Queued")
        RUNNING = "running", pgettext_lazy("work", "Running")
        DONE = "done", pgettext_lazy("work", "Done")
        STOPPED = "stopped", pgettext_lazy("work", "Stopped")
        FAILED = "failed", pgettext_lazy("work", "Failed")

    CSS = {
        State.WAITING: "is-open",
        State.RUNNING: "is-half",
        State.DONE: "is-ok",
        State.STOPPED: "is-stopped is-warn",
        State.FAILED: "is-stopped is-stop",
    }

    state = models.CharField(_("status"), max_length=10, choices=State, default=State.WAITING)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("requested"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    total = models.PositiveBigIntegerField(_("rows"), null=True, blank=True)
    done = models.PositiveBigIntegerField(_("done"), default=0)
    stop_wanted = models.BooleanField(default=False)
    error = models.TextField(_("error message"), blank=True)

    class Meta:
        abstract = True

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def percent(self) -> int:
        """How far it is, from 0 to 100."""
        return min(100, 100 * self.done // self.total) if self.total else 0

    @property
    def waits_in_vain(self) -> bool:
        """Whether there is nobody to do it: it is a minute old, and no worker shows life."""
        if not self.is_under_way or self.created_at > timezone.now() - SILENCE:
            return False
        return not WorkerSeen.objects.alive().exists()

    @property
    def language(self) -> str:
        """That of whoever asked for it: what goes wrong is written for them."""
        return StoreSettings.current().spoken_to(self.by.language if self.by else "")

    @property
    def badge(self) -> Badge:
        return Badge(self.get_state_display(), self.CSS[self.state])

    def ask_to_stop(self) -> None:
        """Stop after the batch that is running, at once where it did not begin yet; what is done stays done."""
        rows = type(self).objects.filter(pk=self.pk)
        rows.update(stop_wanted=True)
        if rows.filter(state=self.State.WAITING).update(state=self.State.STOPPED):
            self.refresh_from_db()
            self.finish(self.State.STOPPED)

    def is_asked_to_stop(self) -> bool:
        return type(self).objects.filter(pk=self.pk, stop_wanted=True).exists()

    def begin(self) -> bool:
        """Take the work up, for the first time or again after a worker was killed; False when it is over already."""
        under_way = [self.State.WAITING, self.State.RUNNING]
        begun = type(self).objects.filter(pk=self.pk, state__in=under_way).update(state=self.State.RUNNING)
        self.refresh_from_db()
        return bool(begun)

    def finish(self, state: "Job.State", error: str = "") -> None:
        """Write down how it ended."""
        self.state, self.error, self.finished_at = state, error, timezone.now()
        self.save(update_fields=["state", "error", "finished_at"])
