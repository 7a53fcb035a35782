from functools import cache

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from customers.addresses.countries import country_choices
from customers.browse.filters import CountryField, tag_choices
from orders.checkout import payment_methods
from orders.models import DeliveryMethod, Order, OrderLine, OrderTag, Product
from orders.models.delivery_words import READY
from orders.models.order_queryset import OrderQuerySet
from shopadmin.lists.filter_form import FilterForm, Range, RelativeDayField, day_field
from shopadmin.rendering.formats import day

NO_METHOD = "none"
READY_CHOICE = ("ready", READY.label)


def delivery_method_choices() -> list[tuple[str, str]]:
    """Every delivery method of the shop, offered or not, by its number; and none of them, where there are any."""
    methods = [(str(method.pk), str(method)) for method in DeliveryMethod.objects.all()]
    return [*methods, (NO_METHOD, gettext("None of these"))] if methods else []


def _shipped(orders: OrderQuerySet, value: str) -> OrderQuerySet:
    return orders.ready_for_pickup() if value == READY_CHOICE[0] else orders.filter(shipping_state=value)


def _delivered_by(orders: OrderQuerySet, value: str) -> OrderQuerySet:
    return orders.filter(delivery_method=None if value == NO_METHOD else int(value))


# What can be done next about an order, and the orders that wait for it.
NEXT_STEPS = {"send": OrderQuerySet.to_ship, "provide": OrderQuerySet.to_provide, "pay": OrderQuerySet.unpaid}
NEXT_STEP_CHOICES = [("send", _("To ship")), ("provide", _("Services to provide")), ("pay", _("Payment due"))]


class OrderFilter(FilterForm):
    """What narrows the list of orders: words, states, where they go and how they came in, what was bought, and when."""

    CHOICES = (
        "state", "payment", "shipping", "overdue", "country", "channel", "delivery", "payment_method", "tag",
    )  # fmt: skip
    FIXED = ("state", "payment", "shipping", "overdue", "channel")
    LISTS = {"country": country_choices}
    SWITCHES = ("todo",)
    TYPED = ("product",)
    RANGES = {
        "placed": Range(_("Placed"), ("placed_from", "placed_to"), OrderQuerySet.placed_between, day, is_of_days=True)
    }
    NARROW = {
        "todo": lambda orders, value: NEXT_STEPS[value](orders),
        "state": lambda orders, value: orders.filter(state=value),
        "payment": lambda orders, value: orders.filter(payment_state=value),
        "shipping": _shipped,
        "overdue": lambda orders, value: orders.overdue(),
        "country": lambda orders, value: orders.filter(delivery_country=value),
        "channel": lambda orders, value: orders.filter(channel=value),
        "delivery": _delivered_by,
        "payment_method": lambda orders, value: orders.filter(payment_method=value),
        "tag": OrderQuerySet.with_tag,
        "product": OrderQuerySet.with_products,
        "q": OrderQuerySet.matching,
    }
    # Of filters by rows below the orders: which rows they ask for.
    BELOW = {
        "tag": lambda tag: OrderTag.objects.filter(tag=tag),
        "product": lambda products: OrderLine.objects.filter(product__in=products),
    }

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
    shipping = forms.ChoiceField(
        label=_("Shipping"), required=False, choices=[*Order.ShippingState.choices, READY_CHOICE]
    )
    overdue = forms.ChoiceField(label=_("Payment term"), required=False, choices=[("on", _("Overdue"))])
    country = CountryField()
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=Order.Channel)
    delivery = forms.ChoiceField(label=_("Delivery method"), required=False)
    payment_method = forms.ChoiceField(label=_("Payment method"), required=False, choices=payment_methods.choices)
    product = forms.CharField(
        label=_("Product"),
        required=False,
        max_length=120,
        help_text=_("Its name or SKU."),
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    placed_from = day_field(_("Placed from"), RelativeDayField)
    placed_to = day_field(_("Placed until"), RelativeDayField)
    tag = forms.TypedChoiceField(label=_("Tag"), required=False, coerce=int, empty_value=None)
    todo = forms.ChoiceField(required=False, choices=NEXT_STEP_CHOICES)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delivery"].choices = cache(delivery_method_choices)
        self.fields["tag"].choices = cache(tag_choices)

    def clean_product(self) -> list[Product]:
        """Every product that is meant: several may have one name."""
        words = self.cleaned_data["product"]
        found = Product.objects.called(words) if words else []
        if words and not found:
            raise forms.ValidationError(gettext("No product has this name or SKU"))
        return found

    def tags_or_lines(self) -> QuerySet | None:
        """The tags, or else the lines, that are asked for, of the orders that all filters let through.

        None where neither is asked for, or words are searched for.
        """
        values = self.cleaned_data if self.is_valid() else {}
        name = next((name for name in self.BELOW if values.get(name)), "")
        if not name or values["q"]:
            return None
        rows = self.BELOW[name](values[name])
        is_narrowed = any(value for other, value in values.items() if other != name)
        return rows.filter(order__in=self.apply(Order.objects.values("pk"), but=name)) if is_narrowed else rows

    def typed_in_words(self, name: str) -> str:
        """The product by its name in the active language; as it was typed where several are meant."""
        products = self.cleaned_data[name]
        return str(products[0]) if len(products) == 1 else super().typed_in_words(name)
