"""`manage.py personal_data`: everything held on a person, as a file."""

from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from customers.management.customer_named import customer_named
from customers.privacy.archive.archive import Notes, Person
from customers.privacy.archive.file import Written, log_handing_out, write_archive
from shopadmin.storage.private_files import opener

EXAMPLE = """Example: manage.py personal_data ines@post.example --output ines.zip --with-notes

The ZIP file contains a page to read, the same data as JSON, and invoices and credit notes. Only its owner can read it.
Read the shop's notes before you include them: they may say something about other people.
"""


class Command(BaseCommand):
    """Write the archive of a customer to a file."""

    help = "Write everything held on a customer to a ZIP file, to answer a request for access."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("customer", help="Number or email address of the customer.")
        parser.add_argument("--output", required=True, metavar="FILE", help="The file to write. It must not exist yet.")
        parser.add_argument("--with-notes", action="store_true", help="Include the shop's notes on the customer.")

    def handle(self, *, customer: str, output: str, with_notes: bool, **options) -> None:
        named = customer_named(customer, otherwise="Nothing was written.")
        person = Person(named, frozenset(Notes) if with_notes else frozenset())
        written = _write(person, Path(output))
        log_handing_out(person, to="a command")
        notes = "with" if with_notes else "without"
        documents = f"{written.documents} document{'' if written.documents == 1 else 's'}"
        closing = f"Wrote everything held on customer {person.customer.pk} to {output}, {notes} notes, {documents}."
        self.stdout.write(self.style.SUCCESS(closing))


def _write(person: Person, path: Path) -> Written:
    """Write the file; what is unfinished does not stay."""
    try:
        with open(path, "xb", opener=opener) as file:
            try:
                return write_archive(person, file)
            except BaseException:
                with suppress(OSError):
                    path.unlink()
                raise
    except FileExistsError:
        raise CommandError(f"{path} exists already and is not overwritten. Nothing was written.") from None
    except OSError as error:
        raise CommandError(f"The file could not be written: {error.strerror}.") from error
