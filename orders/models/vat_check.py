from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shopadmin.rendering.badges import Badge

TRUSTED_FOR = timedelta(days=30)
ASKED_AGAIN_AFTER = timedelta(days=1)


class VatCheck(models.Model):
    """A VAT number that somebody ordered with, and what the EU's register (VIES) says of it.

    Found by an HMAC of the number; the number itself is kept, sealed, only until there is an answer.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Being checked")
        VALID = "valid", _("Valid")
        INVALID = "invalid", _("Not valid")
        UNAVAILABLE = "unavailable", _("Not checked yet")

    BADGES = {
        State.PENDING: "is-half", State.VALID: "is-ok", State.INVALID: "is-stop", State.UNAVAILABLE: "is-half is-warn",
    }  # fmt: skip

    fingerprint = models.CharField(max_length=64, unique=True)
    sealed_number = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=11, choices=State, default=State.PENDING)
    asked_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    consultation = models.CharField(max_length=40, blank=True, help_text=_("The consultation number, as proof."))
    fault = models.CharField(max_length=60, blank=True, help_text=_("Why there was no answer the last time."))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["pending", "unavailable"]) | Q(answered_at__isnull=False),
                name="vat_check_was_answered",
            )
        ]

    def __str__(self) -> str:
        return f"{self.fingerprint[:8]} {self.state}"

    @property
    def is_valid(self) -> bool:
        """Whether the number was valid lately."""
        was_lately = self.answered_at is not None and self.answered_at > timezone.now() - TRUSTED_FOR
        return self.state == self.State.VALID and was_lately

    @property
    def is_waiting(self) -> bool:
        return self.state in (self.State.PENDING, self.State.UNAVAILABLE)

    @property
    def badge(self) -> Badge:
        """What VIES said, in a word."""
        return Badge(self.State(self.state).label, self.BADGES[self.State(self.state)])
