"""`manage.py export_orders`: orders into a CSV file."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from customers.management.exporting import add_file_arguments, add_filter_arguments, filtered, write_export
from orders.exporting.csv_file import HEADER, export, may_be_exported
from orders.handling.filters import OrderFilter
from orders.models import Order
from shopadmin.models import StoreSettings

EXAMPLE = """Example: manage.py export_orders orders.csv --placed-from 2026-01-01 --payment paid

The filters are those of the list of orders. Each line of an order is a row. An exported file can be imported again
without changing anything. Orders of customers who were erased, or restricted the use of their data, are left out.

Columns: {columns}
"""


class Command(BaseCommand):
    """Write orders into a CSV file."""

    help = "Export orders to a CSV file (UTF-8) that only its owner can read."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE.format(columns=", ".join(HEADER)), **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_file_arguments(parser)
        add_filter_arguments(parser, "which orders", OrderFilter, but=["todo"])

    def handle(self, **options) -> None:
        with timezone.override(StoreSettings.current().time_zone):
            wanted = filtered(Order.objects.all(), OrderFilter, options)
        write_export(self, "order", export, may_be_exported(wanted), **options)
