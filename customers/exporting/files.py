"""Files of exported customers: kept for a week, and not past the erasure of anybody who is in them.

An export says first which file it will write and with whom in it, then writes it, and only then looks whether all of
them are still there. An erasure looks for files once more after its commit. Whichever looks later sees the other.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.http import FileResponse
from django.utils import timezone
from django_tasks import task

from customers.models import BulkAction
from customers.privacy.erasure import noted_people
from shopadmin.storage import kept

AREA = "exports"
KEPT = timedelta(days=7)
UNDER_WAY = (BulkAction.State.WAITING, BulkAction.State.RUNNING)


@transaction.atomic
def claim(action: BulkAction, people: Sequence[int]) -> str:
    """Write down which file an export writes now, and who is in it; returns its name."""
    give_up(action)
    name = kept.new_name("csv")
    noted_people.note(AREA, name, people)
    BulkAction.objects.filter(pk=action.pk).update(file=name)
    return name


def store(name: str, file: BinaryIO) -> None:
    """Write the file that was claimed."""
    file.seek(0)
    storages[AREA].save(name, File(file))


@transaction.atomic
def give_up(action: BulkAction) -> None:
    """Delete what an export has written until now, or before its worker was killed."""
    let_go(BulkAction.objects.filter(pk=action.pk).exclude(file="").values_list("file", flat=True))


def has_file(action: BulkAction) -> bool:
    """Whether the file of an export can be had."""
    return action.file != "" and action.state == BulkAction.State.DONE


def download(action: BulkAction) -> FileResponse:
    """The file of an export as an answer; FileNotFoundError where there is none any more."""
    if not has_file(action):
        raise FileNotFoundError
    name = f"customers-{action.created_at:%Y-%m-%d}.csv"
    return kept.download(AREA, action.file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


def exports_with(customers: Iterable[int]) -> set[str]:
    """Return the names of the files with one of these customers."""
    return noted_people.files_with(AREA, customers, known=_claimed())


def forget_exports_of(customers: Iterable[int]) -> None:
    """Delete the files with one of these customers: in the transaction of an erasure, and after it what comes late."""
    numbers = [*customers]
    _forget(numbers)
    transaction.on_commit(partial(_look_again, numbers), robust=True)
    look_again.enqueue(numbers)


@task
def look_again(customers: list[int]) -> None:
    """Do what the process of an erasure did not come to that was killed."""
    _look_again(customers)


@transaction.atomic
def _look_again(customers: Sequence[int]) -> None:
    """Wait for exports that are being handed over: they may have looked before the erasure was committed."""
    list(BulkAction.objects.filter(file__in=exports_with(customers)).select_for_update(of=["self"]).order_by("pk"))
    _forget(customers)


def _forget(customers: Sequence[int]) -> None:
    """Let go those that are over: one under way will look itself."""
    names = exports_with(customers)
    let_go(names - set(BulkAction.objects.filter(file__in=names, state__in=UNDER_WAY).values_list("file", flat=True)))


def forget_old_exports() -> None:
    """Delete the files of more than a week ago, those of exports that came to nothing, and what belongs to nothing."""
    idle = BulkAction.objects.exclude(file="").exclude(state__in=UNDER_WAY)
    old = idle.filter(finished_at__lt=timezone.now() - KEPT) | idle.exclude(state=BulkAction.State.DONE)
    let_go(old.values_list("file", flat=True))
    let_go(set(kept.names_from_before_yesterday(AREA)) - _claimed())


def _claimed() -> set[str]:
    return set(BulkAction.objects.exclude(file="").values_list("file", flat=True))


@transaction.atomic
def let_go(names: Iterable[str]) -> None:
    """Delete these files, and what is known of them."""
    names = [*names]
    if names:
        BulkAction.objects.filter(file__in=names).update(file="")
        noted_people.forget(AREA, names)
        kept.delete_on_commit(AREA, names)
