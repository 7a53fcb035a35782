"""The files of pictures, in the storage of the shop."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

FOLDER = "pictures"


def is_there(name: str) -> bool:
    return default_storage.exists(f"{FOLDER}/{name}")


def write(name: str, content: bytes) -> None:
    """Write one that is not there yet."""
    default_storage.save(f"{FOLDER}/{name}", ContentFile(content))


def delete(names: Iterable[str]) -> None:
    """Delete those that are there."""
    for name in names:
        default_storage.delete(f"{FOLDER}/{name}")


def names() -> list[str]:
    """Return the names of all that are there."""
    return default_storage.listdir(FOLDER)[1] if default_storage.exists(FOLDER) else []


def names_older_than(age: timedelta) -> list[str]:
    """Return the names of those that were written so long ago."""
    before = timezone.now() - age
    return [name for name in names() if default_storage.get_modified_time(f"{FOLDER}/{name}") < before]
