"""`manage.py purge`: what the law no longer asks for goes."""

from argparse import ArgumentParser
from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from orders.retention import purge
from shopadmin.management.counted import counted
from shopadmin.models import StoreSettings

EXAMPLE = """Example: manage.py purge --dry-run

An order and its documents go together, once the last of them is past its retention: see Settings, Privacy and
retention, and docs/privacy.md. Open orders are left alone, and those of a customer whose privacy request waits or whose
data is restricted. Run it once a day. It can be stopped at any time, and goes on when it is run again.
"""


class Command(BaseCommand):
    """Delete documents past their retention, anonymise their orders, and erase guests who are done with."""

    help = (
        "Delete documents that are past their retention period, and anonymise their orders. "
        "Erase guests as long after their last order as the settings say."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Report what would be done without changing anything."
        )

    def handle(self, *, dry_run: bool, **options) -> None:
        """Count days as the shop does: a year ends when it ends there."""
        with timezone.override(StoreSettings.current().time_zone):
            if dry_run:
                self.stdout.write(f"Would purge: {in_words(purge.to_purge())}. Nothing was changed.")
            else:
                self.stdout.write(self.style.SUCCESS(f"Purged: {in_words(self._purge())}."))

    def _purge(self) -> Counter:
        done = Counter()
        try:
            for batch in purge.purge():
                done += batch
        except OSError as error:
            raise CommandError(f"A file could not be deleted: {error}. Purged until then: {in_words(done)}.") from error
        return done


def in_words(done: Counter) -> str:
    """How many of each kind."""
    documents = [counted(done["invoice"], "invoice"), counted(done["credit_note"], "credit note")]
    orders, guests = counted(done["orders"], "order"), counted(done["guests"], "guest")
    return f"{' and '.join(documents)} deleted, {orders} anonymised, {guests} erased"
