"""The files attached to an email, as its page lists them."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.storage import default_storage

from shopadmin.models import Mail


@dataclass
class Attachment:
    """One file; `size` is None once it is deleted, as documents are after the years that the law keeps them."""

    name: str
    size: int | None


def attachments_of(mail: Mail) -> list[Attachment]:
    """List the files of an email, in the order in which they were attached."""
    return [Attachment(PurePosixPath(path).name, _size(path)) for path in mail.attachments]


def _size(path: str) -> int | None:
    return default_storage.size(path) if default_storage.exists(path) else None
