"""Products as a CSV file that a spreadsheet opens in columns."""

from collections.abc import Iterator

from django.db.models import QuerySet

from customers.exporting.cells import written
from customers.exporting.csv_file import BATCH, BYTE_ORDER_MARK, Progress, lines
from orders.catalogue.languages import further_languages
from orders.models import Product

TEXTS = ("name", "summary", "description")
FACTS = ("price", "tax_class", "stock", "low_stock_at", "is_service", "withdrawal_excepted", "active")
TITLES = {"is_service": "service", "active": "visible"}


def export(
    products: QuerySet[Product], *, separator: str = ",", bom: bool = True, on_progress: Progress | None = None
) -> Iterator[bytes]:
    """The file, piece by piece, in the order in which they were added; `on_progress` is told how many are written."""
    languages = further_languages()
    yield lines([header(languages)], separator, before=BYTE_ORDER_MARK if bom else "")
    done = 0
    for rows in _batches(products.select_related("category")):
        cells = ([written(value, separator) for value in _row(product, languages)] for product in rows)
        yield lines(cells, separator)
        done += len(rows)
        if on_progress:
            on_progress(done)


def header(languages: list[str]) -> list[str]:
    """Name the columns; a text in a further language has its code behind it (`name_de`)."""
    translated = [f"{text}_{code}" for code in languages for text in TEXTS]
    return ["sku", *TEXTS, *translated, "category", *(TITLES.get(name, name) for name in FACTS)]


def _batches(products: QuerySet[Product]) -> Iterator[list[Product]]:
    last = 0
    while rows := list(products.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield rows
        last = rows[-1].pk


def _row(product: Product, languages: list[str]) -> list:
    texts = [getattr(product, text) for text in TEXTS]
    translated = [product.translations.get(code, {}).get(text, "") for code in languages for text in TEXTS]
    return [product.sku, *texts, *translated, product.category.name, *(getattr(product, name) for name in FACTS)]
