"""`manage.py import_products`: products from a CSV file."""

from pathlib import Path

from customers.importing.reading import Source
from customers.management.commands import import_customers
from customers.models import FileImport
from orders.catalogue.importing.columns import COLUMNS
from orders.catalogue.importing.intake import ProductIntake, examine
from orders.models import ProductImport

EXAMPLE = """Example: manage.py import_products products.csv --dry-run

The first row contains the column names. The SKU is required, and for a new product its name and price, including VAT;
exports of this shop, Shopify, WooCommerce, Lightspeed, PrestaShop and Shopware are recognised automatically. A product
that has the SKU is changed in what the file says of it; empty cells and missing columns leave it unchanged. Categories
that do not exist are added. Products with variants are rejected, and pictures are not imported. Rejected rows and rows
with skipped cells are written to separate files with line, column and reason. The command can be repeated safely and
resumes where it was stopped or killed.

Columns: {columns}
"""


class Command(import_customers.Command):
    """Import a CSV file of products."""

    help = "Import products from a CSV file: add new ones and update existing ones."
    example, columns = EXAMPLE, COLUMNS
    model: type[FileImport] = ProductImport
    intake = ProductIntake

    def examine(self, file: Path, **how: str) -> Source:
        """Look at the file before anything is taken in."""
        return examine(file, **how)
