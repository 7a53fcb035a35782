"""ERASURE_LOG: a file outside the database that says who was erased, so that a restored backup brings nobody back.

A line is written before its erasure commits, since afterwards a crash would lose it; when the erasure does not commit,
a second line takes it back. A process that is killed in between leaves the first one alone. `manage.py replay_erasures`
reads the file; erasure_log_format.py says what a line looks like.
"""

import errno
import fcntl
import logging
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import Error, transaction
from django.db.models import Q

from customers.models import Customer, HistoryEntry, UnwrittenErasure
from customers.privacy.erasure import erasure_log_format
from shopadmin.storage.private_files import opener

WRITTEN_AT_ONCE = 1_000

log = logging.getLogger(__name__)
# The numbers of the records whose lines were written in the transaction that is under way, by entry.
_written: ContextVar[dict[str, int] | None] = ContextVar("written", default=None)


@contextmanager
def erasing() -> Iterator[None]:
    """A transaction in which customers may be erased: what it wrote and did not commit is taken back after it.

    Inside of another one it is a savepoint. Inside of a transaction that was begun elsewhere it is refused, as nothing
    would take the lines back when that fails.
    """
    if _written.get() is not None:
        with transaction.atomic():
            yield
        return
    written: dict[str, int] = {}
    token = _written.set(written)
    try:
        with transaction.atomic(durable=True):
            yield
    finally:
        _written.reset(token)
        if written:
            _take_back(written)


def write(people: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Write down who is being erased: the number of each record, and every address that it has had.

    An erasure goes on when the file cannot be written: its lines wait in the database, and the dashboard says so.
    """
    written = _written.get()
    if written is None:
        raise RuntimeError("Customers are erased inside of erasure_log.erasing() alone.")
    entries = {erasure_log_format.new_entry(): person for person in people}
    lines = [erasure_log_format.erased(entry, number, emails) for entry, (number, emails) in entries.items()]
    if _append_or_keep(lines):
        written |= {entry: number for entry, (number, _emails) in entries.items()}
        transaction.on_commit(partial(_forget, written, list(entries)))


def people_of(numbers: Collection[int]) -> dict[int, set[str]]:
    """Return these records and those merged into them, each with all addresses that it and they have ever had.

    Who has an address now makes no difference: the number beside it tells the record.
    """
    records = Customer.objects.filter(Q(pk__in=numbers) | Q(merged_into__in=numbers))
    persons, emails = {}, defaultdict(set)
    for number, kept, email in records.values_list("pk", "merged_into", "email"):
        persons[number] = kept or number
        emails[persons[number]].add(email)
    changes = HistoryEntry.objects.filter(customer__in=list(persons), field="email")
    for number, *both in changes.values_list("customer", "old", "new"):
        emails[persons[number]].update(filter(None, both))
    return {number: emails[person] for number, person in persons.items()}


def write_what_waits() -> None:
    """Write the lines that could not be written when they were due."""
    if not UnwrittenErasure.objects.exists():
        return
    with transaction.atomic():
        waiting = UnwrittenErasure.objects.select_for_update(skip_locked=True).order_by("pk")[:WRITTEN_AT_ONCE]
        lines = dict(waiting.values_list("pk", "lines"))
        try:
            _append("".join(lines.values()))
        except OSError as error:
            log.warning("%s cannot be written: %s", settings.ERASURE_LOG, error.strerror)
        else:
            UnwrittenErasure.objects.filter(pk__in=lines).delete()


@dataclass(frozen=True)
class Gap:
    """What keeps the file from being whole: why it cannot be written now, and how many records wait for that."""

    path: Path
    trouble: str
    waiting: int


def gap(waiting: int) -> Gap | None:
    """Return what the merchant must know of the file, with so many records waiting; nothing while all is well."""
    found = Gap(Path(settings.ERASURE_LOG), trouble(), waiting)
    return found if found.trouble or found.waiting else None


def trouble() -> str:
    """Return why this machine cannot write the file now, in the system's words; nothing where it can."""
    path = Path(settings.ERASURE_LOG)
    try:
        if path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_APPEND))
        elif not os.access(path.parent, os.W_OK | os.X_OK):
            return os.strerror(errno.EACCES if path.parent.exists() else errno.ENOENT)
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""


def _append_or_keep(lines: list[str]) -> bool:
    """Whether lines were written; where they cannot be, they wait in the database, in the transaction of the caller."""
    try:
        _append("".join(lines))
    except OSError as error:
        log.warning("%s cannot be written: %s", settings.ERASURE_LOG, error.strerror)
        UnwrittenErasure.objects.bulk_create(UnwrittenErasure(lines=of_one) for of_one in lines)
        return False
    return True


def _append(text: str) -> None:
    """Add text to the file, all of it or nothing, and return once it is on the disk; other processes wait."""
    with open(settings.ERASURE_LOG, "ab+", buffering=0, opener=opener) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        end = file.seek(0, os.SEEK_END)
        # What a crash has cut short stays a line of its own.
        start = "\n" if end and os.pread(file.fileno(), 1, end - 1) != b"\n" else ""
        wanted = f"{start}{text}".encode()
        try:
            if file.write(wanted) != len(wanted):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(file)
        except OSError:
            with suppress(OSError):
                file.truncate(end)
            raise


def _forget(written: dict[str, int], entries: list[str]) -> None:
    for entry in entries:
        written.pop(entry, None)


def _take_back(written: dict[str, int]) -> None:
    """Take back the lines of records that are still there; one that is gone was erased after all.

    Asked under a lock, which waits for a commit of which a cut connection kept the answer.
    """
    try:
        with transaction.atomic():
            records = Customer.objects.select_for_update(no_key=True).filter(pk__in=written.values()).order_by("pk")
            left = set(records.values_list("pk", flat=True))
            lines = [erasure_log_format.taken_back(entry) for entry, number in written.items() if number in left]
            _append_or_keep(lines)
    except Error as error:
        numbers = ", ".join(map(str, written.values()))
        log.error("Whether customers %s were erased is not known: %s", numbers, type(error).__name__)
