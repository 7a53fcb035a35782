"""What somebody has to sign in with beside a password: passkeys, an authenticator app, recovery codes.

Each change is told by email and ends all other sessions, which somebody else may have opened.
"""

from collections.abc import Iterable

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts import mails
from accounts.security import recovery_codes
from accounts.signing_in.sessions import end_sessions
from customers.models import Customer
from shopadmin.caches import DatabaseCache

PASSKEY, APP, RECOVERY_CODES = Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES


class _App(TOTP):
    """An authenticator app whose used codes the database knows: Redis may be away, or come back empty."""

    used = DatabaseCache("", {"KEY_PREFIX": "used"})

    def _mark_code_used(self, code: str) -> bool:
        lasts = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)  # as long as it is accepted
        return self.used.add(self._get_used_cache_key(code), True, timeout=lasts)


def factors_of(customer: Customer) -> QuerySet[Authenticator]:
    """Passkeys and app, the oldest first; recovery codes only stand in for one."""
    return Authenticator.objects.filter(user=customer).exclude(type=RECOVERY_CODES).order_by("pk")


def passkeys_of(customer: Customer) -> QuerySet[Authenticator]:
    """The passkeys alone, the oldest first."""
    return Authenticator.objects.filter(user=customer, type=PASSKEY).order_by("pk")


def rename(passkey: Authenticator, name: str) -> None:
    """Call a passkey something else."""
    Authenticator.objects.filter(pk=passkey.pk).update(data=passkey.data | {"name": name})


def factor_with_code(customer: Customer, typed: str) -> Authenticator | None:
    """What a typed code belongs to, which is used up: the app's, or a recovery code; None for a wrong one."""
    if recovery_codes.looks_like_one(typed):
        return recovery_codes.use_code(customer, typed)
    app = Authenticator.objects.filter(user=customer, type=APP).first()
    return app if app and use_code_of(app, typed) else None


def use_code_of(app: Authenticator, typed: str) -> bool:
    """Whether a code is the app's now and was not used yet; from then on it was."""
    return _App(app).validate_code(typed)


@transaction.atomic
def add_app(request: HttpRequest, secret: str) -> Authenticator:
    """Add an authenticator app; another one that was there goes."""
    _locked(request.user)
    Authenticator.objects.filter(user=request.user, type=APP).delete()
    return _added(request, TOTP.activate(request.user, secret).instance)


@transaction.atomic
def add_passkey(request: HttpRequest, *, name: str, credential: dict) -> Authenticator:
    """Add a passkey."""
    return _added(request, WebAuthn.add(request.user, name, credential).instance)


def add_first_passkey(request: HttpRequest, customer: Customer, *, name: str, credential: dict) -> None:
    """Add the passkey with which a new account is signed in to from now on."""
    passkey = WebAuthn.add(customer, name, credential).instance
    record_authentication(request, customer, "mfa", id=passkey.pk, type=passkey.type, passwordless=True)
    mails.way_in_changed(customer, "passkey_added")


@transaction.atomic
def remove(request: HttpRequest, factor: Authenticator) -> bool:
    """Remove a passkey or the app; False, and nothing is done, when it is the last that staff must have."""
    customer = _locked(request.user)
    if is_needed(factor, factors_of(customer)):
        return False
    factor.delete()
    if not factors_of(customer).exists():
        Authenticator.objects.filter(user=customer).delete()  # codes that stand in for nothing
    _begin_anew(request)
    mails.way_in_changed(customer, f"{KINDS_IN_MAILS[factor.type]}_removed")
    return True


def is_needed(factor: Authenticator, factors: Iterable[Authenticator]) -> bool:
    """Whether nothing else would be left of what staff must sign in with."""
    is_required = settings.REQUIRE_STAFF_MFA and factor.user.is_staff
    return is_required and all(other.pk == factor.pk for other in factors)


@transaction.atomic
def make_recovery_codes(request: HttpRequest) -> list[str]:
    """Make recovery codes, which end those before; to be shown now and never again."""
    codes = recovery_codes.make_codes(_locked(request.user))
    mails.way_in_changed(request.user, "recovery_codes_made")
    return codes


KINDS_IN_MAILS = {PASSKEY: "passkey", APP: "app"}


def _added(request: HttpRequest, factor: Authenticator) -> Authenticator:
    _begin_anew(request)
    # Whoever has just shown that it works is not asked for it at once.
    record_authentication(request, request.user, "mfa", id=factor.pk, type=factor.type)
    mails.way_in_changed(request.user, f"{KINDS_IN_MAILS[factor.type]}_added")
    return factor


def _begin_anew(request: HttpRequest) -> None:
    """Another key for this session, and the end of all others."""
    request.session.cycle_key()
    end_sessions(request.user, but=request.session.session_key)


def _locked(customer: Customer) -> Customer:
    """The same, locked: two changes at once would each count on the other's factor."""
    return Customer.objects.select_for_update().get(pk=customer.pk)
