from django.db import models


class WorkerSeen(models.Model):
    """A worker process and its last sign of life, by which others know what a killed one left behind."""

    id = models.UUIDField(primary_key=True)
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.id)
