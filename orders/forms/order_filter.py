from django import forms
from django.utils.translation import gettext_lazy as _

from orders.models import Order
from orders.models.order import OrderQuerySet


class OrderFilter(forms.Form):
    """What narrows the list of orders: words, the three states, whether a term is over, and what is left to do."""

    q = forms.CharField(
        label=_("Search orders"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "class": "input", "placeholder": _("Number, name, e-mail")}),
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=Order.State)
    payment = forms.ChoiceField(label=_("Payment"), required=False, choices=Order.PaymentState)
    shipping = forms.ChoiceField(label=_("Shipping"), required=False, choices=Order.ShippingState)
    overdue = forms.ChoiceField(label=_("Payment term"), required=False, choices=[("on", _("Overdue"))])
    todo = forms.ChoiceField(required=False, choices=[("send", _("To send")), ("pay", _("Not paid"))])

    def apply(self, orders: OrderQuerySet, *, but: str = "") -> OrderQuerySet:
        """The orders that are let through by all filters, or by all but the one of a name."""
        wanted = self.cleaned_data | ({but: ""} if but else {})
        orders = {"send": orders.paid_not_shipped, "pay": orders.unpaid}.get(wanted["todo"], orders.all)()
        for name, column in (("state", "state"), ("payment", "payment_state"), ("shipping", "shipping_state")):
            if wanted[name]:
                orders = orders.filter(**{column: wanted[name]})
        if wanted["overdue"]:
            orders = orders.overdue()
        return orders.matching(wanted["q"]) if wanted["q"] else orders
