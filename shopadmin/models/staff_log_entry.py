from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class StaffLogEntry(models.Model):
    """That one of the staff was shown, changed or was refused something: one row a page, by number and never by name.

    Nothing points to anybody, so that it outlives whoever is erased; the database refuses to change it (triggers.py).
    """

    class Act(models.TextChoices):
        LOOKED = "looked", _("Viewed")
        SEARCHED = "searched", _("Listed or searched")
        CHANGED = "changed", _("Changed")
        EXPORTED = "exported", _("Exported")
        ERASED = "erased", _("Erased")
        MERGED = "merged", _("Merged")
        SIGNED_IN = "signed_in", _("Signed in")
        SIGN_IN_REFUSED = "sign_in_refused", _("Sign-in refused")
        REFUSED = "refused", _("Access refused")

    at = models.DateTimeField(db_default=Now(), editable=False, db_index=True)
    actor = models.BigIntegerField(null=True)
    act = models.CharField(max_length=20, choices=Act)
    whom = models.BigIntegerField(null=True)
    page = models.CharField(max_length=60, blank=True)
    detail = models.JSONField(default=dict)
    address = models.CharField(max_length=45, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["whom", "-id"], name="staff_log_of_customer"),
            models.Index(fields=["actor", "-id"], name="staff_log_of_staff"),
            models.Index(fields=["act", "-id"], name="staff_log_of_act"),
        ]

    def __str__(self) -> str:
        return f"{self.actor or '-'} {self.act} {self.whom or ''} {self.page}"
