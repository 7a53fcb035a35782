"""Text that only this installation can read again, for what must not lie open in a table for a while."""

import base64
from contextlib import suppress

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.utils.crypto import salted_hmac

from shopadmin.secret_keys import known_keys

BLOCK = 128  # so that the length does not tell how long a password is


def seal(text: str, *, salt: str) -> str:
    """Encrypt a text; `salt` says what for, so that nothing sealed for one thing opens another."""
    data = text.encode()
    return _keys(salt).encrypt(data + bytes(-len(data) % BLOCK)).decode()


def unseal(sealed: str, *, salt: str) -> str:
    """The text that was sealed; empty for what is none of ours."""
    try:
        return _keys(salt).decrypt(sealed).rstrip(b"\0").decode()
    except (InvalidToken, ValueError):  # ValueError: no base64 at all
        return ""


def renewed(sealed: str, *, salt: str) -> str:
    """The same, sealed with the key of today; what that has sealed, or none that is known, stays as it is."""
    today, *_earlier = known_keys()
    with suppress(InvalidToken):
        _key(salt, today).decrypt(sealed)
        return sealed
    with suppress(InvalidToken):
        return _keys(salt).rotate(sealed).decode()
    return sealed


def _keys(salt: str) -> MultiFernet:
    """Seal with the secret key of today; what an earlier one sealed can still be read."""
    return MultiFernet([_key(salt, secret) for secret in known_keys()])


def _key(salt: str, secret: str) -> Fernet:
    digest = salted_hmac("shopadmin.sealing", salt, secret=secret, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
