"""The files of products' pictures."""

from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import storages

AREA, FOLDER = "pictures", "products"


def is_there(name: str) -> bool:
    return storages[AREA].exists(f"{FOLDER}/{name}")


def write(name: str, content: bytes) -> None:
    """Write one that is not there yet."""
    storages[AREA].save(f"{FOLDER}/{name}", ContentFile(content))


def delete(names: Iterable[str]) -> None:
    """Delete those that are there."""
    for name in names:
        storages[AREA].delete(f"{FOLDER}/{name}")


def names() -> list[str]:
    """Return the names of all that are there."""
    return storages[AREA].listdir(FOLDER)[1]
