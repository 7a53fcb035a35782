"""`manage.py import_customers`: customers from a CSV file."""

import sys
from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from customers.importing.columns import IMPORTED
from customers.importing.reading import Source, Unreadable, examine
from customers.importing.reasons import LEFT_OUT, REFUSED
from customers.importing.rejects import write_csv
from customers.importing.run import CustomerIntake, TakenOver, run
from customers.models import CustomerImport, FileImport, ImportReject
from shopadmin.management.counted import counted

EXAMPLE = """Example: manage.py import_customers customers.csv --dry-run

The first row contains the column names; only the email address is required. Exports from Lightspeed eCom, Shopify and
other shop systems, from Excel and from databases are recognised automatically. Empty cells and missing columns leave
existing data unchanged. Unreadable cells are skipped and reported. A row is rejected if its email address is invalid or
occurs earlier in the file. Both kinds of rows are written to separate files with line, column and reason. The command
can be repeated safely and resumes where it was stopped or killed.

Columns: {columns}
"""


class Command(BaseCommand):
    """Import a CSV file of customers."""

    help = "Import customers from a CSV file: add new ones and update existing ones."
    example, columns = EXAMPLE, IMPORTED
    # What the file is of; the import of orders goes through the same steps.
    model: type[FileImport] = CustomerImport
    intake = CustomerIntake

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        columns = ", ".join(column.name for column in self.columns)
        return super().create_parser(prog_name, subcommand, epilog=self.example.format(columns=columns), **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV file, in any separator and encoding.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Report what would be done without changing anything."
        )
        parser.add_argument("--rejects", type=Path, help="File for rejected rows (default: FILE.rejects.csv).")
        parser.add_argument(
            "--warnings", type=Path, help="File for rows with skipped cells (default: FILE.warnings.csv)."
        )
        parser.add_argument("--encoding", default="", help="Encoding of the file, if it is not detected correctly.")
        parser.add_argument(
            "--separator", default="", help="Column separator, if it is not detected correctly: a character or tab."
        )
        parser.add_argument("--restart", action="store_true", help="Start again instead of resuming a stopped import.")

    def handle(self, *, file: Path, rejects: Path | None, warnings: Path | None, **options) -> None:
        try:
            source = self.examine(file, encoding=options["encoding"], delimiter=_separator(options["separator"]))
        except Unreadable as error:
            raise CommandError(str(error)) from error
        job = self._job(source, dry_run=options["dry_run"], restart=options["restart"])
        self.rejects = (rejects or Path(f"{file}.rejects.csv")).resolve()
        self.warnings = (warnings or Path(f"{file}.warnings.csv")).resolve()
        self._say_what_it_is(source, job)
        try:
            with self._progress(source) as progress:
                run(job, intake=self.intake, on_progress=progress)
        except TakenOver as error:
            raise CommandError("Another process is already importing this file.") from error
        except KeyboardInterrupt as error:
            raise CommandError(f"Interrupted after line {job.done}. Run the command again to resume.") from error
        self._write_what_was_left_out(job)
        self._say_what_was_left_out(job)
        if job.state == FileImport.State.FAILED:
            raise CommandError(job.error)
        self.stdout.write(self._closing_line(job))

    def examine(self, file: Path, **how: str) -> Source:
        """Look at the file before anything is taken in."""
        return examine(file, **how)

    def _job(self, source: Source, *, dry_run: bool, restart: bool) -> FileImport:
        """The import of this file that was left half-way, or a new one."""
        same = self.model.objects.that_may_go_on().filter(fingerprint=source.fingerprint, dry_run=dry_run, by=None)
        left = None if restart else same.filter(columns__in=[[], source.fields]).first()
        if left is None:
            left = self.model(name=source.path.name[:200], fingerprint=source.fingerprint, dry_run=dry_run)
        left.path, left.columns = str(source.path.resolve()), source.fields
        left.encoding, left.delimiter = source.encoding, source.delimiter
        left.state, left.stop_wanted = FileImport.State.WAITING, False
        left.save()
        return left

    def _say_what_it_is(self, source: Source, job: FileImport) -> None:
        of = f", recognised as an export from {source.system}" if source.system else ""
        words = [f"{source.encoding_name}, separated by {source.delimiter!r}{of}."]
        if source.ignored:
            words.append(f"Ignored columns: {', '.join(source.ignored)}.")
        if job.done:
            words.append(f"Resuming after line {job.done}.")
        self.stderr.write("\n".join(words), style_func=str)

    def _write_what_was_left_out(self, job: FileImport) -> None:
        """Write it beside the file; what is still to go on keeps it in the database, too."""
        write_csv(job, self.rejects, is_refused=True)
        write_csv(job, self.warnings, is_refused=False)
        if job.state == FileImport.State.DONE:
            ImportReject.objects.of(job).delete()

    def _say_what_was_left_out(self, job: FileImport) -> None:
        for kind, heading, unit in ((REFUSED, "Rejected", "row"), (LEFT_OUT, "Skipped", "cell")):
            for one in job.reasons_of(kind):
                why = ": ".join(filter(None, (heading, one["column"], one["reason"] or "other reasons")))
                lines = ", ".join([*map(str, one["lines"]), *(["…"] if one["more"] else [])])
                where = f"line{'s' if one['count'] > 1 else ''} {lines}"
                self.stderr.write(f"{why} ({counted(one['count'], unit)}: {where})", style_func=str)

    def _progress(self, source: Source) -> "nullcontext | _Bar":
        return _Bar(source.lines) if sys.stderr.isatty() else nullcontext()

    def _closing_line(self, job: FileImport) -> str:
        head = {FileImport.State.STOPPED: "Stopped before the end", FileImport.State.DONE: "Imported"}[job.state]
        if job.dry_run:
            head = f"{head} (dry run, nothing was saved)"
        tail = f" See {self.rejects}." if job.rejected else ""
        if job.warned:
            tail += f" {counted(job.warned, 'cell')} skipped: see {self.warnings}"
        return f"{head}: {self.counts_of(job)}, {job.rejected} rejected.{tail}"

    def counts_of(self, job: FileImport) -> str:
        """What became of the rows that were not refused."""
        return f"{job.created} new, {job.updated} changed, {job.unchanged} unchanged"


class _Bar:
    """A progress bar on the terminal."""

    def __init__(self, lines: int) -> None:
        parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self.progress = Progress(*parts, transient=True, console=Console(stderr=True))
        self.task = self.progress.add_task("Importing", total=lines)

    def __enter__(self) -> "_Bar":
        self.progress.start()
        return self

    def __exit__(self, *error) -> None:
        self.progress.stop()

    def __call__(self, job: FileImport) -> None:
        self.progress.update(self.task, completed=job.done)


def _separator(wanted: str) -> str:
    found = {"tab": "\t", "\\t": "\t"}.get(wanted, wanted)
    if len(found) > 1 or found in {'"', "\n", "\r"}:
        raise CommandError("The separator must be one character or the word tab.")
    return found
