"""What an erasure takes away and what it leaves, in words for whoever is about to do it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.exporting.files import exports_with
from customers.importing import files as importing_files
from customers.models import Customer
from customers.privacy import retention
from customers.privacy.erasure.known_emails import emails_of
from customers.privacy.erasure.names_in_text import Traces
from customers.saved_views import queries as saved_views_queries
from shopadmin.models import StoreSettings


@dataclass(frozen=True)
class Kept:
    """An order that stays; `until` is empty while it is under way."""

    number: str
    day: date
    documents: list[str]
    until: date | None


@dataclass
class Summary:
    """What an erasure takes away, in sentences, and which orders it leaves.

    `is_custom`: no law of the shop's country says for how many years.
    """

    goes: list[str] = field(default_factory=list)
    stays: list[Kept] = field(default_factory=list)
    is_custom: bool = False

    @property
    def until(self) -> date | None:
        """When the last of what stays may go."""
        return max((kept.until for kept in self.stays if kept.until), default=None)

    @property
    def under_way(self) -> int:
        return sum(kept.until is None for kept in self.stays)


def nothing(customers: Collection[int]) -> dict[int | None, list[Kept]]:
    """What stays where all goes."""
    return {}


@dataclass(frozen=True)
class Section:
    """What one app holds on customers.

    `goes` says in sentences what of it goes of a customer, who is or was known by these email addresses; `stays` finds
    what stays of many, by their numbers.
    """

    goes: Callable[[Customer, list[str]], list[str]]
    stays: Callable[[Collection[int]], dict[int | None, list[Kept]]] = nothing


# Each app that holds something on customers adds its own.
sections: list[Section] = []


def what_goes_and_stays(customer: Customer, *, to_themselves: bool = False) -> Summary:
    """Everything that erasing this customer would take away or leave, in words for the merchant or `to_themselves`."""
    emails = emails_of([customer])[customer.pk]
    goes = _you(customer) if to_themselves else _person(customer)
    for says in (_files, *(section.goes for section in sections)):
        goes += says(customer, emails)
    is_custom = retention.is_custom(str(StoreSettings.current().country), record=retention.Record.DOCUMENT)
    return Summary(goes=goes, stays=what_stays([customer.pk])[customer.pk], is_custom=is_custom)


def what_stays(customers: Collection[int]) -> dict[int, list[Kept]]:
    """What erasing these customers would leave of each."""
    found = [section.stays(customers) for section in sections]
    return {number: [kept for part in found for kept in part.get(number, [])] for number in customers}


def _person(customer: Customer) -> list[str]:
    goes = [_("Name, email address, phone numbers, company details, notes and all other data about the person")]
    if customer.is_registered:
        goes.append(_("The account, all sign-in methods, and the sessions with their shopping carts on all devices"))
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
    return goes + _named_elsewhere(customer)


def _named_elsewhere(customer: Customer) -> list[str]:
    """What the shop itself has named after this person, or looks for them with; tags are asked about."""
    traces = Traces([customer])
    searching, called = saved_views_queries.about(traces)
    titles = [segment.name for segment in called] + [one.name for one in importing_files.called_after(traces)]
    goes = [_("Saved view: %s") % segment.name for segment in searching]
    return goes + [_("The name “%s”, which is replaced by a number") % title for title in titles]


def _files(customer: Customer, emails: list[str]) -> list[str]:
    """The files on the shop's server that hold this person, with all others in them."""
    exports = len(exports_with([customer.pk, *customer.merged.values_list("pk", flat=True)]))
    imports = len(importing_files.imports_with(emails))
    goes = []
    if exports:
        goes.append(ngettext("%s export file with this data", "%s export files with this data", exports) % exports)
    if imports:
        goes.append(ngettext("%s import file with this data", "%s import files with this data", imports) % imports)
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
        _("The account, all sign-in methods, and the sessions with their shopping carts on all devices"),
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
