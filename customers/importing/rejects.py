"""Refused rows, and those of which cells are left out: kept with the import, handed out as a CSV file with the reasons.

What is handed out can be put right and imported again.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db.models import QuerySet

from customers.exporting.csv_file import BYTE_ORDER_MARK, lines
from customers.exporting.formulas import defuse
from customers.importing.batch import Reject
from customers.models import FileImport, ImportReject
from customers.privacy.fingerprints import addresses_in, fingerprints
from shopadmin.storage.private_files import written_whole

TITLES = ("line", "column", "reason")
HEADER = 0  # the line under which the header is kept
AT_ONCE = 1_000


def keep(job: FileImport, rejects: list[Reject], *, is_refused: bool, header: list[str]) -> None:
    """Write rows down, in the transaction of their batch."""
    if not rejects:
        return
    if not are_kept(job, is_refused=is_refused):
        rejects = [Reject(HEADER, "", "", header), *rejects]
    known = {"kind": job._meta.model_name, "job": job.pk, "is_refused": is_refused}
    ImportReject.objects.bulk_create((ImportReject(**known, **_storable(one)) for one in rejects), batch_size=AT_ONCE)


def are_kept(job: FileImport, *, is_refused: bool) -> bool:
    """Whether there are any."""
    return ImportReject.objects.of(job).filter(is_refused=is_refused).exists()


def csv_of(job: FileImport, *, is_refused: bool) -> Iterator[bytes]:
    """The rows as a file, piece by piece."""
    before = BYTE_ORDER_MARK
    for rows in _in_turn(ImportReject.objects.of(job).filter(is_refused=is_refused)):
        yield lines(map(_row, rows), job.delimiter or ",", before=before)
        before = ""


def write_csv(job: FileImport, path: Path, *, is_refused: bool) -> None:
    """Write the rows into a file, where there are any; else one of an earlier import goes."""
    if not are_kept(job, is_refused=is_refused):
        path.unlink(missing_ok=True)
        return
    with written_whole(path) as file:
        file.writelines(csv_of(job, is_refused=is_refused))


def forget_rows_with(kept: Iterable[str], job: FileImport) -> None:
    """Delete the rows of an import that name one of the people with these fingerprints by their address."""
    wanted = set(kept)
    for rows in _in_turn(ImportReject.objects.of(job)):
        found = [row.pk for row in rows if wanted & set(fingerprints(addresses_in(" ".join(row.cells))))]
        ImportReject.objects.filter(pk__in=found).delete()


def _in_turn(rows: QuerySet[ImportReject]) -> Iterator[list[ImportReject]]:
    last = 0
    while some := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield some
        last = some[-1].pk


def _row(reject: ImportReject) -> list:
    place = TITLES if reject.line == HEADER else (reject.line, reject.column, reject.reason)
    return [*place, *map(defuse, reject.cells)]


def _storable(reject: Reject) -> dict:
    # PostgreSQL takes no NUL in a text.
    return reject._asdict() | {"cells": [cell.replace("\0", "\ufffd") for cell in reject.cells]}
