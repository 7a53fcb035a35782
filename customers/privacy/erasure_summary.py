"""What an erasure takes away and what it leaves, in words for whoever is about to do it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import Customer


@dataclass(frozen=True)
class Kept:
    """An order that stays; `until` is empty while it is under way."""

    number: str
    day: date
    documents: list[str]
    until: date | None


@dataclass
class Summary:
    """What an erasure takes away, in sentences, and which orders it leaves."""

    goes: list[str] = field(default_factory=list)
    stays: list[Kept] = field(default_factory=list)

    @property
    def until(self) -> date | None:
        """When the last of what stays may go."""
        return max((kept.until for kept in self.stays if kept.until), default=None)

    @property
    def under_way(self) -> int:
        return sum(kept.until is None for kept in self.stays)


@dataclass(frozen=True)
class Section:
    """What one app holds on customers: what of it goes, in sentences, and what stays of many, by their numbers."""

    goes: Callable[[Customer], list[str]]
    stays: Callable[[Collection[int]], dict[int | None, list[Kept]]]


# Each app that holds something on customers adds its own.
sections: list[Section] = []


def what_goes_and_stays(customer: Customer, *, to_themselves: bool = False) -> Summary:
    """Everything that erasing this customer would take away or leave, in words for the merchant or `to_themselves`."""
    own = _you if to_themselves else _person
    goes = [sentence for says in (own, *(section.goes for section in sections)) for sentence in says(customer)]
    return Summary(goes=goes, stays=what_stays([customer.pk])[customer.pk])


def what_stays(customers: Collection[int]) -> dict[int, list[Kept]]:
    """What erasing these customers would leave of each."""
    found = [section.stays(customers) for section in sections]
    return {number: [kept for part in found for kept in part.get(number, [])] for number in customers}


def _person(customer: Customer) -> list[str]:
    goes = [_("Name, email address, phone numbers, company details, notes and all other data about the person")]
    if customer.is_registered:
        goes.append(_("The account, all sign-in methods and all sessions on all devices"))
    held = _held(customer)
    if held["addresses"]:
        goes.append(_("Billing and shipping address"))
    sentences = {
        "merged": ngettext("%s customer merged into this one", "%s customers merged into this one", held["merged"]),
        "history": ngettext("The history: %s change", "The history: %s changes", held["history"]),
        "mails": ngettext("%s email", "%s emails", held["mails"]),
        "dated_notes": ngettext("%s dated note", "%s dated notes", held["dated_notes"]),
        "customer_tags": ngettext("%s tag", "%s tags", held["customer_tags"]),
    }
    goes += [sentence % held[name] for name, sentence in sentences.items() if held[name]]
    if held["consents"]:
        goes.append(_("Consent given and withdrawn, with proof"))
    return goes


def _you(customer: Customer) -> list[str]:
    """The same in words for the customer, to whom the shop's notes and tags are not counted out."""
    held = _held(customer)
    sentences = {
        "addresses": _("Billing and shipping address"),
        "merged": _("Your earlier customer details that the shop merged with these"),
        "history": _("The history of changes to your data"),
        "mails": _("The emails we sent you"),
        "consents": _("Consent given and withdrawn, with proof"),
    }
    return [
        _("Your name, email address, phone numbers, company details and any other information we hold about you"),
        _("The account, all sign-in methods and all sessions on all devices"),
        *(sentence for name, sentence in sentences.items() if held[name]),
    ]


HELD = ("addresses", "history", "mails", "dated_notes", "customer_tags", "consents", "merged")


def _held(customer: Customer) -> dict[str, int]:
    """How many rows of each kind belong to a customer, in one query."""
    counts = Customer.objects.filter(pk=customer.pk).values_list(*map(_count_of, HELD)).get()
    return dict(zip(HELD, counts, strict=True))


def _count_of(name: str) -> Coalesce:
    reverse: Any = Customer._meta.get_field(name)
    relation = reverse.field
    rows = relation.model.objects.filter(**{relation.name: OuterRef("pk")}).order_by().values(relation.name)
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)
