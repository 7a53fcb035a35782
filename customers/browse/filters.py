"""What narrows the list of customers, by the names that the address bar uses."""

import re
from datetime import date, timedelta
from functools import cache

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.addresses.countries import country_choices
from customers.languages import is_language, language_choices
from customers.models import Customer, Tag
from customers.models.customer_manager import LONGEST_SEARCH, NEVER_ORDERED, CustomerQuerySet, end_of
from shopadmin.rendering.money_field import MoneyField, MoneyInput

# What the columns hold; a day beyond has no moment in every time zone.
DAYS = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31))]
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


def days_ago(value: str) -> int | None:
    """How many days ago `90d` was; None for what is no such day."""
    written = re.fullmatch("([0-9]{1,5})d", value)
    return int(written[1]) if written else None


class RelativeDayField(forms.DateField):
    """A day, or how many days ago it was (`90d`): a saved view that is written so moves on from day to day."""

    def to_python(self, value: str) -> date | None:
        ago = days_ago(value or "")
        return super().to_python(value) if ago is None else timezone.localdate() - timedelta(days=ago)


def day_field(label: str, kind: type[forms.DateField] = forms.DateField) -> forms.DateField:
    """One end of a range of days, as the address bar writes it."""
    return kind(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d"],
        validators=DAYS,
        widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
    )


def _orders(label: str) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "input"})
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_ORDERS, widget=widget)


def _amount(label: str) -> MoneyField:
    return MoneyField(label=label, required=False, min_value=0, max_digits=14, widget=MoneyInput({"class": "input"}))


class CustomerFilter(forms.Form):
    """Words, who it is, and ranges of days, orders and money; `RANGES` names the two ends of each."""

    RANGES = ("created", "last_order", "orders", "spent")
    CHOICES = ("status", "type", "country", "language", "tag", "consent")

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
    country = forms.ChoiceField(label=_("Country"), required=False, choices=country_choices)
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
        self.fields["language"].choices = language_choices(wanted if is_language(wanted) else "")
        self.fields["tag"].choices = cache(tag_choices)

    def clean(self) -> dict:
        """A range that ends before it begins is answered at its end."""
        for name in self.RANGES:
            low, high = self.range_of(name)
            if None not in (low, high) and high < low:
                self.add_error(self.ends(name)[1], _("The end of the range must come after the start."))
        return self.cleaned_data

    def apply(self, customers: CustomerQuerySet, *, but: str = "") -> CustomerQuerySet:
        """The customers that are let through by all filters, or by all but the one of a name."""
        for narrow, value in self._chosen(but):
            customers = narrow(customers, value)
        for name in self.RANGES:
            ends = self.range_of(name)
            if any_set(ends):
                customers = BETWEEN[name](customers, *ends)
        return customers

    def parts_of(self, sort: str) -> list[Q]:
        """The parts of a sort, by its key, that hold everybody let through, by what the filters imply."""
        parts = [Q()]
        if self.is_valid():
            for name, implied in IMPLIED.items():
                parts = [one & other for one in parts for other in implied(sort, self.range_of(name))]
        return parts

    def _chosen(self, but: str) -> list[tuple]:
        """The filters that are set, but for one, as (method of the QuerySet, value)."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value and name != but}
        return [(NARROW[name], value) for name, value in chosen.items() if name in NARROW]

    def range_of(self, name: str) -> tuple:
        """What a range begins and ends with; None where it is open."""
        low, high = self.ends(name)
        return self.cleaned_data.get(low), self.cleaned_data.get(high)

    def ends(self, name: str) -> tuple[str, str]:
        """The two fields of a range."""
        return (f"{name}_min", f"{name}_max") if name in {"orders", "spent"} else (f"{name}_from", f"{name}_to")


def any_set(ends: tuple) -> bool:
    """Whether a range has a beginning or an end."""
    return ends != (None, None)


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
BETWEEN = {
    "created": CustomerQuerySet.created_between,
    "last_order": CustomerQuerySet.last_ordered_between,
    "orders": CustomerQuerySet.with_orders_between,
    "spent": CustomerQuerySet.with_spent_between,
}


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
