"""The keys behind our seals: SECRET_KEY makes them, and those before it still open what they have sealed."""

from collections.abc import Callable

from django.conf import settings
from django.utils.crypto import constant_time_compare


def known_keys() -> list[str]:
    """That of today first."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def is_sealed(seal: str, make: Callable[[str], str], *, also: tuple[str, ...] = ()) -> bool:
    """Whether a key that we know, or one of those given too, made this seal; `make` makes it from a key."""
    return any(constant_time_compare(seal, make(key)) for key in (*also, *known_keys()))
