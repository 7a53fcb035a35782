from typing import Self

from django.db import models


class ImportRowQuerySet(models.QuerySet):
    def of(self, job: models.Model) -> Self:
        """Those of one import, of whichever kind."""
        return self.filter(kind=job._meta.model_name, job=job.pk)


class ImportSeen(models.Model):
    """What stood in a file so far and may stand there once (addresses, SKUs), as 64 bits of a keyed hash.

    `kind` is the model of the import, `job` its number. Written with the batch that it comes from, and gone when the
    import is done.
    """

    pk = models.CompositePrimaryKey("kind", "job", "print")
    kind = models.CharField(max_length=20)
    job = models.BigIntegerField()
    print = models.BigIntegerField()

    objects = ImportRowQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.job}: {self.print}"


class ImportReject(models.Model):
    """A row of a file that was refused, or imported without some of its cells; line 0 holds the header of the file.

    Written with the batch that it comes from, and kept as long as the file itself.
    """

    kind = models.CharField(max_length=20)
    job = models.BigIntegerField()
    is_refused = models.BooleanField()
    line = models.PositiveBigIntegerField()
    column = models.TextField()
    reason = models.TextField()
    cells = models.JSONField()

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "job", "is_refused", "id"], name="rejects_of_an_import")]

    def __str__(self) -> str:
        return f"{self.kind} {self.job}: {self.line}"
