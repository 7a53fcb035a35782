"""`manage.py export_customers`: customers into a CSV file."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from customers.browse.filters import CustomerFilter
from customers.exporting.csv_file import HEADER, export
from customers.management.exporting import add_file_arguments, add_filter_arguments, filtered, write_export
from customers.models import Customer
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
        add_file_arguments(parser)
        add_filter_arguments(parser, "whom", CustomerFilter)

    def handle(self, **options) -> None:
        with timezone.override(StoreSettings.current().time_zone):
            wanted = filtered(Customer.objects.shoppers().unrestricted(), CustomerFilter, options)
        write_export(self, "customer", export, wanted, **options)
