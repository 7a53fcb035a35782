"""What ERASURE_LOG says, for tests."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from customers.privacy import erasure_log_format


def logged() -> set[str]:
    """The fingerprints that count, as a replay reads them."""
    path = Path(settings.ERASURE_LOG)
    return set(erasure_log_format.read([path] if path.exists() else []).erased_at)


def prints_of(*people: tuple[int, str]) -> set[str]:
    """What the log must hold of these numbers and addresses."""
    return {erasure_log_format.fingerprint(number, email) for number, email in people}


def kinds_of_lines() -> list[str]:
    """Line by line, whether it says that somebody was erased or takes that back."""
    return [line.split()[2] for line in lines_of_the_log()]


def lines_of_the_log() -> Iterable[str]:
    return Path(settings.ERASURE_LOG).read_text().splitlines()
