"""Carrying out a bulk action, as the worker does: batch by batch, by id, so that a view it empties is done whole.

What a batch does and how far it is are committed together: a killed worker's action goes on where it was, and nothing
is done twice.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from django.db import InterfaceError, OperationalError, transaction
from django.utils import translation

from customers.bulk.export import write_export
from customers.bulk.selection import ids_of, judged, obstacle
from customers.history import acting
from customers.models import BulkAction, BulkSkip, Customer, CustomerTag
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure, erasure_log
from shopadmin.worker.task_runner import between_batches

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
    for ids in _batches(action):
        with erasure_log.erasing():
            # Two workers may be at it, when one was taken for dead: a batch belongs to one of them.
            now = BulkAction.objects.select_for_update(of=["self"]).select_related("by", "tag").get(pk=action.pk)
            if not now.is_under_way:
                return None
            if now.stop_wanted:
                return State.STOPPED, ""
            if words := obstacle(now):
                return State.FAILED, words
            _do(now, [pk for pk in ids if pk > now.last_id])
        between_batches()
    return State.DONE, ""


def _batches(action: BulkAction) -> Iterator[list[int]]:
    size = SIZES.get(action.kind, SIZE)
    for ids in ids_of(action, after=action.last_id):
        yield from (ids[start : start + size] for start in range(0, len(ids), size))


def _do(action: BulkAction, ids: Sequence[int]) -> None:
    """Do it to these, and write down who was left alone and how far it is."""
    found = list(judged(action).filter(pk__in=ids))
    left = {customer.pk: customer.skip for customer in found if customer.skip}
    others = Customer.objects.filter(pk__in=set(ids) - {customer.pk for customer in found})
    left |= dict.fromkeys(others.values_list("pk", flat=True), Reason.CHANGED)
    with acting.merchant(action.by, source="bulk"):
        left |= VERBS[action.kind](action, [customer for customer in found if not customer.skip])
    BulkSkip.objects.bulk_create(BulkSkip(action=action, customer_id=pk, reason=left[pk]) for pk in sorted(left))
    action.last_id = max(ids, default=action.last_id)
    action.done, action.skipped = action.done + len(ids), action.skipped + len(left)
    action.save(update_fields=["last_id", "done", "skipped"])


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
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
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
    """Call the verb on each; one that fails does not keep the others from being done."""
    left = {}
    for customer in customers:
        pk = customer.pk
        try:
            with transaction.atomic():
                if not verb(customer):
                    left[pk] = Reason.CHANGED
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            log.error("Customer %s: %s", pk, type(error).__name__)
            left[pk] = Reason.ERROR
    return left


VERBS: dict[Kind, Callable[[BulkAction, list[Customer]], Skipped]] = {
    Kind.APPROVE: _approve,
    Kind.PASSWORD: _send_links,
    Kind.TAG: _tag,
    Kind.UNTAG: _untag,
    Kind.ERASE: _erase,
}
