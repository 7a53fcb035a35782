"""A batch of checked rows → products: new ones added, those that differ changed in what the file says of them.

Nothing is written for a row that says what is there already, so that a file can be imported again and again.
"""

from collections import Counter, defaultdict

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from customers.importing.batch import Batch
from customers.importing.bulk_writing import database
from customers.importing.doubles import refuse_doubles
from orders.catalogue.category_forms import add_category
from orders.catalogue.importing.columns import TEXTS
from orders.catalogue.slugs import free_slugs
from orders.models import Category, Product, ProductImport
from orders.models.product import SEARCHED, write_search_texts
from shopadmin.models import StoreSettings

COLUMNS = {"service": "is_service", "visible": "active", "category": "category_id"}
NEEDED = ("name", "price")


def write(batch: Batch, *, job: ProductImport, titles: dict[str, str]) -> Counter:
    """Write a batch in the caller's transaction; how many products were created, updated and unchanged."""
    known = KnownProducts(batch.values["sku"])
    reason = _("This SKU occurs more than once. The first row in the file is used.")
    keys = [known.key_of(sku) for sku in batch.values["sku"]]
    refuse_doubles(batch, keys, job=job, title=titles["sku"], reason=reason)
    _refuse_what_is_not_clear(batch, known, titles)
    categories = Categories()
    rows = [dict(zip(batch.values, row, strict=True)) for row in zip(*batch.values.values(), strict=True)]
    found = [(known.of(row["sku"]), row) for row in rows]
    new = [row for product, row in found if product is None]
    changed = {product.pk: row for product, row in found if product and _changes(product, row, categories)}
    if not job.dry_run:
        categories.add({row["category"] for row in (*new, *changed.values()) if row.get("category")})
        _add(new, categories)
        _change(changed, categories)
    return Counter(created=len(new), updated=len(changed), unchanged=len(rows) - len(new) - len(changed))


class KnownProducts:
    """The products that some SKUs name, whatever their case; of several, the one that is written so."""

    def __init__(self, skus: list[str]) -> None:
        lower = Product.objects.alias(lower=Lower("sku"))
        named = lower.filter(Q(sku__in=skus) | Q(lower__in=[sku.lower() for sku in skus]))
        self.by_sku: dict[str, list[Product]] = defaultdict(list)
        for product in named.defer("search_text"):
            self.by_sku[product.sku.lower()].append(product)

    def of(self, sku: str) -> Product | None:
        """The product of this SKU."""
        alike = self.by_sku.get(sku.lower(), [])
        return next((one for one in alike if one.sku == sku), alike[0] if len(alike) == 1 else None)

    def is_unclear(self, sku: str) -> bool:
        """Whether it could be several products, and is none of them."""
        return len(self.by_sku.get(sku.lower(), ())) > 1 and self.of(sku) is None

    def key_of(self, sku: str) -> str:
        """What no other row of a file may be the same in."""
        return sku if len(self.by_sku.get(sku.lower(), ())) > 1 else sku.lower()


class Categories:
    """The categories of the shop by their names, whatever their case."""

    def __init__(self) -> None:
        self.by_name = {one.name.casefold(): one.pk for one in Category.objects.order_by("-position", "-pk")}

    def of(self, name: str) -> int | None:
        """The category of that name, if there is one."""
        return self.by_name.get(name.casefold())

    def add(self, names: set[str]) -> None:
        """Add those that are missing, behind all others."""
        for name in sorted(names):
            if self.of(name) is None:
                self.by_name[name.casefold()] = add_category(name).pk

    def default(self) -> int:
        """The category of a product for which a file names none."""
        with translation.override(StoreSettings.current().first_language):
            name = _("Other products")
        self.add({name})
        return self.by_name[name.casefold()]


def _refuse_what_is_not_clear(batch: Batch, known: KnownProducts, titles: dict[str, str]) -> None:
    """A new product needs a name and a price; one SKU in two cases may be either of two products."""
    problems = defaultdict(list)
    skipped = {(warning.line, warning.column): warning.reason for warning in batch.warnings}
    for place, (row, sku) in enumerate(zip(batch.rows, batch.values["sku"], strict=True)):
        if known.is_unclear(sku):
            problems[place] = [(titles["sku"], _("Several products have this SKU, in other capitals."))]
        elif known.of(sku) is None:
            for name in NEEDED:
                if batch.values.get(name, [None] * (place + 1))[place] is None:
                    title = titles.get(name, name)
                    problems[place].append((title, skipped.get((row.line, title)) or _missing(name, titles)))
    batch.leave_out(problems)


def _missing(name: str, titles: dict[str, str]) -> str:
    if name == "name":
        return _("The name is missing. A new product needs one.")
    if in_another_currency := titles.get("in_another_currency"):
        return _("The price is missing. %(why)s") % {"why": in_another_currency}
    if without_vat := titles.get("without_vat"):
        words = _("The price is missing. “%(column)s” is without VAT; a new product needs its price including VAT.")
        return words % {"column": without_vat}
    return _("The price is missing. A new product needs one.")


def _changes(product: Product, row: dict, categories: Categories) -> dict:
    """What the file says otherwise than the product, by the names of its columns."""
    said = {COLUMNS.get(name, name): value for name, value in row.items() if value is not None and name != "sku"}
    if "category_id" in said:
        said["category_id"] = categories.of(said["category_id"])
    translated = {name: said.pop(name) for name in list(said) if name.rpartition("_")[0] in TEXTS}
    if texts := _with_texts(product.translations, translated):
        said["translations"] = texts
    return {name: value for name, value in said.items() if value != getattr(product, name)}


def _with_texts(translations: dict, translated: dict[str, str]) -> dict:
    """The texts in further languages with those of a row (`name_de`)."""
    found = {code: dict(texts) for code, texts in translations.items()}
    for name, words in translated.items():
        text, _underscore, code = name.rpartition("_")
        found.setdefault(code, {})[text] = words
    return found


def _add(rows: list[dict], categories: Categories) -> None:
    slugs = free_slugs(Product, [(row["name"], f"{row['name']} {row['sku']}", row["sku"]) for row in rows], length=85)
    products = []
    for row, slug in zip(rows, slugs, strict=True):
        product = Product(sku=row["sku"], slug=slug, created_at=timezone.now())
        for name, value in ({"category_id": None} | _changes(product, row, categories)).items():
            setattr(product, name, value)
        product.category_id = product.category_id or categories.default()
        product.search_text = product.composed_search_text()
        products.append(product)
    database().add(products)


def _change(changed: dict[int, dict], categories: Categories) -> None:
    """Write what differs, looked at once more under a lock: somebody may have been quicker."""
    locked = Product.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=changed).order_by("pk")
    changes = {product: _changes(product, changed[product.pk], categories) for product in locked}
    names = sorted({name for new in changes.values() for name in new})
    if not names:
        return
    fields = [Product._meta.get_field(name) for name in names]
    rows = []
    for product, new in changes.items():
        values = [new.get(name, getattr(product, name)) for name in names]
        prepared = (field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True))
        rows.append((product.pk, *prepared))
    database().update(Product, [field.name for field in fields], rows)
    write_search_texts([product.pk for product, new in changes.items() if SEARCHED & new.keys()])
