"""Files that were brought to be imported: kept below DATA_DIR while they are needed, and not past the
next erasure, since whoever was erased may be in any of them.
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce, Replace
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.importing.erased import IMPORTS, forget_fingerprints
from customers.models import Consent, Erasure
from customers.traces import Traces

FILES = ("path", "rejects", "warnings")
KEPT = timedelta(days=7)
UNCLAIMED = timedelta(days=1)


def keep(file: UploadedFile) -> Path:
    """Where the file lies now: under a name that nobody guesses, for this program's eyes only."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder() / f"{secrets.token_hex(16)}.csv"
    path.touch(mode=0o600, exist_ok=False)
    with path.open("wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    return path


def is_there(path: str) -> bool:
    return bool(path) and os.path.isfile(path)


def forget_idle_imports() -> None:
    """Delete the files of all imports that are not under way."""
    for model in IMPORTS:
        _forget(model.objects.idle())


def forget_old_imports() -> None:
    """Delete the files of what was done a week ago or never begun, of what is from before the last erasure, and
    those that belong to nothing; forget who was erased during imports of more than a month ago.
    """
    forget_fingerprints()
    old, last = timezone.now() - KEPT, Erasure.objects.order_by("-at").values_list("at", flat=True).first()
    known: set[str] = set()
    for model in IMPORTS:
        idle = model.objects.idle().alias(ended=Coalesce("finished_at", "created_at"))
        _forget(idle.filter(Q(ended__lt=old) | Q(created_at__lt=last or old)))
        known.update(path for paths in model.objects.values_list(*FILES) for path in paths)
    unclaimed = timezone.now() - UNCLAIMED
    for path in folder().glob("*"):
        if str(path) not in known and path.stat().st_mtime < unclaimed.timestamp():
            path.unlink(missing_ok=True)


def rename(traces: Traces) -> None:
    """Before an erasure: give files that are called after this person a name of no meaning, wherever it is kept.

    A file that a command was given stays where it is; an import that is under way still has to find it.
    """
    for model in IMPORTS:
        for one in model.objects.only("name", "path", "rejects", "state", "columns"):
            if traces.are_in(one.name):
                old, one.name = one.name, _("Import %(number)s") % {"number": one.pk}
                one.save(update_fields=["name"])
                _forget_in_consents(old, one.name)
            if traces.are_in(Path(one.path).name) and not one.is_under_way:
                model.objects.filter(pk=one.pk).update(path="", rejects="")


def _forget_in_consents(old: str, new: str) -> None:
    found = Consent.objects.filter(source="import", text__contains=old)
    found.update(text=Replace("text", Value(old), Value(new)))


def _forget(imports: QuerySet) -> None:
    """Files that lie elsewhere were given to a command, and are not ours to delete."""
    ours = imports.filter(path__startswith=f"{folder()}{os.sep}")
    for one in ours:
        for path in filter(None, (getattr(one, name) for name in FILES)):
            Path(path).unlink(missing_ok=True)
    imports.model.objects.filter(pk__in=[one.pk for one in ours]).update(**dict.fromkeys(FILES, ""))


def folder() -> Path:
    return settings.DATA_DIR / "imports"
