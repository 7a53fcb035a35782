"""What narrows the list of customers, by the names that the address bar uses."""

from decimal import Decimal
from functools import cache

from django import forms
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from customers.addresses.countries import country_choices
from customers.languages import is_language, language_choices, languages_of_customers
from customers.models import Customer, Tag
from customers.models.customer_manager import LONGEST_SEARCH, NEVER_ORDERED, CustomerQuerySet, end_of
from shopadmin.lists.filter_form import FilterForm, Range, RelativeDayField, day_field
from shopadmin.models import StoreSettings
from shopadmin.rendering.formats import day, money, number
from shopadmin.rendering.money_field import MoneyField, MoneyInput

MOST_ORDERS = 2**31 - 1
RESTRICTED = "restricted"
STATUSES = [
    ("registered", _("Registered")),
    ("guest", _("Guest")),
    *[(access.value, access.label) for access in Customer.Access if access != Customer.Access.OPEN],
    (RESTRICTED, _("Restricted")),
]


def tag_choices() -> list[tuple[str, str]]:
    """Every tag of the shop, by its number."""
    return [(str(pk), name) for pk, name in Tag.objects.values_list("pk", "name")]


class CountryField(forms.ChoiceField):
    """A country; a choice field would go through two hundred of them one by one, for a millisecond."""

    def __init__(self) -> None:
        super().__init__(label=_("Country"), required=False, choices=country_choices)

    def valid_value(self, value: str) -> bool:
        return value in dict(country_choices())


def _orders(label: str) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "input"})
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_ORDERS, widget=widget)


def _amount(label: str) -> MoneyField:
    return MoneyField(label=label, required=False, min_value=0, max_digits=14, widget=MoneyInput({"class": "input"}))


def _spent(amount: Decimal) -> str:
    return money(amount, StoreSettings.current().currency)


class CustomerFilter(FilterForm):
    """Words, who it is, and ranges of days, orders and money."""

    CHOICES = ("status", "type", "country", "language", "tag", "consent")
    FIXED = ("status", "type", "consent")
    LISTS = {"country": country_choices}
    SWITCHES = ("unseen",)
    RANGES = {
        "created": Range(
            _("Created"), ("created_from", "created_to"), CustomerQuerySet.created_between, day, is_of_days=True
        ),
        "last_order": Range(
            _("Last order"),
            ("last_order_from", "last_order_to"),
            CustomerQuerySet.last_ordered_between,
            day,
            is_of_days=True,
        ),
        "orders": Range(
            _("Number of orders"), ("orders_min", "orders_max"), CustomerQuerySet.with_orders_between, number
        ),
        "spent": Range(_("Amount spent"), ("spent_min", "spent_max"), CustomerQuerySet.with_spent_between, _spent),
    }
    NARROW = {
        "q": CustomerQuerySet.matching,
        "status": CustomerQuerySet.of_status,
        "type": CustomerQuerySet.of_type,
        "country": CustomerQuerySet.of_country,
        "language": CustomerQuerySet.speaking,
        "tag": CustomerQuerySet.with_tag,
        "consent": lambda customers, value: customers.with_consent(value == "yes"),
        "unseen": lambda customers, value: customers.changed_by_shoppers(),
    }

    q = forms.CharField(
        label=_("Search customers"),
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(
            attrs={"type": "search", "class": "input", "placeholder": _("Name, email, order, phone")},
        ),
    )
    status = forms.ChoiceField(label=_("Status"), required=False, choices=STATUSES)
    type = forms.ChoiceField(label=_("Type"), required=False, choices=Customer.Type)
    country = CountryField()
    language = forms.ChoiceField(label=_("Language"), required=False)
    tag = forms.TypedChoiceField(label=_("Tag"), required=False, coerce=int, empty_value=None)
    consent = forms.ChoiceField(
        label=_("Marketing emails"), required=False, choices=[("yes", _("Agreed")), ("no", _("Not agreed"))]
    )
    created_from = day_field(_("Created from"), RelativeDayField)
    created_to = day_field(_("Created until"), RelativeDayField)
    last_order_from = day_field(_("Last order from"), RelativeDayField)
    last_order_to = day_field(_("Last order until"), RelativeDayField)
    orders_min = _orders(_("Minimum number of orders"))
    orders_max = _orders(_("Maximum number of orders"))
    spent_min = _amount(_("Minimum amount spent"))
    spent_max = _amount(_("Maximum amount spent"))
    unseen = forms.BooleanField(label=_("Changed by customers"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        wanted = self.data.get("language", "")
        wanted = wanted if is_language(wanted) else ""
        self.fields["language"].choices = cache(lambda: language_choices(*languages_of_customers(), wanted))
        self.fields["tag"].choices = cache(tag_choices)

    def parts_of(self, sort: str) -> list[Q]:
        """The parts of a sort, by its key, that hold everybody let through, by what the filters imply."""
        parts = [Q()]
        if self.is_valid():
            for name, implied in IMPLIED.items():
                parts = [one & other for one in parts for other in implied(sort, self.range_of(name))]
        return parts


def _of_last_order(sort: str, ends: tuple) -> list[Q]:
    """Who last ordered before a day was created before it, unless their orders were imported: an index has these."""
    end = end_of(ends[1])
    if not end or sort != "newest":
        return [Q()]
    return [Q(created_at__gte=end, created_at__gt=F("last_order_sort")), Q(created_at__lt=end)]


def _of_orders(sort: str, ends: tuple) -> list[Q]:
    """Who never ordered spent nothing, and stands at the end by last order."""
    return [Q(last_order_sort=NEVER_ORDERED, spent=0) if ends[1] == 0 else Q()]


# Range: what else is true of everybody it lets through, as parts of a sort.
IMPLIED = {"last_order": _of_last_order, "orders": _of_orders}
