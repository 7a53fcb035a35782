from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shopadmin.models.mail import Mail


class MailTry(models.Model):
    """One attempt to deliver an email that failed; goes with the email, of which the newest ones are kept."""

    KEPT = 20

    mail = models.ForeignKey(Mail, models.CASCADE, related_name="failed_tries")
    at = models.DateTimeField(_("when"), default=timezone.now)
    error = models.CharField(_("error"), max_length=250)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.error}"
