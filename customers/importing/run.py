"""One import from beginning to end, or from where it was killed or stopped."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, suppress
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import DatabaseError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from customers.history import acting
from customers.importing import files as importing_files
from customers.importing import rejects
from customers.importing.batch import Batch
from customers.importing.bulk_writing import database
from customers.importing.checking import Checker
from customers.importing.reading import Row, Source, Unreadable, examine
from customers.importing.reasons import LEFT_OUT, REFUSED, by_row, counted
from customers.importing.writing import Proof, write
from customers.models import CustomerImport, FileImport, ImportSeen
from shopadmin.database_state import is_away, is_passing
from shopadmin.models import StoreSettings
from shopadmin.worker.task_runner import between_batches

ATTEMPTS = 4
Progress = Callable[[FileImport], None]


class TakenOver(Exception):
    """Another process goes on with the same import."""


class CustomerIntake:
    """How a file of customers is read, checked and written, a batch at a time."""

    command = "import_customers"

    def __init__(self, customer_import: CustomerImport, source: Source) -> None:
        self.job = customer_import
        self.checker = Checker(source, home=str(StoreSettings.current().country))
        text = _(
            "Imported with the file %(name)s. The text shown when consent was given is held where the file comes from."
        )
        self.proof = Proof(text=text % {"name": customer_import.name}, by=customer_import.by)

    @staticmethod
    def examine(customer_import: CustomerImport, path: Path) -> Source:
        """The file and where its columns go; Unreadable where there is nothing that can be imported."""
        return examine(
            path,
            encoding=customer_import.encoding,
            delimiter=customer_import.delimiter,
            fields=customer_import.columns or None,
        )

    def batches(self, rows: Iterator[Row]) -> Iterator[list[Row]]:
        """The rows in parts that are committed together."""
        while batch := list(islice(rows, database().BATCH)):
            yield batch

    def check(self, rows: list[Row]) -> Batch:
        """What the rows say, and which of them are refused."""
        return self.checker.check(rows)

    def write(self, batch: Batch, *, erased: frozenset[str]) -> Counter:
        """Write a batch in the caller's transaction; how many rows were created, updated and unchanged."""
        return write(batch, job=self.job, proof=self.proof, erased=erased)


def run(
    file_import: FileImport, *, intake: type[CustomerIntake] = CustomerIntake, on_progress: Progress | None = None
) -> None:
    """Import the file, batch by batch; how it ended stands in `file_import`.

    Each batch is one transaction with its progress, so that a killed import goes on where it was. What is asked
    to stop stops after a batch. An `intake` with the methods of CustomerIntake says what the file is of.
    """
    if not file_import.begin():
        return
    with ExitStack() as stack:
        try:
            path = stack.enter_context(importing_files.at_hand(file_import))
            source = intake.examine(file_import, path)
        except Unreadable as error:
            file_import.finish(FileImport.State.FAILED, str(error))
        except FileNotFoundError:
            file_import.finish(FileImport.State.FAILED, _("The file is no longer available."))
        else:
            _note_source(file_import, source)
            _go_through(file_import, source, intake, on_progress)


def _go_through(
    file_import: FileImport, source: Source, intake: type[CustomerIntake], on_progress: Progress | None
) -> None:
    try:
        with timezone.override(ZoneInfo(StoreSettings.current().time_zone)):
            _Run(file_import, source, intake, on_progress).go()
    except TakenOver:
        raise
    except Exception as error:
        if is_passing(error):
            raise  # this import is not over
        # Not the error's own words: a database quotes the row that it refused, and this row outlives the customer.
        words = _("Stopped by an error. Completed work is kept. See the worker's log for details.")
        file_import.finish(FileImport.State.FAILED, words)
        raise


