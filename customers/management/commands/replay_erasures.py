"""`manage.py replay_erasures`: the last step of restoring a backup."""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from customers.privacy.erasure import erasure_log_format
from customers.privacy.erasure.erasure_log_format import ErasureLog
from customers.privacy.erasure.replay import Outcome, replay
from shopadmin.management.counted import counted

EXAMPLE = """Example: manage.py replay_erasures /var/lib/shop/erasures.log --dry-run

Name the ERASURE_LOG of every machine. ERASURE_KEY must be the key that they were written with. Run it before web server
and worker start again (docs/backups.md).
"""
SHOWN = 20


class Command(BaseCommand):
    """Erase again the customers whom a restored backup brought back."""

    help = "Erase the customers again whom a restored backup brought back, and nobody else. No emails are sent."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="file", help="ERASURE_LOG of one machine.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Report who would be erased without changing anything."
        )

    def handle(self, *, files: list[Path], dry_run: bool, **options) -> None:
        try:
            erasures = erasure_log_format.read(files)
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read: {error.strerror}.") from error
        self._say("Ignored, as it was cut short before its erasure was committed", erasures.unfinished)
        self._say("Not understood", erasures.not_understood)
        self._say("Written with another ERASURE_KEY", erasures.other_key)
        outcome = replay(erasures, dry_run=dry_run, on_progress=self._progress)
        if dry_run:
            self._say("Would be erased again", [f"customer {number}" for number in outcome.erased])
        for number, reason in outcome.left.items():
            self.stderr.write(f"Left alone: customer {number} ({reason})", style_func=str)
        self._close(outcome, erasures, dry_run=dry_run)

    def _close(self, outcome: Outcome, erasures: ErasureLog, *, dry_run: bool) -> None:
        did = "would be erased again" if dry_run else "erased again"
        words = f"{len(outcome.erased):,} of {counted(outcome.looked_at, 'customer')} {did}"
        if useless := len(erasures.not_understood) + len(erasures.other_key):
            raise CommandError(f"{words}, but {counted(useless, 'line')} could not be used, so some may be missing.")
        if outcome.left:
            raise CommandError(f"{words}, but {len(outcome.left):,} could not be.")
        self.stdout.write(self.style.SUCCESS(f"{words}."))

    def _say(self, what: str, places: Sequence[str]) -> None:
        for place in places[:SHOWN]:
            self.stderr.write(f"{what}: {place}", style_func=str)
        if len(places) > SHOWN:
            self.stderr.write(f"{what}: {len(places) - SHOWN:,} more", style_func=str)

    def _progress(self, looked_at: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{looked_at:,} ", ending="")
            self.stdout.flush()
