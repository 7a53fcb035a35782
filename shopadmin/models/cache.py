from django.db import models


class CacheRow(models.Model):
    """One cached value: the table of Django's database cache, which `migrate` would not make by itself."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "cache"

    def __str__(self) -> str:
        return self.cache_key
