"""Erasing customers: who may, and the erasure itself, of one or of many at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers import signals
from customers.bulk import searches as bulk_searches
from customers.exporting.files import forget_exports_of
from customers.importing import files as importing_files
from customers.importing.erased import keep_out
from customers.lock_sequence import lock_what_comes_first
from customers.merging import merge
from customers.models import Customer, Erasure, PrivacyRequest, StaffInvitation, Tag
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure_log, tags_of_person
from customers.privacy.erasure.known_emails import emails_of
from customers.privacy.erasure.names_in_text import Traces
from customers.privacy.erasure.summary import Kept, what_stays
from customers.saved_views import queries as saved_views_queries
from shopadmin.mail.files import forget_files_of
from shopadmin.models import Mail, StoreSettings
from shopadmin.roles import Role

State = PrivacyRequest.State


@dataclass(frozen=True)
class Person:
    """Someone who is being erased: all their addresses, the orders that stay, and whether they asked for it."""

    customer: Customer
    emails: list[str]
    stays: list[Kept]
    has_asked: bool = False


def may_erase(actor: Customer | None, customer: Customer) -> bool:
    """Rows with staff rights fall to owners alone, and never to themselves."""
    if not customer.is_staff:
        return True
    return actor is not None and actor.role == Role.OWNER and actor.is_active and actor != customer


def erase(
    customer: Customer,
    *,
    by: ActorKind,
    notify: bool,
    actor: Customer | None = None,
    tags: Iterable[Tag] | None = None,
) -> Erasure:
    """Remove a customer and everything held on them but what the law keeps; `notify` mails them.

    Told are those who have an account, and those who asked for it (GDPR, art. 12(3)).

    `tags` go along; where nobody was asked which (None), those that name the person. Asked twice at once, it is done
    once and both get the same answer.
    """
    [erasure] = erase_many([customer], by=by, notify=notify, actor=actor, tags=tags)
    return erasure


@erasure_log.erasing()
def erase_many(
    customers: Sequence[Customer],
    *,
    by: ActorKind,
    notify: bool,
    actor: Customer | None = None,
    tags: Iterable[Tag] | None = None,
) -> list[Erasure]:
    """Erase all of these customers or none, by the same statements as one; PermissionDenied if one may not be erased.

    The answers are in the order of the customers; whoever is gone by now has that of the erasure before.
    """
    emails = emails_of(customers)
    everywhere = [email for each in emails.values() for email in each]
    keep_out(everywhere)
    importing_files.forget_imports_of(everywhere)
    people = _locked(emails, actor)
    erasures = Erasure.objects.bulk_create(
        Erasure(customer_number=one.customer.pk, by=by, orders_kept=len(one.stays)) for one in people
    )
    if people:
        erasure_log.write(erasure_log.people_of([one.customer.pk for one in people]).items())
        _forget(people, erasures, actor=actor, tags=tags)
        signals.customers_erased.send(Customer, people=people, by=by, notify=notify)
        _delete([one.customer.pk for one in people])
    return _answers(customers, erasures)


def who_asked(numbers: Collection[int]) -> set[int | None]:
    """Those of these customers whose request for erasure is still to be carried out."""
    requests = PrivacyRequest.objects.open().filter(kind=PrivacyRequest.Kind.ERASURE, customer__in=numbers)
    return set(requests.values_list("customer", flat=True))


def outcome_of(erasure: Erasure) -> str:
    """What was done, in a sentence that names nobody."""
    if not erasure.orders_kept:
        return _("Customer %(number)s was erased. No data was kept.") % {"number": erasure.customer_number}
    return ngettext(
        "Customer %(number)s was erased. %(count)s order is kept without personal data, as an accounting record.",
        "Customer %(number)s was erased. %(count)s orders are kept without personal data, as accounting records.",
        erasure.orders_kept,
    ) % {"number": erasure.customer_number, "count": erasure.orders_kept}


def _locked(emails: Mapping[int, list[str]], actor: Customer | None) -> list[Person]:
    """Those who are still there, their rows locked after their orders; PermissionDenied if one may not be erased."""
    lock_what_comes_first(emails)
    wanted = {*emails} if actor is None else {*emails, actor.pk}
    rows = {row.pk: row for row in Customer.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    owner = rows.get(actor.pk) if actor else None  # as they are by now: two owners may be erasing each other
    found = [customer for customer in rows.values() if customer.pk in emails]
    if not all(may_erase(owner, customer) for customer in found):
        raise PermissionDenied
    numbers = [customer.pk for customer in found]
    stays, asked = what_stays(numbers), who_asked(numbers)
    return [Person(one, emails[one.pk], stays[one.pk], one.pk in asked) for one in found]


def _answers(customers: Sequence[Customer], erasures: list[Erasure]) -> list[Erasure]:
    answers = {erasure.customer_number: erasure for erasure in erasures}
    gone = [customer.pk for customer in customers if customer.pk not in answers]
    if gone:
        before = Erasure.objects.filter(customer_number__in=gone).order_by("at")
        answers |= {erasure.customer_number: erasure for erasure in before}
    return [answers[customer.pk] for customer in customers]


def _forget(
    people: Collection[Person], erasures: Collection[Erasure], *, actor: Customer | None, tags: Iterable[Tag] | None
) -> None:
    """Forget what other rows and files hold of them, while theirs are still there."""
    customers = [one.customer for one in people]
    _close_requests(erasures, actor)
    emails = [email for one in people for email in one.emails]
    StaffInvitation.objects.filter(email__in=emails).delete()
    _forget_mails(customers, emails)
    merge.forget_traces(customers)
    traces = Traces(customers)
    tags_of_person.forget(tags_of_person.naming(traces) if tags is None else list(tags))
    saved_views_queries.forget(traces)
    bulk_searches.forget(traces)
    importing_files.rename(traces)
    forget_exports_of(traces.numbers)


def _forget_mails(customers: Collection[Customer], emails: Collection[str]) -> None:
    """Delete the emails to these addresses that belong to no record, and the files of those that go with a record."""
    others = Mail.objects.filter(to__in=emails, customer=None, notice=False)
    forget_files_of(others | Mail.objects.filter(Q(customer__in=customers) | Q(customer__merged_into__in=customers)))
    others.delete()


def _close_requests(erasures: Collection[Erasure], actor: Customer | None) -> None:
    """Close what they asked for, and take out of all their requests what somebody wrote about them."""
    answers: dict[int | None, Erasure] = {erasure.customer_number: erasure for erasure in erasures}
    requests = PrivacyRequest.objects.filter(customer__in=answers)
    requests.closed().update(remark="", outcome="")
    asked = list(requests.open())
    with translation.override(StoreSettings.current().first_language):
        for one in asked:
            one.state, one.outcome = _end_of(one, answers[one.customer_id])
            one.remark, one.closed_at = "", timezone.now()
            one.closed_by = None if actor and actor.pk == one.customer_id else actor
    PrivacyRequest.objects.bulk_update(asked, ["state", "outcome", "remark", "closed_at", "closed_by"])


def _end_of(request: PrivacyRequest, erasure: Erasure) -> tuple[State, str]:
    """What became of a request, and the words for it; one for something else was not carried out."""
    if request.is_erasure:
        return State.DONE, outcome_of(erasure)
    words = _("Not carried out: customer %(number)s was erased before this request was answered.")
    return State.ERASED, words % {"number": erasure.customer_number}


def _delete(numbers: Collection[int]) -> None:
    """Delete the rows of these customers and of the records merged into theirs, and all that hangs on them."""
    Customer.objects.filter(Q(pk__in=numbers) | Q(merged_into__in=numbers)).delete()
