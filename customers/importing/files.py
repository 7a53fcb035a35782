"""Files that were brought to be imported: kept while they are needed, and not past the next erasure of anybody who is
in them. One that a command was given lies where it lies, and is not ours to delete.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.core.files.storage import storages
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.db import transaction
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Coalesce, Replace
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.importing.erased import IMPORTS, forget_fingerprints
from customers.models import Consent, FileImport, ImportReject
from customers.privacy.erasure import noted_people
from customers.privacy.erasure.names_in_text import Traces
from shopadmin.storage import kept

AREA = "imports"
KEPT = timedelta(days=7)
BEGINNING = 1024 * 1024  # bytes in which header and first rows stand


@contextmanager
def as_it_came(file: UploadedFile) -> Iterator[Path]:
    """Where this process can read what comes in by a form, before it is kept anywhere."""
    if isinstance(file, TemporaryUploadedFile):
        yield Path(file.temporary_file_path())
        return
    with kept.scratch_file(file.chunks()) as path:
        yield path


def keep(file: UploadedFile, people: Iterable[int]) -> str:
    """Keep a file, and first who is in it, so that an erasure finds it whatever happens next; returns its name."""
    name = kept.new_name("csv")
    noted_people.note(AREA, name, people)
    try:
        storages[AREA].save(name, file)
    except BaseException:
        let_go([name])
        raise
    return name


def is_there(job: FileImport) -> bool:
    """Whether an import has a file, as far as is known without asking a store."""
    return job.file != "" or (job.path != "" and os.path.isfile(job.path))


@contextmanager
def at_hand(job: FileImport) -> Iterator[Path]:
    """Where this machine can read the whole file again and again."""
    if not job.file:
        yield Path(job.path)
        return
    with kept.at_hand(AREA, job.file) as path:
        yield path


@contextmanager
def beginning(job: FileImport) -> Iterator[Path]:
    """Where the beginning of the file can be read: 200 MB would take long to come over a network for a page."""
    if not job.file:
        yield Path(job.path)
        return
    with storages[AREA].open(job.file) as file:
        head = file.read(BEGINNING)
    with kept.scratch_file([head]) as path:
        yield path


def forget_imports_of(emails: Iterable[str]) -> None:
    """Delete the files with one of these, in the transaction of an erasure; those under way go when they are over."""
    with_them, claimed = _files_with(emails), _claimed()
    _let_go(_idle_with(with_them))
    let_go(with_them - claimed)


def imports_with(emails: Iterable[str]) -> list[FileImport]:
    """Return the imports not under way whose files, kept by us, hold one of these addresses."""
    return _idle_with(_files_with(emails))


def forget_with_erased(job: FileImport) -> None:
    """Delete the file of an import that is over if somebody who is in it was erased meanwhile."""
    erased = type(job).objects.values_list("erased", flat=True).get(pk=job.pk)
    numbers = noted_people.numbers_of_fingerprints(erased)
    if erased and job.file in noted_people.files_with(AREA, numbers, known=[job.file]) - {""}:
        _let_go([job])


def forget_old_imports() -> None:
    """Delete the files of what was done a week ago or never begun, of what somebody is in who was erased meanwhile,
    and those that belong to nothing; forget who was erased during imports of more than a month ago.
    """
    forget_fingerprints()
    old = timezone.now() - KEPT
    for model in IMPORTS:
        idle = model.objects.idle().alias(ended=Coalesce("finished_at", "created_at"))
        _let_go(list(idle.exclude(file="").filter(ended__lt=old)))
        rows = ImportReject.objects.filter(kind=model._meta.model_name, job=OuterRef("pk"))
        for one in idle.filter(Exists(rows), ended__lt=old):  # whose files were given to a command
            ImportReject.objects.of(one).delete()
        for one in idle.exclude(file="").exclude(erased=[]):
            forget_with_erased(one)
    let_go(set(kept.names_from_before_yesterday(AREA)) - _claimed())


def rename(traces: Traces) -> None:
    """Before an erasure: give files that are called after one of these people a name of no meaning.

    A file that a command was given stays where it is; an import that is under way still has to find it.
    """
    for one in called_after(traces):
        old, one.name = one.name, _("Import %(number)s") % {"number": one.pk}
        one.save(update_fields=["name"])
        _forget_in_consents(old, one.name)
    for one in _imports():
        if not one.file and traces.are_in(one.path) and not one.is_under_way:  # or lies in a folder of that name
            type(one).objects.filter(pk=one.pk).update(path="")


def called_after(traces: Traces) -> list[FileImport]:
    """Return the imports whose files came under a name that is one of these people's."""
    return [one for one in _imports() if traces.are_in(one.name)]


def _imports() -> Iterator[FileImport]:
    for model in IMPORTS:
        yield from model.objects.only("name", "path", "file", "state", "columns")


def _forget_in_consents(old: str, new: str) -> None:
    found = Consent.objects.filter(source="import", text__contains=old)
    found.update(text=Replace("text", Value(old), Value(new)))


def _files_with(emails: Iterable[str]) -> set[str]:
    return noted_people.files_with(AREA, noted_people.numbers_of(emails), known=_claimed())


def _claimed() -> set[str]:
    return {file for model in IMPORTS for file in model.objects.exclude(file="").values_list("file", flat=True)}


def _idle_with(files: Iterable[str]) -> list[FileImport]:
    return [one for model in IMPORTS for one in model.objects.idle().filter(file__in=files)]


@transaction.atomic
def _let_go(imports: list[FileImport]) -> None:
    """Delete the files of these, and forget their rows."""
    for one in imports:
        type(one).objects.filter(pk=one.pk).update(file="", path="")
        ImportReject.objects.of(one).delete()
    let_go(one.file for one in imports)


@transaction.atomic
def let_go(names: Iterable[str]) -> None:
    """Delete files, and what is known of them."""
    names = [*names]
    noted_people.forget(AREA, names)
    kept.delete_on_commit(AREA, names)
