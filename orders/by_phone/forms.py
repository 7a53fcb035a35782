"""What an order by phone is made of: products with discounts, how it is delivered and paid, and remarks."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from orders.checkout import payment_methods
from orders.checkout.delivery_fields import DeliveryFields
from orders.checkout.discounts import Discounts
from orders.checkout.quote import QuoteLine
from orders.checkout.totals import ZERO
from orders.editing.items_form import ItemsForm
from orders.models import DeliveryMethod, Order, Product
from shopadmin.models import StoreSettings


class NewItems(ItemsForm):
    """Products for a new order, with a discount on each and one on the order."""

    def clean(self) -> dict:
        """Something has to be ordered; no more than there is, and no price goes below zero."""
        cleaned = super().clean()
        for product in self.products:
            self._look_at(product, cleaned.get(f"add-{product.pk}") or 0)
        if not self.errors and not self.added:
            self.add_error("find", _("Add at least 1 product"))
        if not self.errors:
            price = sum((line.price for line in Discounts(self.discounts_added).taken_off(self.chosen)), ZERO)
            self.refuse_more_than(price, "order_discount", currency=StoreSettings.current().currency)
        return cleaned

    def _look_at(self, product: Product, quantity: int) -> None:
        if product.stock is not None and quantity > product.stock:
            self.add_error(f"add-{product.pk}", _("Only %s in stock") % product.stock)
        price, currency = product.price * quantity, StoreSettings.current().currency
        self.refuse_more_than(price, f"discount-{product.pk}", currency=currency)

    @property
    def chosen(self) -> tuple[QuoteLine, ...]:
        """What is ordered, before any discount."""
        added = self.added
        return tuple(QuoteLine(product, added[product.pk]) for product in self.products if product.pk in added)

    @property
    def all_discounts(self) -> Discounts:
        return Discounts(self.discounts_added, self.cleaned_data["order_discount"])


class DeliveryForm(DeliveryFields):
    """How it is delivered and paid, and what is remarked; items and address say what of it is asked and possible."""

    reference = Order._meta.get_field("reference").formfield(label=_("Customer's reference"), required=False)
    order_note = Order._meta.get_field("order_note").formfield(
        label=_("Order note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The customer sees it too."),
    )
    ship_elsewhere = forms.BooleanField(label=_("Ship to a different address"), required=False)

    def __init__(self, data: QueryDict | None, *, customer: Customer, country: str, has_goods: bool) -> None:
        methods = list(DeliveryMethod.objects.filter(active=True))
        likely = next((method.pk for method in methods if method.goes_to(country)), "")
        initial = {"delivery": likely, "ship_elsewhere": customer.ship_elsewhere}
        super().__init__(data, methods=methods, initial=initial, has_goods=has_goods)
        if has_goods:
            self.fields["delivery"].choices = self.with_prices(StoreSettings.current().currency)
            if not methods:
                self.fields["delivery"].help_text = _("There is no delivery method yet. Add one in the settings.")
        else:
            del self.fields["ship_elsewhere"]
        pickup = next((method for method in self.methods.values() if method.is_pickup), None)
        self.fields["payment_method"].choices = [(way.code, way.label) for way in payment_methods.on_offer(pickup)]
        if not customer.is_business:
            del self.fields["reference"]
