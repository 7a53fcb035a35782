from collections.abc import Sequence
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Session(AbstractBaseSession):
    """One browser that is signed in or has a cart; with its customer, so that it can be listed, ended and erased."""

    customer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions")
    created_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    client = models.CharField(max_length=200, blank=True)

    # Fingerprints of the addresses in it, as long as nobody is signed in.
    typed: Sequence[str] = ()

    def save(self, *args, **kwargs) -> None:
        """Save it, with the fingerprints by which an erasure finds it."""
        if not self.typed:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            super().save(*args, **kwargs)
            rows = [SessionAddress(session=self, fingerprint=one) for one in self.typed]
            SessionAddress.objects.bulk_create(rows, ignore_conflicts=True)

    @classmethod
    def get_session_store_class(cls) -> type:
        return import_module(settings.SESSION_ENGINE).SessionStore


class SessionAddress(models.Model):
    """That an email address was typed in a browser where nobody is signed in: found by it, and not readable from it."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="addresses")
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fingerprint", "session"], name="one_address_once_a_session")]

    def __str__(self) -> str:
        return self.fingerprint


class SignIn(models.Model):
    """That a customer signed in: one row each time it succeeded."""

    class Method(models.TextChoices):
        PASSWORD = "password", _("Password")
        CODE = "code", _("Email code")
        LINK = "link", _("Password link")
        PASSKEY = "passkey", _("Passkey")

    customer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins", db_index=False)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    method = models.CharField(max_length=10, choices=Method)
    client = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["customer", "at"], name="sign_ins_of_customer")]

    def __str__(self) -> str:
        return f"{self.get_method_display()}, {self.at:%Y-%m-%d %H:%M}"


class SetUpCode(models.Model):
    """That a command printed a code on the server, with which one of staff sets up a first second factor."""

    customer = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="set_up_code")
    code_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"until {self.expires_at:%Y-%m-%d %H:%M}"
