import socket
from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Case, When
from django.db.models.functions import Now


class HostQuerySet(models.QuerySet):
    def at_once(self) -> list["Host"]:
        """Those that have worked beside another one in the last day."""
        hosts = list(self.filter(seen_at__gt=Now() - self.model.KEPT).order_by("name"))
        return [host for host in hosts if any(host.worked_beside(other) for other in hosts if other.pk != host.pk)]

    def forwarded(self) -> Self:
        """Those that were sent a header of proxies lately."""
        return self.filter(forwarded_at__gt=Now() - self.model.KEPT)

    def forget_silent(self) -> None:
        """Delete those that have shown no life for a day."""
        self.filter(seen_at__lte=Now() - self.model.KEPT).delete()


class Host(models.Model):
    """A machine or container on which a web server or worker of this shop runs, and since when without a break."""

    KEPT = timedelta(days=1)
    SIGNS_EVERY = timedelta(minutes=1)
    SILENCE = 2 * SIGNS_EVERY

    name = models.CharField(max_length=255, primary_key=True)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    # When a request brought a header as proxies send it, while TRUSTED_PROXIES was 0.
    forwarded_at = models.DateTimeField(null=True)

    objects = HostQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def sign(cls, *, forwarded: bool = False) -> None:
        """Write down that something runs on this machine; `forwarded` when a header of proxies was seen."""
        changes = {"seen_at": Now()} | ({"forwarded_at": Now()} if forwarded else {})
        host, is_new = cls.objects.get_or_create(pk=socket.gethostname(), defaults={"since": Now(), **changes})
        if not is_new:
            was_silent = When(seen_at__lt=Now() - cls.SILENCE, then=Now())
            cls.objects.filter(pk=host.pk).update(**changes, since=Case(was_silent, default="since"))

    def worked_beside(self, other: "Host") -> bool:
        """Whether both were at work at one time, as far as their signs of life tell."""
        return self.since <= other.seen_at + self.SILENCE and other.since <= self.seen_at + self.SILENCE
