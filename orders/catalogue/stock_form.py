"""Stock of many products, typed into one list."""

import re
from typing import Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from orders.models import Product
from orders.models.product import MOST_STOCK
from shopadmin.lists.listing import Page

NAME = re.compile(r"stock_([0-9]{1,18})")


class StockField(forms.IntegerField):
    """A stock as it was seen and as it was typed; a product that is not counted has none."""

    def __init__(self, product: Product) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            label=str(product),
            initial=product.stock,
            min_value=0,
            max_value=MOST_STOCK,
            widget=forms.TextInput(attrs=attrs),
            show_hidden_initial=True,
        )


class StockForm(forms.Form):
    """A field for each counted product of a page of the list."""

    def __init__(self, products: list[Product], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.rows = products
        self.products = {f"stock_{product.pk}": product for product in products if product.stock is not None}
        for name, product in self.products.items():
            self.fields[name] = StockField(product)

    @classmethod
    def of_page(cls, page: Page, data: QueryDict | None) -> Self:
        """Return the form for the rows of a page, or for those that were sent: the page may hold others by now."""
        if data is None:
            return cls(page.rows)
        sent = [int(found[1]) for name in data if (found := NAME.fullmatch(name))]
        there = Product.objects.select_related("category").in_bulk(sent)
        return cls([there[pk] for pk in sent if pk in there], data)

    def control_of(self, product: Product) -> forms.BoundField | None:
        """Return the field of a product, if it is counted."""
        name = f"stock_{product.pk}"
        return self[name] if name in self.fields else None

    def save(self) -> list[tuple[Product, int]]:
        """Save what was typed anew; return each such product, and by how much its stock had changed meanwhile."""
        saved = []
        for name in self.changed_data:
            product = self.products[name]
            saved.append((product, product.enter_stock(self.cleaned_data[name], seen=seen_in(self[name]))))
        return saved


def seen_in(bound: forms.BoundField) -> int | None:
    """Return the stock that the page showed when somebody typed over it."""
    try:
        return bound.field.to_python(bound.form.data.get(bound.html_initial_name, bound.initial))
    except forms.ValidationError:
        return bound.initial


def change_in_words(product: Product, changed: int) -> str:
    """Say what became of a stock that changed while somebody typed."""
    words = {"product": product, "count": abs(changed), "stock": product.stock}
    if changed < 0:
        return _("%(product)s: %(count)d sold while you were typing, so %(stock)d are in stock now.") % words
    return _("%(product)s: %(count)d came back while you were typing, so %(stock)d are in stock now.") % words
