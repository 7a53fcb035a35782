"""The lines of ERASURE_LOG, written and read.

    v1 2026-11-29T04:23:53.123456Z erased KEY ENTRY FINGERPRINT
    v1 2026-11-29T04:23:53.223456Z taken-back KEY ENTRY

FINGERPRINT is an HMAC-SHA256 of a customer number and an email address together, made with ERASURE_KEY; KEY tells
which key that was. ENTRY is random, and the same for all lines of one record, which a single line takes back. The time
is UTC. Nothing in a line tells who it was, and whoever has no key cannot try addresses on it.
"""

import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from customers.email_addresses import normalise_email

TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
LINE = re.compile(
    r"v1 (?P<at>[\d-]{10}T[\d:.]{15}Z) (?:taken-back (?P<back_key>[0-9a-f]{8}) (?P<back>[0-9a-f]{16})"
    r"|erased (?P<key>[0-9a-f]{8}) (?P<entry>[0-9a-f]{16}) (?P<fingerprint>[0-9a-f]{64}))"
)


def new_entry() -> str:
    """What the lines of one record have in common."""
    return secrets.token_hex(8)


def erased(entry: str, number: int, emails: Iterable[str]) -> str:
    """Return the lines that say that a record was erased: one for each address that it has had."""
    start = f"v1 {timezone.now().astimezone(UTC):{TIME}} erased {key_name()} {entry}"
    return "".join(f"{start} {found}\n" for found in sorted({fingerprint(number, email) for email in emails}))


def taken_back(entry: str) -> str:
    """Return the line that takes those of an entry back."""
    return f"v1 {timezone.now().astimezone(UTC):{TIME}} taken-back {key_name()} {entry}\n"


def fingerprint(number: int, email: str) -> str:
    """Return what is written of a customer number and an address that belong together."""
    keyed = _keyed(settings.ERASURE_KEY).copy()
    keyed.update(f"{number} {normalise_email(email)}".encode())
    return keyed.hexdigest()


def key_name() -> str:
    """Return what tells ERASURE_KEY from other keys, and nothing more of it."""
    return salted_hmac(
        "customers.privacy.erasure.erasure_log.key", b"", secret=settings.ERASURE_KEY, algorithm="sha256"
    ).hexdigest()[:8]


@cache
def _keyed(secret: str) -> hmac.HMAC:
    # Copied for each address, since deriving the key takes longer than all the rest.
    return salted_hmac("customers.privacy.erasure.erasure_log", b"", secret=secret, algorithm="sha256")


@dataclass
class ErasureLog:
    """What several files say together: when whom, by fingerprint, and which lines say nothing."""

    erased_at: dict[str, datetime] = field(default_factory=dict)
    not_understood: list[str] = field(default_factory=list)
    other_key: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)


def read(paths: Iterable[Path]) -> ErasureLog:
    """Read files, in whichever order: what is taken back in one of them counts in none."""
    log, lines, back = ErasureLog(), [], set()
    for path in paths:
        with path.open(encoding="utf-8", errors="replace") as file:
            for number, text in enumerate(file, 1):
                found = _match(log, text, where=f"{path}, line {number}")
                if found and found["back"]:
                    back.add(found["back"])
                elif found:
                    lines.append((found["entry"], found["fingerprint"], found["at"]))
    for entry, one, at in lines:
        if entry not in back:
            moment = datetime.strptime(at, TIME).replace(tzinfo=UTC)
            log.erased_at[one] = max(moment, log.erased_at.get(one, moment))
    return log


def _match(log: ErasureLog, text: str, *, where: str) -> re.Match | None:
    """The parts of a line; one that says nothing is noted in the log, an empty one is not."""
    found = LINE.fullmatch(text.rstrip("\n"))
    if found and (found["key"] or found["back_key"]) != key_name():
        log.other_key.append(where)
        return None
    if not found and text.strip():
        # Its writing was cut short, so that its erasure never committed: the line comes before.
        (log.not_understood if text.endswith("\n") else log.unfinished).append(where)
    return found
