"""How orders, invoices and credit notes are numbered, as a section of the settings."""

from datetime import date
from typing import NamedTuple

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.documents import numbering
from orders.models import Order
from shopadmin.models import StoreSettings
from shopadmin.store.section_form import SectionForm
from shopadmin.store.sections import Group, Section

HIGHEST = 999_999_999
HALF = "is-half"


class PrefixField(forms.CharField):
    """The letters before a number, in capitals."""

    default_validators = [RegexValidator(r"^[A-Za-z]*\Z", gettext_lazy("Use only the letters A to Z"))]

    def __init__(self, **options) -> None:
        super().__init__(required=False, max_length=4, **options)

    def clean(self, value: str | None) -> str:
        return super().clean(value).upper()


class Numbers(NamedTuple):
    """One kind of numbers with a prefix: the counter they come from, the next one, and how that is written."""

    counter: str
    next: int
    written: str


def _of_orders(prefix: str, today: date) -> Numbers:
    return Numbers(numbering.ORDERS_COUNTER, numbering.next_of_orders(), numbering.coming_order_number(prefix))


def _of_documents(series: str, today: date) -> Numbers:
    counter = numbering.counter_of(series, today.year)
    coming = numbering.coming(counter)
    return Numbers(counter, coming, numbering.document_number(series, today.year, coming))


# By the field of its prefix: the field to go on from a number, and what is known of its numbers.
KINDS = {
    "order_prefix": ("next_order", _of_orders),
    "invoice_prefix": ("next_invoice", _of_documents),
    "credit_note_prefix": ("next_credit_note", _of_documents),
}


def _next_field(label: Promise) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=HIGHEST)


class NumberingForm(SectionForm):
    """How orders, invoices and credit notes are numbered, and when orders are invoiced."""

    WIDTHS = dict.fromkeys([*KINDS, *(name for name, _of in KINDS.values())], HALF)

    order_prefix = PrefixField(label=gettext_lazy("Order number prefix"))
    next_order = _next_field(gettext_lazy("Continue orders at"))
    invoice_prefix = PrefixField(
        label=gettext_lazy("Invoice number prefix"),
        help_text=gettext_lazy(
            "Comes before the year and the number. A new prefix starts again at 00001, as each year does."
        ),
    )
    next_invoice = _next_field(gettext_lazy("Continue invoices at"))
    credit_note_prefix = PrefixField(
        label=gettext_lazy("Credit note number prefix"),
        help_text=gettext_lazy("Must be different from the prefix for invoices."),
    )
    next_credit_note = _next_field(gettext_lazy("Continue credit notes at"))
    field_order = [
        *(name for prefix, (following, _of) in KINDS.items() for name in (prefix, following)),
        "invoice_when",
    ]

    class Meta:
        model = StoreSettings
        fields = ["order_prefix", "invoice_prefix", "credit_note_prefix", "invoice_when"]
        widgets = {"invoice_when": forms.RadioSelect}

    def __init__(self, data=None, files=None, *, store: StoreSettings) -> None:
        super().__init__(data, files, store=store)
        with timezone.override(store.time_zone):
            self.today = timezone.localdate()
        words = _("Next: %(number)s. To continue after another shop, enter its next number. You cannot go back.")
        for prefix, (following, numbers_of) in KINDS.items():
            coming = numbers_of(getattr(store, prefix), self.today)
            self.fields[following].help_text = words % {"number": coming.written}

    def clean(self) -> dict:
        """Each kind of document counts by itself, so that neither has gaps; and no number is given out twice."""
        cleaned = super().clean()
        sent = "credit_note_prefix" in self.data  # not by a page from before the field was there
        if sent and not self.errors and cleaned["invoice_prefix"] == cleaned["credit_note_prefix"]:
            self.add_error("credit_note_prefix", _("Enter a prefix that is different from the one for invoices"))
        for prefix, (following, numbers_of) in KINDS.items():
            wanted = cleaned.get(following)
            if wanted and prefix in cleaned:
                self._refuse_used(following, wanted, numbers_of(cleaned[prefix], self.today))
        return cleaned

    def _refuse_used(self, field: str, wanted: int, numbers: Numbers) -> None:
        if wanted < numbers.next and not numbering.is_fresh(numbers.counter):
            words = _("Enter %(number)s or higher: the numbers before it are used")
            self.add_error(field, words % {"number": numbers.next})
        elif field == "next_order":
            number = f"{self.cleaned_data['order_prefix']}{wanted}"
            if Order.objects.with_numbers([number]).exists():
                self.add_error(field, _("There is already an order %(number)s") % {"number": number})

    def save(self, commit: bool = True) -> StoreSettings:
        """Save, and go on from the numbers that were entered, unless others were given out meanwhile."""
        store = super().save(commit)
        for prefix, (following, numbers_of) in KINDS.items():
            if wanted := self.cleaned_data.get(following):
                numbering.go_on_at(numbers_of(getattr(store, prefix), self.today).counter, wanted)
        return store


SECTION = Section(
    "orders",
    Group.SELLING,
    gettext_lazy("Orders and invoices"),
    gettext_lazy("How orders, invoices and credit notes are numbered, and when invoices are created."),
    NumberingForm,
    words=gettext_lazy("order number, invoice number, first number, prefix, billing"),
)
