"""`manage.py import_orders`: past orders from a CSV file."""

from pathlib import Path

from customers.importing.reading import Source
from customers.management.commands import import_customers
from customers.models import FileImport
from orders.importing.columns import COLUMNS
from orders.importing.intake import OrderIntake, examine
from orders.models import OrderImport
from shopadmin.management.counted import counted

EXAMPLE = """Example: manage.py import_orders orders.csv --dry-run

The number, the email address, the day and the total of each order are needed; exports of Shopify, WooCommerce,
PrestaShop, Magento, Shopware and Lightspeed are taken as they come. Several rows with one number, one below the other,
are the lines of one order. Whoever is not known by the email address becomes a guest. An order that is there already is
left as it is, so that a file can be taken in again; the shop's own numbers go on where they were. Nobody is mailed.
Rows that cannot be taken are written to a file of their own, with line, column and reason; the others are imported.
It goes on where it was stopped or killed.

Columns: {columns}
"""


class Command(import_customers.Command):
    """Import a CSV file of past orders."""

    help = "Import past orders from a CSV file. Unknown customers are added as guests."
    example, columns = EXAMPLE, COLUMNS
    model: type[FileImport] = OrderImport
    intake = OrderIntake

    def examine(self, file: Path, **how: str) -> Source:
        """Look at the file before anything is taken in."""
        return examine(file, **how)

    def counts_of(self, job: FileImport) -> str:
        """What became of the orders that were not rejected."""
        return f"{counted(job.created, 'new order')}, {job.unchanged} already in the shop"
