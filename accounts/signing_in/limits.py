"""How many tries one gets: by account and network together, by network, and by account as a growing delay."""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import RateLimitUsage, consume, get_ip, respond_429
from django.http import HttpRequest

from accounts.signing_in.devices import known_device

APP = "allauth.account"


def key_of_guesses(request: HttpRequest, email: str) -> str:
    """Who guesses at whose password: the account with the known browser, else with the network."""
    device = known_device(request, email)
    return f"{email} from {device or get_ip(request)}"


def count_guess(request: HttpRequest, email: str) -> list[RateLimitUsage]:
    """Count a try at a password, to be taken back when it was right; too many are answered with 429.

    A known browser is not delayed by what strangers guess at the same account.
    """
    tries = [_count(request, "login_failed", key_of_guesses(request, email))]
    if not known_device(request, email):
        tries.append(_count(request, "login_failed_by_account", email))
    return tries


def count_mail(request: HttpRequest, action: str, email: str) -> None:
    """Count a mail that somebody asks for to an address; a known browser has a count of its own."""
    device = known_device(request, email)
    _count(request, action, f"{email} at {device}" if device else email)


def _count(request: HttpRequest, action: str, key: str) -> RateLimitUsage:
    usage = consume(request, app=APP, action=action, key=key)
    if not usage:
        raise ImmediateHttpResponse(respond_429(request))
    return usage
