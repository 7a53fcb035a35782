from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class WorkerSeenQuerySet(models.QuerySet):
    def alive(self) -> Self:
        """Those that have signed within WORKER_SILENCE."""
        return self.filter(seen_at__gt=Now() - settings.WORKER_SILENCE)


class WorkerSeen(models.Model):
    """A worker process and its last sign of life, by which others know what a killed one left behind."""

    id = models.UUIDField(primary_key=True)
    seen_at = models.DateTimeField(db_index=True)

    objects = WorkerSeenQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)

    @classmethod
    def sign(cls, worker_id: UUID | str) -> None:
        """Write down that this worker lives."""
        cls.objects.update_or_create(pk=worker_id, defaults={"seen_at": Now()})
