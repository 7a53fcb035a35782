"""Erasing a customer: who may, what goes and what stays, and the erasure itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers import signals
from customers.exporting.files import forget_exports_of
from customers.importing import files as importing_files
from customers.importing.erased import keep_out
from customers.merging import merge
from customers.models import Customer, Erasure, PrivacyRequest, Tag
from customers.models.history import ActorKind
from customers.privacy import erasure_log, tags_of_person
from customers.privacy.names_in_text import Traces
from customers.saved_views import queries as saved_views_queries
from shopadmin.models import Mail, StoreSettings
from shopadmin.roles import Role

State = PrivacyRequest.State


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


# Each app that holds something on customers adds a function here: customer → Summary.
sections: list[Callable[[Customer], Summary]] = []


def what_goes_and_stays(customer: Customer, *, to_themselves: bool = False) -> Summary:
    """Everything that erasing this customer would take away or leave, in words for the merchant or `to_themselves`."""
    parts = [section(customer) for section in (_you if to_themselves else _person, *sections)]
    return Summary(
        goes=[sentence for part in parts for sentence in part.goes],
        stays=[kept for part in parts for kept in part.stays],
    )


def may_erase(actor: Customer | None, customer: Customer) -> bool:
    """Rows with staff rights fall to owners alone, and never to themselves."""
    return not customer.is_staff or (actor is not None and actor.role == Role.OWNER and actor != customer)


@erasure_log.erasing()
def erase(
    customer: Customer,
    *,
    by: ActorKind,
    notify: bool,
    actor: Customer | None = None,
    tags: Iterable[Tag] | None = None,
) -> Erasure:
    """Remove a customer and everything held on them but what the law keeps; `notify` mails a registered one.

    `tags` go along; where nobody was asked which (None), those that name the person. Asked twice at once, it is done
    once and both get the same answer.
    """
    number = customer.pk
    emails = [*customer.emails, *customer.past_emails]
    keep_out(emails)
    importing_files.forget_imports_of(emails)
    locked = Customer.objects.select_for_update().filter(pk=number).first()
    if locked is None:
        return Erasure.objects.filter(customer_number=number).latest("at")
    customer = locked
    if not may_erase(actor, customer):
        raise PermissionDenied
    erasure_log.write(erasure_log.people_of([number]).items())
    summary = what_goes_and_stays(customer)
    erasure = Erasure.objects.create(customer_number=number, by=by, orders_kept=len(summary.stays))
    _close_requests(customer, erasure, actor)
    Mail.objects.filter(to__in=emails, customer=None, notice=False).delete()
    merge.forget_traces(customer)
    _forget_names(customer, tags)
    _announce(customer, summary, others=emails[1:], by=by, notify=notify)
    forget_exports_of([number, *customer.merged.values_list("pk", flat=True)])
    customer.delete()
    return erasure


def outcome_of(erasure: Erasure) -> str:
    """What was done, in a sentence that names nobody."""
    if not erasure.orders_kept:
        return _("Customer %(number)s was erased. No data was kept.") % {"number": erasure.customer_number}
    return ngettext(
        "Customer %(number)s was erased. %(count)s order is kept without personal data, as required by law.",
        "Customer %(number)s was erased. %(count)s orders are kept without personal data, as required by law.",
        erasure.orders_kept,
    ) % {"number": erasure.customer_number, "count": erasure.orders_kept}


def _announce(customer: Customer, summary: Summary, *, others: list[str], by: ActorKind, notify: bool) -> None:
    """Tell the other apps while the rows are still there."""
    signals.customer_erased.send(
        Customer,
        customer_id=customer.pk,
        email=customer.email,
        aliases=others,
        language=customer.language,
        name=customer.get_full_name(),
        was_registered=customer.is_registered,
        by=by,
        notify=notify,
        summary=summary,
    )


def _forget_names(customer: Customer, tags: Iterable[Tag] | None) -> None:
    """Take the person's name out of what the shop itself has named: saved views, files, tags."""
    traces = Traces.of(customer)
    if tags is None:
        tags = [one.tag for one in tags_of_person.suspects(customer, traces) if one.names_them]
    tags_of_person.forget(list(tags))
    saved_views_queries.forget(traces)
    importing_files.rename(traces)


def _close_requests(customer: Customer, erasure: Erasure, actor: Customer | None) -> None:
    """Close what the person asked for, and take out of all their requests what somebody wrote about them."""
    requests = customer.privacy_requests
    closed = {"remark": "", "closed_at": timezone.now(), "closed_by": None if actor == customer else actor}
    with translation.override(StoreSettings.current().first_language):
        erased = closed | {"state": State.DONE, "outcome": outcome_of(erasure)}
        overtaken = closed | {"state": State.ERASED, "outcome": _overtaken(erasure)}
    requests.closed().update(remark="", outcome="")
    requests.open().filter(kind=PrivacyRequest.Kind.ERASURE).update(**erased)
    requests.open().update(**overtaken)


def _overtaken(erasure: Erasure) -> str:
    """What became of a request for something else than the erasure."""
    words = _("Not carried out: customer %(number)s was erased before this request was answered.")
    return words % {"number": erasure.customer_number}


def _person(customer: Customer) -> Summary:
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
    return Summary(goes=goes)


def _you(customer: Customer) -> Summary:
    """The same in words for the customer, to whom the shop's notes and tags are not counted out."""
    held = _held(customer)
    sentences = {
        "addresses": _("Billing and shipping address"),
        "merged": _("Your earlier customer details that the shop merged with these"),
        "history": _("The history of changes to your data"),
        "mails": _("The emails we sent you"),
        "consents": _("Consent given and withdrawn, with proof"),
    }
    goes = [
        _("Your name, email address, phone numbers, company details and any other information we hold about you"),
        _("The account, all sign-in methods and all sessions on all devices"),
        *(sentence for name, sentence in sentences.items() if held[name]),
    ]
    return Summary(goes=goes)


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
