"""Secrets of authenticator apps and recovery codes last for years, longer than the key that they were sealed with."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from accounts.signing_in.mfa_adapter import SALT
from shopadmin.sealed_text import renewed

SEALED = {"secret", "seed"}


def renew_seals() -> None:
    """Seal them with the SECRET_KEY of today, so that an earlier one need not be kept."""
    if not settings.SECRET_KEY_FALLBACKS:
        return
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
    for pk in list(Authenticator.objects.filter(type__in=kinds).values_list("pk", flat=True)):
        with transaction.atomic():
            _renew(pk)


def _renew(pk: int) -> None:
    factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if factor is None:
        return
    data = {name: renewed(text, salt=SALT) if name in SEALED else text for name, text in factor.data.items()}
    if data != factor.data:
        factor.data = data
        factor.save(update_fields=["data"])
