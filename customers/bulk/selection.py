"""Bulk actions: whom one is about, and whom it leaves alone, and why.

The reasons are conditions on the rows, said once: the preview counts by them and the run goes by them.
"""

from collections.abc import Callable, Iterator
from functools import partial

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Value, When
from django.http import QueryDict
from django.utils.translation import gettext as _

from customers.browse.filters import CustomerFilter
from customers.models import BulkAction, BulkSkip, Customer, CustomerTag
from customers.models.customer_manager import CustomerQuerySet
from customers.privacy.restriction.restriction import shoppers_seen_by
from shopadmin.access import has_right
from shopadmin.bulk.run import ids_in_turn
from shopadmin.models import StoreSettings
from shopadmin.roles import Right, Role

Kind, Reason = BulkAction.Kind, BulkSkip.Reason
RIGHTS = {Kind.EXPORT: Right.EXPORT, Kind.ERASE: Right.ERASE}
ANYBODY = Q(pk__isnull=False)
RESTRICTED = Q(restricted_at__isnull=False)
READ_AHEAD = 10_000


def may_do(kind: str, actor: Customer | None) -> bool:
    """Whether this person may do this to many customers at once."""
    if actor is None or not actor.is_active:
        return False
    return has_right(actor, Right.BULK) and has_right(actor, RIGHTS.get(kind, Right.BULK))


def obstacle(action: BulkAction) -> str:
    """Why it cannot go on, in words; nothing if it can."""
    if not may_do(action.kind, action.by):
        return _("The person who started this no longer has permission.")
    if action.kind in {Kind.TAG, Kind.UNTAG} and action.tag is None:
        return _("The tag has been deleted in the meantime.")
    return ""


def members(action: BulkAction) -> CustomerQuerySet:
    """The customers it is about, as things stand now; nobody who came after it was asked for."""
    customers = shoppers_seen_by(action.by)
    if action.until_id is not None:
        customers = customers.filter(pk__lte=action.until_id)
    if action.by_hand:
        return customers.filter(pk__in=action.picked)
    view = CustomerFilter(QueryDict(action.query))
    return view.apply(customers) if view.is_valid() else customers.none()


def ids_of(action: BulkAction, *, after: int = 0) -> Iterator[list[int]]:
    """Their ids in order, many at a time."""
    return ids_in_turn(partial(members, action), after=after, at_once=READ_AHEAD)


def judged(action: BulkAction) -> CustomerQuerySet:
    """The same, each with `skip`: why it is left alone, or nothing."""
    skips = [(Reason.RESTRICTED, RESTRICTED), *SKIPS[action.kind](action)]
    reasons = [When(condition, then=Value(reason)) for reason, condition in skips]
    return members(action).annotate(skip=Case(*reasons, default=Value(""), output_field=CharField()))


def counted(action: BulkAction) -> dict[str, int]:
    """How many are left alone, by reason; under "" those to whom it is done."""
    return dict(judged(action).order_by().values_list("skip").annotate(Count("pk")))


Skips = list[tuple[Reason, Q]]


def _approving(action: BulkAction) -> Skips:
    return [*_no_accounts(ANYBODY), *_staff(action), (Reason.NOT_WAITING, ~Q(access=Customer.Access.AWAITING))]


def _sending(action: BulkAction) -> Skips:
    no_accounts = _no_accounts(Q(is_staff=False))
    return [*no_accounts, *_staff(action), (Reason.NOT_OPEN, ~Q(access=Customer.Access.OPEN))]


def _tagging(action: BulkAction) -> Skips:
    return [(Reason.HAS_TAG, _has_tag(action))] if action.tag else []


def _untagging(action: BulkAction) -> Skips:
    return [(Reason.LACKS_TAG, ~_has_tag(action))] if action.tag else []


def _exporting(action: BulkAction) -> Skips:
    return []


def _erasing(action: BulkAction) -> Skips:
    return _staff(action) or [(Reason.STAFF, Q(pk=action.by_id))]


def _no_accounts(who: Q) -> Skips:
    return [] if StoreSettings.current().accounts_enabled else [(Reason.ACCOUNTS_OFF, who)]


def _staff(action: BulkAction) -> Skips:
    """How colleagues sign in is the owners' affair."""
    return [] if action.by.role == Role.OWNER else [(Reason.STAFF, Q(is_staff=True))]


def _has_tag(action: BulkAction) -> Exists:
    return Exists(CustomerTag.objects.filter(customer=OuterRef("pk"), tag=action.tag))


SKIPS: dict[Kind, Callable[[BulkAction], Skips]] = {
    Kind.APPROVE: _approving,
    Kind.PASSWORD: _sending,
    Kind.TAG: _tagging,
    Kind.UNTAG: _untagging,
    Kind.EXPORT: _exporting,
    Kind.ERASE: _erasing,
}
