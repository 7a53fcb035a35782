"""What every area of files has in common, whether it is a folder or a part of a bucket (`areas.py`)."""

import logging
import secrets
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile

from django.core.files.storage import InvalidStorageError, storages
from django.db import transaction
from django.http import FileResponse
from django.utils import timezone
from django_tasks import task

from shopadmin.storage.private_files import HAS_NAMELESS_FILES

AGAIN = timedelta(minutes=10)

log = logging.getLogger(__name__)


class OutOfReach(OSError):
    """The store of files does not answer, or refuses what it is asked: for a while, or until a setting is mended."""


def trouble() -> str:
    """Why no files can be kept now, in few words; nothing where they can."""
    try:
        return storages["documents"].trouble()
    except InvalidStorageError:
        return "django-storages and boto3 are not installed"


def new_name(ending: str) -> str:
    """A name that nobody guesses, with the day: what belongs to nothing is told by it, without asking for each file."""
    return f"{timezone.now():%Y%m%d}-{secrets.token_hex(16)}.{ending}"


def names_from_before_yesterday(area: str) -> list[str]:
    """The names that are older than a day, whatever the clocks of several machines say, or that say no day."""
    yesterday = timezone.now().date() - timedelta(days=1)
    return [name for name in storages[area].listdir("")[1] if _day_of(name) < yesterday]


def _day_of(name: str) -> date:
    try:
        return datetime.strptime(name[:9], "%Y%m%d-").date()
    except ValueError:
        return date.min


def at_hand(area: str, name: str) -> AbstractContextManager[Path]:
    """Where this machine can read a file again and again; its copy of one in a bucket has no name, and cannot stay."""
    return storages[area].at_hand(name)


@contextmanager
def scratch_file(chunks) -> Iterator[Path]:
    """A file for a while, under a path by which this process alone can read it."""
    with TemporaryFile() if HAS_NAMELESS_FILES else NamedTemporaryFile() as file:
        file.writelines(chunks)
        file.flush()
        yield Path(f"/proc/self/fd/{file.name}" if HAS_NAMELESS_FILES else file.name)


def download(area: str, name: str, **options) -> FileResponse:
    """A file as an answer; FileNotFoundError where it is not there. Who may have it is asked by the view."""
    file = storages[area].open(name)
    response = FileResponse(file, **options)
    response["Content-Length"] = file.size
    return response


def delete_on_commit(area: str, names: Collection[str]) -> None:
    """Delete files once the transaction has come to its end: at once, or by the worker should this process not."""
    if names:
        transaction.on_commit(partial(_delete, area, [*names]), robust=True)
        delete_files.enqueue(area, [*names])


@task
def delete_files(area: str, names: list[str]) -> None:
    """Delete files, whose names tell nothing of anybody; again and again while the store is away."""
    if left := _delete(area, names):
        delete_files.using(run_after=timezone.now() + AGAIN).enqueue(area, left)


def _delete(area: str, names: Collection[str]) -> list[str]:
    """Delete these; returns those that are left because the store is away."""
    names = [*names]
    for place, name in enumerate(names):
        try:
            storages[area].delete(name)
        except OSError as error:
            log.warning("%s files of %s are not deleted yet: %s", len(names) - place, area, error)
            return names[place:]
    return []
