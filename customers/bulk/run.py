"""Carrying out a bulk action on customers, as the worker does."""

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from django.db import transaction
from django.utils import translation

from customers.bulk.export import write_export
from customers.bulk.selection import ids_of, judged, obstacle
from customers.history import acting
from customers.models import BulkAction, BulkSkip, Customer, CustomerTag
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure, erasure_log
from shopadmin.bulk.run import one_by_one, run_batches
from shopadmin.database_state import is_passing
from shopadmin.staff_log.writing import Act, write

Kind, Reason, State = BulkAction.Kind, BulkSkip.Reason, BulkAction.State
SIZE, SIZES = 20, {Kind.TAG: 500, Kind.UNTAG: 500, Kind.ERASE: 100}

Skipped = dict[int, str]

log = logging.getLogger(__name__)


def run(action: BulkAction) -> None:
    """Do it until it is done, stopped, or not allowed any more; begun again, it goes on where it was."""
    if not action.begin():
        return
    with translation.override(action.language):
        end = write_export(action) if action.kind == Kind.EXPORT else _run_batches(action)
    action.refresh_from_db()
    if end and action.is_under_way:
        action.finish(*end)


def _run_batches(action: BulkAction) -> tuple[State, str] | None:
    return run_batches(action, _batches(action), obstacle=obstacle, do=_do, batch=erasure_log.erasing)


def _batches(action: BulkAction) -> Iterator[list[int]]:
    size = SIZES.get(action.kind, SIZE)
    for ids in ids_of(action, after=action.last_id):
        yield from (ids[start : start + size] for start in range(0, len(ids), size))


def _do(action: BulkAction, ids: Sequence[int]) -> int:
    """Do it to these, and write down who was left alone; returns how many."""
    found = list(judged(action).filter(pk__in=ids))
    left = {customer.pk: customer.skip for customer in found if customer.skip}
    others = Customer.objects.filter(pk__in=set(ids) - {customer.pk for customer in found})
    left |= dict.fromkeys(others.values_list("pk", flat=True), Reason.CHANGED)
    with acting.merchant(action.by, source="bulk"):
        left |= VERBS[action.kind](action, [customer for customer in found if not customer.skip])
    done = sorted(customer.pk for customer in found if customer.pk not in left)
    act = Act.ERASED if action.kind == Kind.ERASE else Act.CHANGED
    write(None, act, actor=action.by_id, page="bulk_action", at={"pk": action.pk}, customers=done)
    BulkSkip.objects.bulk_create(BulkSkip(action=action, customer_id=pk, reason=left[pk]) for pk in sorted(left))
    return len(left)


# --- What is done, by kind; each says whom it left alone after all


def _approve(action: BulkAction, customers: list[Customer]) -> Skipped:
    return _one_by_one(customers, Customer.approve)


def _send_links(action: BulkAction, customers: list[Customer]) -> Skipped:
    return _one_by_one(customers, lambda customer: customer.send_password_link(by=action.by))


def _erase(action: BulkAction, customers: list[Customer]) -> Skipped:
    """All together; where that fails because of one of them, one by one."""
    erase = partial(erasure.erase_many, by=ActorKind.MERCHANT, notify=True, actor=action.by)
    try:
        with transaction.atomic():
            erase(customers)
    except Exception as error:
        if is_passing(error):
            raise
        log.warning("Erasing %s customers one by one: %s", len(customers), type(error).__name__)
        return _one_by_one(customers, lambda customer: erase([customer]))
    return {}


def _tag(action: BulkAction, customers: list[Customer]) -> Skipped:
    tags = [CustomerTag(customer=customer, tag=action.tag) for customer in customers]
    CustomerTag.objects.bulk_create(tags, ignore_conflicts=True)
    return {}


def _untag(action: BulkAction, customers: list[Customer]) -> Skipped:
    CustomerTag.objects.filter(tag=action.tag, customer__in=customers).delete()
    return {}


def _one_by_one(customers: list[Customer], verb: Callable) -> Skipped:
    return one_by_one(customers, verb, unchanged=Reason.CHANGED, failed=Reason.ERROR)


VERBS: dict[Kind, Callable[[BulkAction, list[Customer]], Skipped]] = {
    Kind.APPROVE: _approve,
    Kind.PASSWORD: _send_links,
    Kind.TAG: _tag,
    Kind.UNTAG: _untag,
    Kind.ERASE: _erase,
}
