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


def count_second_step(request: HttpRequest, email: str, *, is_guessable: bool) -> list[RateLimitUsage]:
    """Count a try at the second step, to be taken back when it was right; too many are answered with 429.

    Whoever has the password makes its owner wait nowhere: a known browser has a count of its own, so has each
    network, and by account alone only short codes of strange browsers are counted, never recovery codes or passkeys.
    """
    tries = [_count(request, "second_step", key_of_guesses(request, email))]
    if is_guessable and not known_device(request, email):
        tries.append(_count(request, "second_step_by_account", email))
    return tries


def is_worth_a_warning(request: HttpRequest, email: str) -> bool:
    """Whether this wrong code at the second step is the fifth within an hour, for which no email went out yet."""
    is_fifth = not consume(request, app=APP, action="second_step_wrong", key=email)
    return is_fifth and bool(consume(request, app=APP, action="second_step_mail", key=email))


def count_passkey_options(request: HttpRequest) -> None:
    """Count that a stranger's browser asks what to use a passkey for, which costs a session each time."""
    _count(request, "passkey_options", "")


def count_mail(request: HttpRequest, action: str, email: str) -> None:
    """Count a mail that somebody asks for to an address; a known browser has a count of its own."""
    device = known_device(request, email)
    _count(request, action, f"{email} at {device}" if device else email)


def _count(request: HttpRequest, action: str, key: str) -> RateLimitUsage:
    usage = consume(request, app=APP, action=action, key=key)
    if not usage:
        raise ImmediateHttpResponse(respond_429(request))
    return usage
