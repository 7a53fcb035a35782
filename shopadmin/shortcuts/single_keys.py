"""Shortcuts of a single key (`/`, `?`), which whoever speaks to the machine can switch off (WCAG 2.1.4)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE, OFF = f"{settings.COOKIE_PREFIX}single_keys", "off"


def are_on(request: HttpRequest) -> bool:
    """Whether single keys do something in this browser."""
    return request.COOKIES.get(COOKIE) != OFF


def keep(response: HttpResponse, *, on: bool) -> None:
    """Remember the choice in this browser, as long as its language."""
    response.set_cookie(
        COOKIE,
        "on" if on else OFF,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
