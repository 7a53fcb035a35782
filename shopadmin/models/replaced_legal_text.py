from django.db import models
from django.utils import timezone


class ReplacedLegalText(models.Model):
    """What a legal text of the shop said until it was replaced; orders placed before were placed under it."""

    kind = models.CharField(max_length=30)  # the field of the settings
    texts = models.JSONField(default=dict)  # by language, as there
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["replaced_at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} until {self.replaced_at:%Y-%m-%d %H:%M}"
