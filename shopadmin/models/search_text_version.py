from django.db import models


class SearchTextVersion(models.Model):
    """By which version of the folding the search texts of one table were composed, all of them."""

    table = models.CharField(max_length=63, unique=True)
    version = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.table}: {self.version}"
