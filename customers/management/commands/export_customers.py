"""`manage.py export_customers`: customers into a CSV file."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.forms import BooleanField
from django.utils import timezone

from customers.browse.filters import CustomerFilter
from customers.exporting.csv_file import HEADER, SEPARATORS, export
from customers.exporting.destination import written_to
from customers.models import Customer
from customers.models.customer_manager import CustomerQuerySet
from shopadmin.management.counted import counted
from shopadmin.management.progress import progress_bar
from shopadmin.models import StoreSettings

EXAMPLE = """Example: manage.py export_customers customers.csv --country NL --consent yes

The filters are those of the customer list. An exported file can be imported again without changing anything.

Columns: {columns}
"""


class Command(BaseCommand):
    """Write customers into a CSV file."""

    help = "Export customers to a CSV file (UTF-8) that only its owner can read."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE.format(columns=", ".join(HEADER)), **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="Output file; - (default) is standard output.")
        words = (
            "Column separator (default: comma). Use semicolon for Dutch or "
            "German Excel; amounts are formatted to match."
        )
        parser.add_argument("--separator", choices=list(SEPARATORS), default="comma", help=words)
        parser.add_argument("--bom", action="store_true", help="Start with a byte order mark, for Excel.")
        filters = parser.add_argument_group("whom")
        for name, field in CustomerFilter.base_fields.items():
            kind = {"action": "store_true"} if isinstance(field, BooleanField) else {"metavar": "…"}
            filters.add_argument(f"--{name.replace('_', '-')}", dest=name, help=str(field.label), **kind)

    def handle(self, *, file: str, bom: bool, separator: str, **options) -> None:
        with timezone.override(StoreSettings.current().time_zone):
            customers, done = _wanted({name: options[name] or "" for name in CustomerFilter.base_fields}), 0

        def count(rows: int) -> None:
            nonlocal done
            done = rows
            show(rows)

        try:
            with written_to(file) as output, progress_bar(customers.count()) as show:
                for piece in export(
                    customers, separator=SEPARATORS[separator], bom=bom or separator == "semicolon", on_progress=count
                ):
                    output.write(piece)
        except OSError as error:
            raise CommandError(f"The file could not be written: {error.strerror}.") from error
        where = "standard output" if file == "-" else file
        self.stderr.write(f"Exported {counted(done, 'customer')} to {where}.", lambda text: text)


def _wanted(filters: dict[str, str]) -> CustomerQuerySet:
    form = CustomerFilter(filters)
    if not form.is_valid():
        problems = [f"--{name.replace('_', '-')}: {' '.join(messages)}" for name, messages in form.errors.items()]
        raise CommandError(" ".join(problems))
    return form.apply(Customer.objects.shoppers().unrestricted())
