"""`manage.py import_orders`: past orders from a CSV file."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from customers.importing.reading import Unreadable
from orders.importing import COLUMNS, take_in

EXAMPLE = """Example: manage.py import_orders orders.csv --dry-run

One row is one order: number, email, placed_at and total are needed. Whoever is not known by the e-mail address
becomes a guest. An order whose number is there already is left as it is, so that a file can be taken in again.
Nobody is mailed. Columns: {columns}
"""


class Command(BaseCommand):
    """Import a CSV file of past orders."""

    help = "Takes in past orders from a CSV file; customers who are not known yet are made."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE.format(columns=", ".join(COLUMNS)), **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The CSV file: comma, semicolon or tab; UTF-8 or Windows-1252.")
        parser.add_argument("--dry-run", action="store_true", help="Change nothing; report what would be done.")
        parser.add_argument("--rejects", type=Path, help="Where refused rows go (FILE.rejects.csv beside the file).")
        parser.add_argument("--encoding", default="", help="What the file is written in, where it is not found out.")

    def handle(self, *, file: Path, dry_run: bool, rejects: Path | None, encoding: str, **options) -> None:
        rejects = rejects or Path(f"{file}.rejects.csv")
        try:
            outcome = take_in(file, rejects=rejects, encoding=encoding, dry_run=dry_run)
        except Unreadable as error:
            raise CommandError(str(error)) from error
        head = "Imported (dry run, nothing was written)" if dry_run else "Imported"
        tail = f" See {rejects}" if outcome.refused else ""
        self.stdout.write(
            f"{head}: {outcome.created} new orders, {outcome.there} there already, {outcome.refused} refused.{tail}"
        )
