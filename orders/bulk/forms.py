from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from customers.exporting.forms import SeparatorForm
from customers.models import Customer, Tag
from customers.tags.forms import TagForm
from orders.checkout import payment_methods
from orders.handling.carrier_fields import CarrierFields, likely_carrier
from orders.handling.filters import OrderFilter
from orders.models import Order, OrderBulkAction
from shopadmin.bulk.forms import ConfirmForm, SelectionForm

MOST_TRACKED = 50
OF_CARRIER = ("carrier", "carrier_name", "tracking_link")


class OrderSelectionForm(SelectionForm):
    """Which orders are meant."""

    filter_form, words_for_none = OrderFilter, _("Select at least one order.")


class ChosenForm(OrderSelectionForm):
    """What is to be done, and to which orders."""

    action = forms.ChoiceField(choices=OrderBulkAction.Kind, widget=forms.HiddenInput)

    def action_of(self, by: Customer) -> OrderBulkAction:
        """The action that is asked for, not saved yet."""
        return OrderBulkAction(kind=self.cleaned_data["action"], by=by, **self.meant)


class OrdersForm(ConfirmForm):
    """That it is meant, and what else the kind of action asks for.

    `orders` are the first to which it is done; `pickups` of all of them are picked up.
    """

    def __init__(self, data: QueryDict | None, *, orders: list[Order], pickups: int = 0, **counts: int) -> None:
        super().__init__(data, **counts)
        self.orders, self.pickups = orders, pickups

    @property
    def how(self) -> dict:
        """What of it the action keeps."""
        return {}


class PayingForm(OrdersForm):
    """How the money came in."""

    payment_method = forms.ChoiceField(label=_("Payment method"), required=False)

    def __init__(self, data: QueryDict | None, **kwargs) -> None:
        super().__init__(data, **kwargs)
        self.fields["payment_method"].choices = [("", _("Payment method of each order")), *payment_methods.choices()]

    @property
    def how(self) -> dict:
        return {"payment_method": self.cleaned_data["payment_method"]}


class ShippingForm(OrdersForm, CarrierFields):
    """Who carries the parcels, and their tracking numbers where they are few enough to be typed.

    Nobody carries what is picked up.
    """

    def __init__(self, data: QueryDict | None, **kwargs) -> None:
        super().__init__(data, **kwargs)
        self.parcels = self.doing - self.pickups
        if self.parcels:
            self.initial |= likely_carrier()
        else:
            for name in OF_CARRIER:
                del self.fields[name]
        few = self.orders if self.doing <= MOST_TRACKED else []
        self.tracked = [order for order in few if not order.is_pickup]
        for order in self.tracked:
            widget = forms.TextInput(attrs={"autocomplete": "off"})
            field = forms.CharField(label=_("Tracking number"), max_length=60, required=False, widget=widget)
            self.fields[_name(order)] = field

    @property
    def tracking_fields(self) -> list[tuple[Order, forms.BoundField]]:
        """Each order with the field for its parcel's number."""
        return [(order, self[_name(order)]) for order in self.tracked]

    @property
    def how(self) -> dict:
        numbers = {str(order.pk): self.cleaned_data[_name(order)] for order in self.tracked}
        numbers = {pk: number for pk, number in numbers.items() if number}
        carrier = {name: self.cleaned_data[name] for name in OF_CARRIER if name in self.cleaned_data}
        return {**carrier, "tracking_numbers": numbers}


class TaggingForm(TagForm, OrdersForm):
    """The tag to add, by its name."""

    @property
    def how(self) -> dict:
        return {"tag": Tag.objects.named(self.cleaned_data["name"])}


class UntaggingForm(OrdersForm):
    """The tag to take off."""

    which = forms.ModelChoiceField(Tag.objects.all(), label=_("Tag"))

    @property
    def how(self) -> dict:
        return {"tag": self.cleaned_data["which"]}


class ExportingForm(SeparatorForm, OrdersForm):
    """What parts the columns of the file."""


def _name(order: Order) -> str:
    return f"tracking-{order.pk}"


FORMS = {
    OrderBulkAction.Kind.PAYMENT: PayingForm,
    OrderBulkAction.Kind.SHIP: ShippingForm,
    OrderBulkAction.Kind.READY: OrdersForm,
    OrderBulkAction.Kind.PROVIDE: OrdersForm,
    OrderBulkAction.Kind.INVOICE: OrdersForm,
    OrderBulkAction.Kind.REMIND: OrdersForm,
    OrderBulkAction.Kind.TAG: TaggingForm,
    OrderBulkAction.Kind.UNTAG: UntaggingForm,
    OrderBulkAction.Kind.EXPORT: ExportingForm,
}