def _note_source(file_import: FileImport, source: Source) -> None:
    """Write down what the file turned out to be; one that is not the file it was begins anew."""
    if file_import.fingerprint != source.fingerprint:
        file_import.fingerprint = source.fingerprint
        file_import.forget_outcome()
    file_import.encoding, file_import.delimiter = source.encoding, source.delimiter
    file_import.columns, file_import.total = source.fields, source.lines
    file_import.save(
        update_fields=[
            "fingerprint", "done", "created", "updated", "unchanged", "rejected", "encoding", "delimiter", "columns",
            "total", "warned", "reasons",
        ]
    )  # fmt: skip


def run_in_the_worker(model: type[FileImport], pk: int, *, intake: type) -> None:
    """Take in a file as a task of the worker, and speak of it in the language of who brought it."""
    job = model.objects.select_related("by").get(pk=pk)
    # Another worker that took it up, because this one was silent for too long, goes on with it.
    with translation.override(job.language), suppress(TakenOver):
        run(job, intake=intake, on_progress=lambda job: between_batches())


class _Run:
    """What one run of an import goes about with."""

    def __init__(
        self, file_import: FileImport, source: Source, intake: type[CustomerIntake], on_progress: Progress | None
    ) -> None:
        self.job, self.on_progress = file_import, on_progress
        self.intake, self.source = intake(file_import, source), source

    def go(self) -> None:
        state = FileImport.State.DONE
        rows = (row for row in self.source.rows() if row.line > self.job.done)
        for batch in self.intake.batches(rows):
            self._take_in(batch)
            if self.on_progress:
                self.on_progress(self.job)
            if self.job.is_asked_to_stop():
                state = FileImport.State.STOPPED
                break
            time.sleep(database().PAUSE)
        self._end(state)

    def _take_in(self, rows: list[Row]) -> None:
        """One batch; tried again when somebody else was in its way (the same new address, or locks in a circle)."""
        for attempt in range(1, ATTEMPTS + 1):
            batch = self.intake.check(rows)
            try:
                self._commit(batch, rows[-1].line)
                break
            except DatabaseError as error:
                # Where a connection is cut nobody knows whether the batch is in: whoever takes the import up sees it.
                if attempt == ATTEMPTS or is_away(error):
                    raise
                time.sleep(0.05 * attempt)

    def _commit(self, batch: Batch, line: int) -> None:
        with self._acting():
            counts = self.intake.write(batch, erased=self._erased())
            batch.rejects.sort()
            progress = self._progress(counts, batch, line)
            if not type(self.job).objects.filter(pk=self.job.pk, done=self.job.done).update(**progress):
                raise TakenOver
            rejects.keep(self.job, batch.rejects, is_refused=True, header=self.source.header)
            rejects.keep(self.job, by_row(batch.warnings), is_refused=False, header=self.source.header)
        for name, value in progress.items():
            setattr(self.job, name, value)

    def _erased(self) -> frozenset[str]:
        """Who was erased since it began; nobody is until this batch is committed."""
        ours = type(self.job).objects.select_for_update().filter(pk=self.job.pk, done=self.job.done)
        found = ours.values_list("erased", flat=True).first()
        if found is None:
            raise TakenOver
        return frozenset(found)

    def _acting(self) -> AbstractContextManager:
        return acting.merchant(self.job.by, "import") if self.job.by else acting.command(self.intake.command)

    def _progress(self, counts: Counter, batch: Batch, line: int) -> dict[str, int | list]:
        counts = counts | {"rejected": len(batch.rejects), "warned": len(batch.warnings)}
        names = ("created", "updated", "unchanged", "rejected", "warned")
        reasons = counted(counted(self.job.reasons, REFUSED, batch.rejects), LEFT_OUT, batch.warnings)
        return {"done": line, "reasons": reasons, **{name: getattr(self.job, name) + counts[name] for name in names}}

    @transaction.atomic
    def _end(self, state: FileImport.State) -> None:
        if state == FileImport.State.DONE:
            ImportSeen.objects.of(self.job).delete()
            self.job.total = self.job.done
            changed = ["total"]
            if not self.job.dry_run:  # else the file may be taken in for real
                importing_files.forget_with_erased(self.job)
                self.job.erased = []
                changed.append("erased")
            self.job.save(update_fields=changed)
        self.job.finish(state)
