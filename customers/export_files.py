"""Files of exported customers: kept below DATA_DIR for a week, and not past the next erasure."""

import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from customers.models import BulkAction, Erasure

KEPT = timedelta(days=7)


def new_file() -> Path:
    """An empty file to write to, under a name that nobody guesses, for this program's eyes only."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{secrets.token_hex(16)}.csv"
    path.touch(mode=0o600, exist_ok=False)
    return path


def path_of(action: BulkAction) -> Path | None:
    """Where the file of an export lies, while it is there."""
    path = _folder() / action.file
    return path if action.file and path.is_file() else None


def forget_exports() -> None:
    """Delete every file, those that are being written too: an erased customer may be in any of them."""
    _delete(_folder().glob("*.csv"))


def forget_old_exports() -> None:
    """Delete the files of more than a week ago, or from before the last erasure."""
    last = Erasure.objects.order_by("-at").values_list("at", flat=True).first()
    oldest = max(timezone.now() - KEPT, last or timezone.now() - KEPT)
    _delete(path for path in _folder().glob("*.csv") if path.stat().st_mtime < oldest.timestamp())


def _delete(paths: object) -> None:
    names = [path.name for path in paths]
    for name in names:
        (_folder() / name).unlink(missing_ok=True)
    BulkAction.objects.filter(file__in=names).update(file="")


def _folder() -> Path:
    return settings.DATA_DIR / "exports"
