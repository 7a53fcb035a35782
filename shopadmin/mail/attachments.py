"""The files attached to an email. It names the row that each can be had from, so that no file is needed to send it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from shopadmin.models import Mail


@dataclass(frozen=True)
class Attachment:
    """One file: its name, its size in bytes, and how to come by its content."""

    name: str
    size: int
    content_type: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Gone:
    """One that was deleted, as documents are after the years that the law keeps them."""

    name: str
    size: None = None


# What emails have attached, by the word before the colon: finds it by what stands behind, or nothing. The apps above
# add theirs; emails of the first releases name a file instead, without a word.
finders: dict[str, Callable[[str], Attachment | None]] = {}


def attachments_of(mail: Mail) -> list[Attachment | Gone]:
    """List the files of an email, in the order in which they were attached."""
    return [find(reference) or Gone(PurePosixPath(reference).name) for reference in mail.attachments]


def find(reference: str) -> Attachment | None:
    """Return what an email names; None where it is not there any more."""
    kind, _colon, name = reference.rpartition(":")
    finder = finders.get(kind)
    return finder(name) if finder else None
