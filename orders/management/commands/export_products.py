"""`manage.py export_products`: products into a CSV file."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from customers.exporting.csv_file import SEPARATORS
from customers.exporting.destination import written_to
from orders.catalogue.export import export
from orders.models import Product
from shopadmin.management.counted import counted

EXAMPLE = "Example: manage.py export_products products.csv --separator semicolon"


class Command(BaseCommand):
    """Write all products into a CSV file."""

    help = "Export products to a CSV file (UTF-8) that only its owner can read."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        return super().create_parser(prog_name, subcommand, epilog=EXAMPLE, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="Output file; - (default) is standard output.")
        words = "Column separator (default: comma). Use semicolon for Dutch or German Excel."
        parser.add_argument("--separator", choices=list(SEPARATORS), default="comma", help=words)

    def handle(self, *, file: str, separator: str, **options) -> None:
        products = Product.objects.all()
        try:
            with written_to(file) as output:
                for piece in export(products, separator=SEPARATORS[separator], bom=separator == "semicolon"):
                    output.write(piece)
        except OSError as error:
            raise CommandError(f"The file could not be written: {error.strerror}.") from error
        where = "standard output" if file == "-" else file
        self.stderr.write(f"Exported {counted(products.count(), 'product')} to {where}.", lambda text: text)
