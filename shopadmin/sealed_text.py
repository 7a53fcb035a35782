"""Text that only this installation can read again, for what must not lie open in a table for a while."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

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


def _keys(salt: str) -> MultiFernet:
    """Seal with the secret key of today; what an earlier one sealed can still be read."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (salted_hmac("shopadmin.sealing", salt, secret=secret, algorithm="sha256").digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
