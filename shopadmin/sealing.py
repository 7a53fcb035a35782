"""Text that only this installation can read again, for what must not lie open in a table for a while.

The standard library has no cipher: the text is hidden by SHAKE-256 of a key and a nonce that is used once, and signed.
"""

import base64
import secrets
from hashlib import shake_256

from django.core import signing
from django.utils.crypto import salted_hmac

NONCE = 16
BLOCK = 128  # so that the length does not tell how long a password is


def seal(text: str, *, salt: str) -> str:
    """Hide a text; `salt` says what for, so that nothing sealed for one thing opens another."""
    data = text.encode()
    data += bytes(-len(data) % BLOCK)
    nonce = secrets.token_bytes(NONCE)
    hidden = base64.urlsafe_b64encode(nonce + _mixed(data, nonce, salt)).decode()
    return signing.Signer(salt=salt).sign(hidden)


def unseal(sealed: str, *, salt: str) -> str:
    """The text that was sealed; empty for what is none of ours."""
    try:
        hidden = base64.urlsafe_b64decode(signing.Signer(salt=salt).unsign(sealed))
    except signing.BadSignature:
        return ""
    return _mixed(hidden[NONCE:], hidden[:NONCE], salt).rstrip(b"\0").decode()


def _mixed(data: bytes, nonce: bytes, salt: str) -> bytes:
    key = salted_hmac("shopadmin.sealing", salt, algorithm="sha256").digest()
    stream = shake_256(key + nonce).digest(len(data))
    return bytes(one ^ other for one, other in zip(data, stream, strict=True))
