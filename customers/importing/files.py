"""Files that were brought to be imported: kept below DATA_DIR while they are needed, and not past the
next erasure, since whoever was erased may be in any of them.
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, Replace
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.importing.erased import IMPORTS, forget_fingerprints
from customers.models import Consent, FileImport, ImportReject
from customers.privacy.erasure import people_in_files
from customers.privacy.erasure.names_in_text import Traces
from shopadmin.storage.private_files import private_folder, written_whole

KEPT = timedelta(days=7)
UNCLAIMED = timedelta(hours=1)


def keep(file: UploadedFile) -> Path:
    """Where the file lies now: under a name that nobody guesses, for this program's eyes only."""
    path = private_folder(folder()) / f"{secrets.token_hex(16)}.csv"
    with written_whole(path) as kept:
        kept.writelines(file.chunks())
    return path


def is_there(path: str) -> bool:
    return bool(path) and os.path.isfile(path)


def forget_imports_of(emails: Iterable[str]) -> None:
    """Delete the files with one of these, in the transaction of an erasure; those under way go when they are over."""
    _forget_on_commit(imports_with(emails))


def imports_with(emails: Iterable[str]) -> list[FileImport]:
    """Return the imports not under way whose files, kept by us, hold one of these addresses."""
    numbers = people_in_files.numbers_of(emails)
    return [one for model in IMPORTS for one in _ours(model.objects.idle()) if _hold(one, numbers)]


def forget_with_erased(job: FileImport) -> None:
    """Delete the file of an import that is over if somebody who is in it was erased meanwhile."""
    erased = type(job).objects.values_list("erased", flat=True).get(pk=job.pk)
    if erased and _is_ours(job.path) and _hold(job, people_in_files.numbers_of_fingerprints(erased)):
        _forget_on_commit([job])


def forget_old_imports() -> None:
    """Delete the files of what was done a week ago or never begun, of what somebody is in who was erased meanwhile,
    and those that belong to nothing; forget who was erased during imports of more than a month ago.
    """
    forget_fingerprints()
    old, known = timezone.now() - KEPT, set()
    for model in IMPORTS:
        idle = model.objects.idle().alias(ended=Coalesce("finished_at", "created_at"))
        _delete(_let_go(list(_ours(idle.filter(ended__lt=old)))))
        rows = ImportReject.objects.filter(kind=model._meta.model_name, job=OuterRef("pk"))
        for one in idle.filter(Exists(rows), ended__lt=old):  # whose files were given to a command
            ImportReject.objects.of(one).delete()
        for one in _ours(idle.exclude(erased=[])):
            forget_with_erased(one)
        known.update(map(Path, model.objects.exclude(path="").values_list("path", flat=True)))
    known |= {people_in_files.beside(path) for path in known}
    unclaimed = timezone.now() - UNCLAIMED
    for path in folder().glob("*"):
        if path not in known and path.stat().st_mtime < unclaimed.timestamp():
            path.unlink(missing_ok=True)


def rename(traces: Traces) -> None:
    """Before an erasure: give files that are called after one of these people a name of no meaning.

    A file that a command was given stays where it is; an import that is under way still has to find it.
    """
    for one in called_after(traces):
        old, one.name = one.name, _("Import %(number)s") % {"number": one.pk}
        one.save(update_fields=["name"])
        _forget_in_consents(old, one.name)
    for one in _imports():
        if traces.are_in(one.path) and not one.is_under_way:  # or lies in a folder of that name
            type(one).objects.filter(pk=one.pk).update(path="")


def called_after(traces: Traces) -> list[FileImport]:
    """Return the imports whose files came under a name that is one of these people's."""
    return [one for one in _imports() if traces.are_in(one.name)]


def _imports() -> Iterator[FileImport]:
    for model in IMPORTS:
        yield from model.objects.only("name", "path", "state", "columns")


def _forget_in_consents(old: str, new: str) -> None:
    found = Consent.objects.filter(source="import", text__contains=old)
    found.update(text=Replace("text", Value(old), Value(new)))


def _hold(one: FileImport, numbers: Iterable[int]) -> bool:
    return people_in_files.hold(Path(one.path), numbers)


def _ours(imports: QuerySet) -> QuerySet:
    """Files that lie elsewhere were given to a command, and are not ours to delete."""
    return imports.filter(path__startswith=f"{folder()}{os.sep}")


def _is_ours(path: str) -> bool:
    return path.startswith(f"{folder()}{os.sep}")


def _forget_on_commit(imports: list[FileImport]) -> None:
    transaction.on_commit(partial(_delete, _let_go(imports)))


def _let_go(imports: list[FileImport]) -> list[Path]:
    """Write down that the files of these are gone, and forget their rows; returns the files.

    What is not deleted then belongs to nothing.
    """
    for one in imports:
        type(one).objects.filter(pk=one.pk).update(path="")
        ImportReject.objects.of(one).delete()
    return [Path(one.path) for one in imports]


def _delete(paths: Iterable[Path]) -> None:
    for path in paths:
        people_in_files.delete(path)


def folder() -> Path:
    return settings.DATA_DIR / "imports"
