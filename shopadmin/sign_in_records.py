"""What a session remembers of how somebody signed in, as far as guards of the backoffice ask: no query."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

SIGNED_IN_AT = "signed_in_at"
# How long staff who signed in, or said again who they are, may do what cannot be undone.
LATELY = 15 * 60


def came_with_second_factor(request: HttpRequest) -> bool:
    """Whether an authenticator app, a passkey or a recovery code was used to sign in."""
    return bool(_times(request, "mfa"))


def proved_lately(request: HttpRequest) -> bool:
    """Whether it is a few minutes ago at most that this person showed who they are, by all that it takes."""
    times = _times(request, "mfa") or [*_times(request, None), request.session.get(SIGNED_IN_AT, 0)]
    return time.time() - max(times) < LATELY


def _times(request: HttpRequest, method: str | None) -> list[float]:
    """When that method was used; without one, when the person was asked again."""
    records = get_authentication_records(request, request.user)
    return [one["at"] for one in records if (one["method"] == method if method else one.get("reauthenticated"))]
