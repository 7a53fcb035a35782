from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer

# Neither of them was merged away, nor had the use of their data restricted.
BOTH_IN_USE = {
    "first__merged_into": None,
    "second__merged_into": None,
    "first__restricted_at": None,
    "second__restricted_at": None,
}


class DuplicateQuerySet(models.QuerySet):
    def open(self) -> "DuplicateQuerySet":
        """Pairs that nobody has decided on: neither merged nor said to be two people."""
        return self.filter(dismissed_at=None, **BOTH_IN_USE)

    def dismissed(self) -> "DuplicateQuerySet":
        """Pairs that somebody said to be two people."""
        return self.filter(dismissed_at__isnull=False, **BOTH_IN_USE)


class Duplicate(models.Model):
    """Two records that may be one person: found by the worker, until somebody merges them or says that they are two."""

    first = models.ForeignKey(Customer, models.CASCADE, related_name="+", help_text=_("The older customer."))
    second = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    dismissed_at = models.DateTimeField(_("marked as not duplicates"), null=True, blank=True)
    dismissed_by = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))

    objects = DuplicateQuerySet.as_manager()

    class Meta:
        verbose_name = _("duplicate")
        verbose_name_plural = _("duplicates")
        constraints = [
            models.UniqueConstraint(fields=["second", "first"], name="one_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="the_older_record_first"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}, {self.second_id}"
