from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from customers.models.customer_manager import end_of, start_of
from orders.models import Document, Order
from shopadmin.lists.filter_form import day_field


class DocumentFilter(forms.Form):
    """What narrows the list of documents: a number (its own or the order's), the kind, and the day of issue."""

    q = forms.CharField(
        label=_("Search documents"),
        required=False,
        max_length=40,
        widget=forms.TextInput(
            attrs={"type": "search", "class": "input", "placeholder": _("Number of a document or order")}
        ),
    )
    kind = forms.ChoiceField(required=False, choices=Document.Kind)
    issued_from = day_field(_("Issued from"))
    issued_to = day_field(_("Issued until"))

    def apply(self, documents: QuerySet) -> QuerySet:
        """The documents that are let through."""
        wanted = self.cleaned_data
        if wanted["q"]:
            orders = Order.objects.with_numbers([wanted["q"]])
            documents = documents.filter(Q(number=wanted["q"].upper()) | Q(order__in=orders))
        if wanted["kind"]:
            documents = documents.filter(kind=wanted["kind"])
        if wanted["issued_from"]:
            documents = documents.filter(issued_at__gte=start_of(wanted["issued_from"]))
        if wanted["issued_to"]:
            documents = documents.filter(issued_at__lt=end_of(wanted["issued_to"]))
        return documents
