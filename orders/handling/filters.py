from functools import cache

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.browse.filters import day_field, tag_choices
from orders.models import Order
from orders.models.order_queryset import OrderQuerySet


class OrderFilter(forms.Form):
    """What narrows the list of orders: words, states, whether a term is over, what is left to do, and the day."""

    q = forms.CharField(
        label=_("Search orders"),
        required=False,
        max_length=100,
        widget=forms.TextInput(
            attrs={"type": "search", "class": "input", "placeholder": _("Number, name, product, tracking")}
        ),
    )
    state = forms.ChoiceField(label=_("Status"), required=False, choices=Order.State)
    payment = forms.ChoiceField(label=_("Payment"), required=False, choices=Order.PaymentState)
    shipping = forms.ChoiceField(label=_("Shipping"), required=False, choices=Order.ShippingState)
    overdue = forms.ChoiceField(label=_("Payment term"), required=False, choices=[("on", _("Overdue"))])
    placed_from = day_field(_("Placed from"))
    placed_to = day_field(_("Placed until"))
    tag = forms.TypedChoiceField(label=_("Tag"), required=False, coerce=int, empty_value=None)
    todo = forms.ChoiceField(required=False, choices=[("send", _("To ship")), ("pay", _("Payment due"))])

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tag"].choices = cache(tag_choices)

    def clean(self) -> dict:
        """A range that ends before it begins is answered at its end."""
        first, last = (self.cleaned_data.get(name) for name in ("placed_from", "placed_to"))
        if first and last and last < first:
            self.add_error("placed_to", _("The end of the range must come after the start."))
        return self.cleaned_data

    def apply(self, orders: OrderQuerySet, *, but: str = "") -> OrderQuerySet:
        """The orders that are let through by all filters, or by all but the one of a name."""
        wanted = self.cleaned_data | ({but: ""} if but else {})
        orders = {"send": orders.to_ship, "pay": orders.unpaid}.get(wanted["todo"], orders.all)()
        for name, column in (("state", "state"), ("payment", "payment_state"), ("shipping", "shipping_state")):
            if wanted[name]:
                orders = orders.filter(**{column: wanted[name]})
        if wanted["overdue"]:
            orders = orders.overdue()
        if wanted["tag"]:
            orders = orders.with_tag(wanted["tag"])
        if wanted["placed_from"] or wanted["placed_to"]:
            orders = orders.placed_between(wanted["placed_from"], wanted["placed_to"])
        return orders.matching(wanted["q"]) if wanted["q"] else orders
