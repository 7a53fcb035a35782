"""`manage.py export_orders`: orders into a CSV file."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from customers.exporting.csv_file import SEPARATORS
from customers.exporting.destination import written_to
from orders.exporting.csv_file import HEADER, export, may_be_exported
from orders.handling.filters import OrderFilter
from orders.models import Order
from orders.models.order_queryset import OrderQuerySet
from shopadmin.management.counted import counted
from shopadmin.management.progress import progress_bar
from shopadmin.models import StoreSettings

EXAMPLE = """Example: manage.py export_orders orders.csv --placed-from 2026-01-01 --payment paid

The filters are those of the list of orders. Each line of an order is a row. An exported file can be imported again
without changing anything. Orders of customers who were erased, or restricted the use of their data, are left out.

Columns: {columns}
"""
FILTERS = [name for name in OrderFilter.base_fields if name != "todo"]


class Command(BaseCommand):
    """Write orders into a CSV file."""

    help = "Export orders to a CSV file (UTF-8) that only its owner can read."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE.format(columns=", ".join(HEADER)), **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="Output file; - (default) is standard output.")
        words = "Column separator (default: comma). Use semicolon for Dutch or German Excel."
        parser.add_argument("--separator", choices=list(SEPARATORS), default="comma", help=words)
        filters = parser.add_argument_group("which orders")
        for name in FILTERS:
            label = str(OrderFilter.base_fields[name].label)
            filters.add_argument(f"--{name.replace('_', '-')}", dest=name, metavar="…", help=label)

    def handle(self, *, file: str, separator: str, **options) -> None:
        with timezone.override(StoreSettings.current().time_zone):
            orders, done = may_be_exported(_wanted({name: options[name] or "" for name in FILTERS})), 0

        def count(rows: int) -> None:
            nonlocal done
            done = rows
            show(rows)

        try:
            with written_to(file) as output, progress_bar(orders.count()) as show:
                pieces = export(
                    orders, separator=SEPARATORS[separator], bom=separator == "semicolon", on_progress=count
                )
                output.writelines(pieces)
        except OSError as error:
            raise CommandError(f"The file could not be written: {error.strerror}.") from error
        where = "standard output" if file == "-" else file
        self.stderr.write(f"Exported {counted(done, 'order')} to {where}.", lambda text: text)


def _wanted(filters: dict[str, str]) -> OrderQuerySet:
    form = OrderFilter(filters)
    if not form.is_valid():
        problems = [f"--{name.replace('_', '-')}: {' '.join(messages)}" for name, messages in form.errors.items()]
        raise CommandError(" ".join(problems))
    return form.apply(Order.objects.all())
