"""Stock of many products, typed into one list."""

import re
from typing import NamedTuple, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from orders.models import Product
from orders.models.product import MOST_STOCK
from shopadmin.lists.listing import Page

NAME = re.compile(r"stock_([0-9]{1,18})")


class StockCell(NamedTuple):
    """What the list shows of the stock of a product: what is typed, what was seen, and what is wrong with it."""

    name: str
    typed: int | str | None
    seen: int | str | None
    message: str = ""


class StockField(forms.IntegerField):
    """A stock as it was seen and as it was typed."""

    def __init__(self, product: Product) -> None:
        label, stock = str(product), product.stock
        super().__init__(label=label, initial=stock, min_value=0, max_value=MOST_STOCK, show_hidden_initial=True)


class StockForm(forms.Form):
    """Stock typed into a page of the list: a field for each counted product, once somebody sent it."""

    def __init__(self, products: list[Product], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.rows = products
        self.products = {f"stock_{product.pk}": product for product in products if product.stock is not None}
        if self.is_bound:  # to show them only, fields cost twice what all the rest of the page does
            self.fields = {name: StockField(product) for name, product in self.products.items()}

    @classmethod
    def of_page(cls, page: Page, data: QueryDict | None) -> Self:
        """Return the form for the rows of a page, or for those that were sent: the page may hold others by now."""
        if data is None:
            return cls(page.rows)
        sent = [int(found[1]) for name in data if (found := NAME.fullmatch(name))]
        there = Product.objects.in_bulk(sent)
        return cls([there[pk] for pk in sent if pk in there], data)

    def cell_of(self, product: Product) -> StockCell | None:
        """Return what is shown of a product, if it is counted."""
        name = f"stock_{product.pk}"
        if name not in self.products:
            return None
        if not self.is_bound:
            return StockCell(name, product.stock, product.stock)
        seen = self.data.get(self[name].html_initial_name, product.stock)
        return StockCell(name, self[name].value(), seen, " ".join(self.errors.get(name, ())))

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
