from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from customers.models import Customer, HistoryEntry
from customers.models.customer_manager import LONGEST_SEARCH, CustomerQuerySet


class CustomerFilter(forms.Form):
    """What narrows the list of customers: words, status, type, and whether a shopper's change was not seen yet."""

    STATUSES = [
        ("registered", _("Registered")),
        ("guest", _("Guest")),
        *[(access.value, access.label) for access in Customer.Access if access != Customer.Access.OPEN],
    ]

    q = forms.CharField(
        label=_("Search customers"),
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(
            attrs={"type": "search", "class": "input", "placeholder": _("Name, e-mail, order, phone")},
        ),
    )
    status = forms.ChoiceField(label=_("Status"), required=False, choices=STATUSES)
    type = forms.ChoiceField(label=_("Type"), required=False, choices=Customer.Type)
    unseen = forms.BooleanField(label=_("Changed by shoppers"), required=False)

    def apply(self, customers: CustomerQuerySet) -> CustomerQuerySet:
        """The customers that are let through."""
        wanted = self.cleaned_data
        if wanted["q"]:
            customers = customers.matching(wanted["q"])
        if wanted["status"]:
            customers = self._of_status(customers, wanted["status"])
        if wanted["type"]:
            customers = customers.filter(customer_type=wanted["type"])
        if wanted["unseen"]:
            customers = customers.filter(Exists(HistoryEntry.objects.filter(customer=OuterRef("pk"), seen=False)))
        return customers

    def _of_status(self, customers: CustomerQuerySet, status: str) -> CustomerQuerySet:
        if status == "registered":
            return customers.registered()
        return customers.guests() if status == "guest" else customers.filter(access=status)
