"""The items of an order as they are typed: how many of each, what is taken off, and what is searched to be added."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from orders.checkout.cart import MOST_BY_MERCHANT
from orders.checkout.discounts import Discount
from orders.editing.discount_field import DiscountField
from orders.editing.repricing import Priced
from orders.models import Product
from orders.search.texts import has_goods_in
from shopadmin.pictures.picture import Picture
from shopadmin.rendering.formats import money
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
    discount: forms.BoundField


class ItemsForm(forms.Form):
    """Quantities of lines (`quantity-` and its id) and of products to add (`add-` and its id), and discounts.

    Those are on lines (`line-discount-`), products (`discount-`) and the order. `find` searches products; what is
    picked there, or is the one of that SKU, is added by one.
    """

    find = forms.CharField(
        label=_("Add a product"),
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text=_("Search by name or SKU."),
    )

    order_discount = DiscountField(
        label=_("Discount on the order"), help_text=_("An amount such as 5.00, or a percentage such as 10%.")
    )

    def __init__(self, data: QueryDict | None, *, lines: Sequence[Priced] = ()) -> None:
        """`lines` are those that stand on the order, at the prices that the shop shows."""
        self.lines = {priced.line.pk: priced for priced in lines if priced.line}
        self.hits = list[Product]()
        if data is not None:
            data = self._with_what_is_added(data.copy())
        super().__init__(data)
        self.products = self._products(self.data)
        for pk, priced in self.lines.items():
            name = str(priced.line.name)
            self.fields[f"quantity-{pk}"] = quantity_field(name, initial=priced.quantity)
            self.fields[f"line-discount-{pk}"] = discount_field(name, initial=priced.own_discount)
        for product in self.products:
            self.fields[f"add-{product.pk}"] = quantity_field(str(product))
            self.fields[f"discount-{product.pk}"] = discount_field(str(product))
        self.fields["order_discount"].initial = self.shares or None

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

    def take_search(self) -> None:
        """Take back the message at a search that found something: nobody has picked yet."""
        if self.hits:
            self.errors.pop("find", None)

    @property
    def rows(self) -> list[Row]:
        """The lines, then what is added."""
        return [*map(self._row_of_line, self.lines.values()), *map(self._row_of_product, self.products)]

    def _row_of_line(self, priced: Priced) -> Row:
        line, stock = priced.line, priced.product.stock if priced.product else None
        fields = self[f"quantity-{line.pk}"], self[f"line-discount-{line.pk}"]
        return Row(line.name, line.sku, priced.unit_price, line.shown_picture, stock, *fields)

    def _row_of_product(self, product: Product) -> Row:
        fields = self[f"add-{product.pk}"], self[f"discount-{product.pk}"]
        return Row(str(product), product.sku, product.price, product.shown_picture, product.stock, *fields)

    @property
    def has_goods(self) -> bool:
        """Whether something among it has to be delivered, as typed; True while nothing is there."""
        lines = [(f"quantity-{pk}", priced.is_service) for pk, priced in self.lines.items()]
        added = [(f"add-{product.pk}", product.is_service) for product in self.products]
        there = ((str(self[name].value() or "").strip(" 0"), is_service) for name, is_service in [*lines, *added])
        return has_goods_in(is_service for quantity, is_service in there if quantity)

    @property
    def quantities(self) -> dict[int, int]:
        """How many there shall be of each line."""
        return {pk: self.cleaned_data[f"quantity-{pk}"] for pk in self.lines}

    @property
    def added(self) -> dict[int, int]:
        """How many of each product are added."""
        added = {product.pk: self.cleaned_data[f"add-{product.pk}"] for product in self.products}
        return {pk: quantity for pk, quantity in added.items() if quantity}

    @property
    def discounts(self) -> dict[int, Discount]:
        """What is taken off lines, by id, where it is another discount than there was."""
        typed = {pk: self.cleaned_data[f"line-discount-{pk}"] for pk in self.lines}
        return {pk: off for pk, off in typed.items() if off != Discount(amount=self.lines[pk].own_discount)}

    @property
    def discounts_added(self) -> dict[int, Discount]:
        """What is taken off products that are added, by id."""
        return {pk: self.cleaned_data[f"discount-{pk}"] for pk in self.added}

    @property
    def new_order_discount(self) -> Discount | None:
        """The discount on the order, where it has to be shared out anew; None where it stays as it is."""
        typed, before = self.cleaned_data["order_discount"], Discount(amount=self.shares)
        is_changed = bool(self.discounts or self.added) or self.quantities != {
            pk: priced.quantity for pk, priced in self.lines.items()
        }
        return typed if typed != before or (is_changed and self.shares) else None

    @property
    def shares(self) -> Decimal:
        """The discount on the order as it stands."""
        return sum((priced.share for priced in self.lines.values()), Decimal("0.00"))

    def refuse_more_than(self, price: Decimal, name: str, *, currency: str) -> None:
        """Say at its field that a discount is more than what it is taken off."""
        typed = self.cleaned_data.get(name)
        if typed and typed.amount > price:
            words = _("The discount cannot be more than the price, %s")
            self.add_error(name, words % money(price, currency))


def discount_field(name: str, *, initial: Decimal | None = None) -> DiscountField:
    """What is taken off something."""
    return DiscountField(label=_("Discount, %s") % name, initial=initial or None)


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
