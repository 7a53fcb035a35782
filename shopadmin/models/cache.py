from django.db import models
from django.db.models.functions import Now


class CacheRowQuerySet(models.QuerySet):
    def forget_expired(self) -> None:
        """Delete the values that nobody will ask for again."""
        self.filter(expires__lt=Now()).delete()


class CacheRow(models.Model):
    """One cached value of `shopadmin.caches.DatabaseCache`."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    objects = CacheRowQuerySet.as_manager()

    class Meta:
        db_table = "cache"

    def __str__(self) -> str:
        return self.cache_key
