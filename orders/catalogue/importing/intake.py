"""A file of products as an import goes through it (customers/importing/run.py), a batch at a time."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext_lazy as _

from customers.importing.batch import Batch
from customers.importing.reading import Key, NoKeyColumn, Row, Source
from customers.importing.reading import examine as examine_file
from orders.catalogue.importing.checking import ProductChecker
from orders.catalogue.importing.columns import is_without_vat, prices_in_another_currency, recognise, system_of
from orders.catalogue.importing.writing import write
from orders.models import ProductImport

# Rows: on SQLite there is one writer, and others wait for it.
BATCH = {"postgresql": 1_000, "sqlite": 200}
SKU = Key("sku", _("No column with SKUs was found. It is needed to identify products."))


class ProductIntake:
    """How a file of products is read, checked and written."""

    command = "import_products"

    def __init__(self, product_import: ProductImport, source: Source) -> None:
        self.job, self.checker = product_import, ProductChecker(source)
        self.titles = {name: self.checker.title(name) for name in self.checker.cells.places}
        self.titles["without_vat"] = next(filter(is_without_vat, source.header), "")
        self.titles["in_another_currency"] = prices_in_another_currency(source.header)

    @staticmethod
    def examine(product_import: ProductImport, path: Path) -> Source:
        """The file and where its columns go; Unreadable where there is nothing that can be imported."""
        how = {"encoding": product_import.encoding, "delimiter": product_import.delimiter}
        return examine(path, **how, fields=product_import.columns or None)

    def batches(self, rows: Iterator[Row]) -> Iterator[list[Row]]:
        """The rows in parts that are committed together."""
        while batch := list(islice(rows, BATCH[connection.vendor])):
            yield batch

    def check(self, rows: list[Row]) -> Batch:
        """What the rows say, and which of them are refused."""
        return self.checker.check(rows)

    def write(self, batch: Batch, *, erased: frozenset[str]) -> Counter:
        """Write a batch in the caller's transaction; nobody who is erased stands in it but by chance."""
        return write(batch, job=self.job, titles=self.titles)


def examine(path: Path | str, **options) -> Source:
    """Find out how a file of products is to be read."""
    try:
        source = examine_file(path, recognise=recognise, key=SKU, **options)
    except NoKeyColumn as error:
        error.source.named_by = system_of
        raise
    source.named_by = system_of
    return source
