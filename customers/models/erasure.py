from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models.history import ActorKind


class Erasure(models.Model):
    """That a customer was erased, and by whom; nothing in it tells who it was."""

    customer_number = models.BigIntegerField(_("customer number"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.CharField(_("by"), max_length=10, choices=ActorKind)
    orders_kept = models.PositiveIntegerField(_("orders kept by law"), default=0)

    def __str__(self) -> str:
        return f"{self.customer_number} {self.at:%Y-%m-%d}"


class UnwrittenErasure(models.Model):
    """Lines on one record that belong into ERASURE_LOG and could not be written there yet."""

    lines = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
