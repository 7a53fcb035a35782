"""What merchants have written on a customer: looked over by one of them before an archive hands it out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from customers.field_rules import CUSTOMER_FIELDS, Archive
from customers.models import Customer, HistoryEntry, Note
from customers.models.note import DatedNote
from customers.models.privacy_request import PrivacyRequest
from customers.privacy.archive.archive import Person
from customers.privacy.requests.requests import take_in
from shopadmin.models import StoreSettings

# Upper apps add theirs: notes on what belongs to these customers.
further_notes: list[Callable[[list[int]], Iterable[DatedNote]]] = []
NOTES_FIELDS = [name for name, rule in CUSTOMER_FIELDS.items() if rule.archive is Archive.REVIEWED]


@dataclass(frozen=True)
class NotesOnCustomer:
    """All that is written on a customer: in the field now and before, and dated, on orders too, the newest first."""

    current: list[str]
    earlier: list[str]
    dated: list[DatedNote]

    @property
    def in_field(self) -> bool:
        return bool(self.current or self.earlier)


def notes_on(customer: Customer) -> NotesOnCustomer:
    """What a merchant has to look over, with that on the merged records."""
    numbers = Person(customer).numbers
    records = Customer.objects.filter(pk__in=numbers).order_by("pk").values_list(*NOTES_FIELDS)
    current = [text for record in records for text in record if text]
    changes = HistoryEntry.objects.filter(customer__in=numbers, field__in=NOTES_FIELDS).order_by("-at", "-id")
    of_old = dict.fromkeys(text for change in changes.values_list("new", "old") for text in change if text)
    further = [note for notes in further_notes for note in notes(numbers)]
    dated = sorted([*Note.objects.filter(customer__in=numbers), *further], key=lambda note: note.at, reverse=True)
    return NotesOnCustomer(current, [text for text in of_old if text not in current], dated)


def has_notes(customer: Customer) -> bool:
    notes = notes_on(customer)
    return bool(notes.in_field or notes.dated)


def ask_for_notes(customer: Customer) -> PrivacyRequest:
    """Have the shop look over its notes and send them; the request of this kind that waits already, if there is one."""
    with translation.override(StoreSettings.current().first_language):
        remark = _("Asks for the shop's notes, which the copy that customers download themselves leaves out.")
    return take_in(customer, kind=PrivacyRequest.Kind.ACCESS, remark=remark)
