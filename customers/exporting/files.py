"""Files of exported customers: kept below DATA_DIR for a week, and not past the erasure of anybody who is in them."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from customers.models import BulkAction
from customers.privacy.erasure import people_in_files
from shopadmin.storage.private_files import private_folder

KEPT = timedelta(days=7)
UNCLAIMED = timedelta(hours=1)
UNDER_WAY = (BulkAction.State.WAITING, BulkAction.State.RUNNING)


def new_file() -> Path:
    """An empty file to write to, under a name that nobody guesses, for this program's eyes only."""
    path = private_folder(_folder()) / f"{secrets.token_hex(16)}.csv"
    path.touch(mode=0o600, exist_ok=False)
    return path


def path_of(action: BulkAction) -> Path | None:
    """Where the file of an export lies, while it is there."""
    path = _folder() / action.file
    return path if action.file and path.is_file() else None


def exports_with(customers: Iterable[int]) -> list[str]:
    """Return the names of the files with one of these customers."""
    numbers = list(customers)
    names = BulkAction.objects.exclude(file="").values_list("file", flat=True)
    return [name for name in names if people_in_files.hold(_folder() / name, numbers)]


def forget_exports_of(customers: Iterable[int]) -> None:
    """Delete the files with one of these customers, in the transaction of an erasure.

    It waits for exports that are being handed over; those that come later find nobody who is erased here.
    """
    under_way = BulkAction.objects.filter(kind=BulkAction.Kind.EXPORT, state__in=UNDER_WAY)
    list(under_way.select_for_update(of=["self"]).order_by("pk").values_list("pk"))
    with_them = exports_with(customers)
    BulkAction.objects.filter(file__in=with_them).update(file="")
    transaction.on_commit(partial(_delete, [_folder() / name for name in with_them]))


def forget_old_exports() -> None:
    """Delete the files of more than a week ago, and those that belong to nothing."""
    now, claimed = timezone.now(), set(BulkAction.objects.exclude(file="").values_list("file", flat=True))
    files = [(path, path.stat().st_mtime) for path in _folder().glob("*.csv")]
    old = [path for path, at in files if at < (now - KEPT).timestamp()]
    _delete([*old, *(path for path, at in files if path.name not in claimed and at < (now - UNCLAIMED).timestamp())])
    BulkAction.objects.filter(file__in=[path.name for path in old]).update(file="")


def _delete(paths: Iterable[Path]) -> None:
    for path in paths:
        people_in_files.delete(path)


def _folder() -> Path:
    return settings.DATA_DIR / "exports"
