"""One import from beginning to end, or from where it was killed or stopped."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from customers import history
from customers.importing.checking import Batch, Checker
from customers.importing.reading import Row, Source, Unreadable, examine
from customers.importing.rejects import RejectsFile
from customers.importing.writing import Proof, database, write
from customers.models import CustomerImport
from shopadmin.models import StoreSettings

ATTEMPTS = 4
Progress = Callable[[CustomerImport], None]


class TakenOver(Exception):
    """Another process goes on with the same import."""


def run(customer_import: CustomerImport, *, on_progress: Progress | None = None) -> None:
    """Import the file, batch by batch; how it ended stands in `customer_import`.

    Each batch is one transaction with its progress, so that a killed import goes on where it was. What is asked
    to stop stops after a batch.
    """
    if not customer_import.begin():
        return
    try:
        source = examine(
            customer_import.path, encoding=customer_import.encoding, fields=customer_import.columns or None
        )
    except Unreadable as error:
        customer_import.finish(CustomerImport.State.FAILED, str(error))
        return
    _note_source(customer_import, source)
    try:
        with timezone.override(ZoneInfo(StoreSettings.current().time_zone)):
            _Run(customer_import, source, on_progress).go()
    except (OperationalError, InterfaceError, TakenOver):
        # The database went away, or another process is at it: this import is not over.
        raise
    except Exception:
        # Not the error's own words: a database quotes the row that it refused, and this row outlives the customer.
        words = _("An error ended it. What is done stays done; the worker's log says more.")
        customer_import.finish(CustomerImport.State.FAILED, words)
        raise


def _note_source(customer_import: CustomerImport, source: Source) -> None:
    """Write down what the file turned out to be; one that is not the file it was begins anew."""
    if customer_import.fingerprint != source.fingerprint:
        customer_import.fingerprint, customer_import.done = source.fingerprint, 0
        customer_import.created = customer_import.updated = customer_import.unchanged = customer_import.rejected = 0
    customer_import.encoding, customer_import.delimiter = source.encoding, source.delimiter
    customer_import.columns, customer_import.total = source.fields, source.lines
    customer_import.rejects = customer_import.rejects or f"{customer_import.path}.rejects.csv"
    customer_import.save(
        update_fields=[
            "fingerprint", "done", "created", "updated", "unchanged", "rejected", "encoding", "delimiter", "columns",
            "total", "rejects",
        ]
    )  # fmt: skip


class _Run:
    """What one run of an import goes about with."""

    def __init__(self, customer_import: CustomerImport, source: Source, on_progress: Progress | None) -> None:
        self.job, self.on_progress = customer_import, on_progress
        self.checker = Checker(source, home=str(StoreSettings.current().country))
        self.rows = source.rows()
        self.rejects = RejectsFile(Path(self.job.rejects), header=source.header, delimiter=source.delimiter)
        text = _("Brought in with the file %(name)s; the text that was shown is where the file comes from.")
        self.proof = Proof(text=text % {"name": self.job.name}, by=self.job.by)

    def go(self) -> None:
        database().begin()
        self.rejects.go_on_after(self.job.done)
        state = CustomerImport.State.DONE
        for rows in self._batches():
            if rows[-1].line <= self.job.done:
                self._remember(rows)
                continue
            self._take_in(rows)
            if self.on_progress:
                self.on_progress(self.job)
            if self.job.is_asked_to_stop():
                state = CustomerImport.State.STOPPED
                break
            time.sleep(database().PAUSE)
        database().end()
        self._end(state)

    def _batches(self) -> Iterator[list[Row]]:
        """The rows of the file, in batches of which none is half done."""
        while rows := list(islice(self.rows, database().BATCH)):
            done = sum(row.line <= self.job.done for row in rows)
            yield from filter(None, (rows[:done], rows[done:]))

    def _remember(self, rows: list[Row]) -> None:
        """Take note of the addresses in rows that an earlier run has done."""
        if emails := self.checker.check(rows).values["email"]:
            database().remember(list(dict.fromkeys(emails)))

    def _take_in(self, rows: list[Row]) -> None:
        """One batch; tried again when somebody else was in its way (the same new address, or locks in a circle)."""
        for attempt in range(1, ATTEMPTS + 1):
            batch = self.checker.check(rows)
            try:
                self._commit(batch, rows[-1].line)
                break
            except DatabaseError:
                if attempt == ATTEMPTS:
                    raise
                time.sleep(0.05 * attempt)
        self.rejects.confirm()

    def _commit(self, batch: Batch, line: int) -> None:
        with self._acting():
            counts = write(batch, proof=self.proof, erased=self._erased(), dry_run=self.job.dry_run)
            counts["rejected"] = len(batch.rejects)
            batch.rejects.sort()
            progress = self._progress(counts, line)
            if not CustomerImport.objects.filter(pk=self.job.pk, done=self.job.done).update(**progress):
                raise TakenOver
            self.rejects.write(batch.rejects)
        for name, value in progress.items():
            setattr(self.job, name, value)

    def _erased(self) -> frozenset[str]:
        """Who was erased since it began; nobody is until this batch is committed."""
        ours = CustomerImport.objects.select_for_update().filter(pk=self.job.pk, done=self.job.done)
        found = ours.values_list("erased", flat=True).first()
        if found is None:
            raise TakenOver
        return frozenset(found)

    def _acting(self) -> AbstractContextManager:
        return history.merchant(self.job.by, "import") if self.job.by else history.command("import_customers")

    def _progress(self, counts: Counter, line: int) -> dict[str, int]:
        names = ("created", "updated", "unchanged", "rejected")
        return {"done": line, **{name: getattr(self.job, name) + counts[name] for name in names}}

    @transaction.atomic
    def _end(self, state: CustomerImport.State) -> None:
        changed = ["rejects"]
        if not self.job.rejected:
            self.job.rejects = ""
        if state == CustomerImport.State.DONE:
            self.job.total = self.job.done
            changed.append("total")
            if not self.job.dry_run:  # else the file may be taken in for real
                self.job.erased = []
                changed.append("erased")
        self.job.save(update_fields=changed)
        self.job.finish(state)
