"""The items of an order as they are typed: how many of each, and what is searched to be added."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from orders.checkout.cart import MOST_BY_MERCHANT
from orders.models import OrderLine, Product
from shopadmin.pictures.picture import Picture
from shopadmin.row_ids import is_row_id

MOST_HITS = 8
LONGEST_SEARCH = 100


class Row(NamedTuple):
    """One thing on the page, and its fields."""

    name: str
    sku: str
    price: Decimal
    shown_picture: Picture | None
    stock: int | None
    quantity: forms.BoundField
    discount: forms.BoundField | None = None


class ItemsForm(forms.Form):
    """Quantities of lines (`quantity-` and its id) and of products to add (`add-` and its id).

    `find` searches products; what is picked there, or is the one of that SKU, is added by one.
    """

    find = forms.CharField(
        label=_("Add a product"),
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text=_("Search by name or SKU."),
    )

    has_discounts = False

    def __init__(self, data: QueryDict | None, *, lines: list[OrderLine]) -> None:
        self.lines, self.hits = lines, list[Product]()
        if data is not None:
            data = self._with_what_is_added(data.copy())
        super().__init__(data)
        self.products = self._products(self.data)
        for line in lines:
            self.fields[f"quantity-{line.pk}"] = quantity_field(line.name, initial=line.quantity)
        for product in self.products:
            self.fields[f"add-{product.pk}"] = quantity_field(str(product))

    def _with_what_is_added(self, data: QueryDict) -> QueryDict:
        words, picked = data.get("find", "").strip()[:LONGEST_SEARCH], data.get("pick", "")
        on_sale = Product.objects.on_sale()
        product = on_sale.filter(pk=int(picked)).first() if is_row_id(picked) else None
        product = product or (on_sale.filter(sku__iexact=words).first() if words else None)
        if product:
            name = f"add-{product.pk}"
            before = data.get(name, "")
            data[name] = str(int(before) + 1) if is_row_id(before) else "1"
            data["find"] = ""
        elif words:
            self.hits = list(on_sale.found_by(words).order_by("name", "pk")[:MOST_HITS])
        data.pop("pick", None)
        return data

    def _products(self, data: Mapping) -> list[Product]:
        ids = [name.removeprefix("add-") for name in data if name.startswith("add-")]
        found = Product.objects.in_bulk([int(pk) for pk in ids if is_row_id(pk)])
        return list(found.values())

    def clean_find(self) -> str:
        """Nothing may be left there that was meant to be added."""
        words = self.cleaned_data["find"]
        if words:
            message = _("Choose a product from the results, or clear this field.") if self.hits else _("Nothing found.")
            raise forms.ValidationError(message)
        return words

    @property
    def rows(self) -> list[Row]:
        """The lines, then what is added."""
        return [*map(self._row_of_line, self.lines), *map(self._row_of_product, self.products)]

    def _row_of_line(self, line: OrderLine) -> Row:
        stock = line.product.stock if line.product else None
        field = self[f"quantity-{line.pk}"]
        return Row(line.name, line.sku, line.unit_gross, line.shown_picture, stock, field)

    def _row_of_product(self, product: Product) -> Row:
        field = self[f"add-{product.pk}"]
        return Row(str(product), product.sku, product.price, product.shown_picture, product.stock, field)

    @property
    def quantities(self) -> dict[int, int]:
        """How many there shall be of each line."""
        return {line.pk: self.cleaned_data[f"quantity-{line.pk}"] for line in self.lines}

    @property
    def added(self) -> dict[int, int]:
        """How many of each product are added."""
        added = {product.pk: self.cleaned_data[f"add-{product.pk}"] for product in self.products}
        return {pk: quantity for pk, quantity in added.items() if quantity}


def quantity_field(name: str, *, initial: int | None = None) -> forms.IntegerField:
    """How many of something."""
    return forms.IntegerField(
        label=_("Quantity, %s") % name,
        min_value=0,
        max_value=MOST_BY_MERCHANT,
        initial=initial,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Enter a quantity, or 0 to remove it"),
            "invalid": _("Enter a whole number"),
            "min_value": _("Enter 0 or more"),
            "max_value": _("Enter at most %(limit_value)s"),
        },
    )
