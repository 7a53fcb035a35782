"""`manage.py export_products`: products into a CSV file."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from customers.management.exporting import add_file_arguments, write_export
from orders.catalogue.export import export
from orders.models import Product

EXAMPLE = "Example: manage.py export_products products.csv --separator semicolon"


class Command(BaseCommand):
    """Write all products into a CSV file."""

    help = "Export products to a CSV file (UTF-8) that only its owner can read."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_file_arguments(parser)

    def handle(self, **options) -> None:
        write_export(self, "product", export, Product.objects.all(), **options)
