"""Browsers that an address has signed in from: guesses made elsewhere do not slow their owner down there."""

import secrets
from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from shopadmin.secret_keys import is_sealed
from shopadmin.sign_in_records import came_with_second_factor

COOKIE = f"{settings.COOKIE_PREFIX}device"
YEAR = 365 * 24 * 60 * 60


def get_to_know(response: HttpResponse, email: str) -> None:
    """Leave a cookie by which this browser is known as one of `email`; it says neither who nor where."""
    device = secrets.token_hex(8)
    response.set_cookie(
        COOKIE, f"{device}.{_seal(device, email, settings.SECRET_KEY)}", max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip


def may_be_known(request: HttpRequest) -> bool:
    """Whether whoever signed in here showed all that it takes: staff without a second factor may be a thief."""
    return not (request.user.is_staff and settings.REQUIRE_STAFF_MFA) or came_with_second_factor(request)


def known_device(request: HttpRequest, email: str) -> str:
    """The name of this browser if `email` has signed in from it, else nothing."""
    device, _dot, seal = request.COOKIES.get(COOKIE, "").partition(".")
    return device if is_sealed(seal, partial(_seal, device, email)) else ""


def _seal(device: str, email: str, key: str) -> str:
    return salted_hmac("accounts.devices", f"{device}.{email}", secret=key, algorithm="sha256").hexdigest()
