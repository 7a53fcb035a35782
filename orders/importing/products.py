"""The products that the lines of a file of orders name by their SKU."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q
from django.db.models.functions import Lower

from orders.models import Product


class ProductsBySku:
    """The products with some SKUs, read at once: whatever their case, and of several the one that is written so."""

    def __init__(self, skus: Collection[str]) -> None:
        self.alike: dict[str, dict[str, int]] = defaultdict(dict)
        lower = Product.objects.alias(lower=Lower("sku"))
        named = lower.filter(Q(sku__in=skus) | Q(lower__in={sku.lower() for sku in skus}))
        for sku, pk in named.values_list("sku", "pk") if skus else ():
            self.alike[sku.lower()][sku] = pk

    def of(self, sku: str) -> int | None:
        """The id of the product with this SKU; None where there is none, or nobody can tell which."""
        alike = self.alike.get(sku.lower(), {})
        return alike.get(sku) or (next(iter(alike.values())) if len(alike) == 1 else None)
