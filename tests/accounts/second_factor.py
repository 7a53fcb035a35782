"""Second factors for tests: sessions that came with one, and codes of an authenticator app."""

from time import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client
from django.utils.timezone import now

from accounts.signing_in.mfa_adapter import MfaAdapter
from customers.models import Customer

PERIOD = 30


def with_factor(client: Client, **record: str | bool) -> Client:
    """Make a session of staff one that came with a second factor just now."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": now().timestamp(), **record}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return client


def app_of(customer: Customer) -> Authenticator:
    """Give somebody an authenticator app."""
    return TOTP.activate(customer, generate_totp_secret()).instance


def code_of(app: Authenticator) -> str:
    """What the app shows; tests do not wait for the next one, so what was used is forgotten."""
    cache.clear()
    return shown_by(secret_of(app))


def secret_of(app: Authenticator) -> str:
    return MfaAdapter().decrypt(app.data["secret"])


def shown_by(secret: str, *, later: int = 0) -> str:
    """What an app with that secret shows, so many periods from now."""
    return format_hotp_value(hotp_value(secret, int(time()) // PERIOD + later))
