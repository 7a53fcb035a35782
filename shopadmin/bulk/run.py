"""Carrying out a bulk action, as the worker does: batch by batch, by id, so that a view it empties is done whole.

What a batch does and how far it is are committed together: a killed worker's action goes on where it was, and nothing
is done twice.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager

from django.db import transaction
from django.db.models import Model, QuerySet

from shopadmin.database_state import is_passing
from shopadmin.models.bulk_job import BulkJob
from shopadmin.worker.task_runner import between_batches

log = logging.getLogger(__name__)


def ids_in_turn(members: Callable[[], QuerySet], *, after: int, at_once: int) -> Iterator[list[int]]:
    """Their ids in order, many at a time: finding these costs a search as much as finding a batch."""
    while ids := list(members().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:at_once]):
        yield ids
        after = ids[-1]


def run_batches(
    action: BulkJob,
    batches: Iterable[list[int]],
    *,
    obstacle: Callable[[BulkJob], str],
    do: Callable[[BulkJob, list[int]], int],
    batch: Callable[[], AbstractContextManager] = transaction.atomic,
) -> tuple[BulkJob.State, str] | None:
    """Do it batch by batch; returns how it ended, None where somebody else ended it.

    `obstacle` says why it cannot go on, `do` how many of a batch were left alone; `batch` is its transaction.
    """
    for ids in batches:
        with batch():
            # Two workers may be at it, when one was taken for dead: a batch belongs to one of them.
            now = type(action).objects.select_for_update(of=["self"]).select_related("by").get(pk=action.pk)
            if not now.is_under_way:
                return None
            if now.stop_wanted:
                return now.State.STOPPED, ""
            if words := obstacle(now):
                return now.State.FAILED, words
            rest = [pk for pk in ids if pk > now.last_id]
            now.advance(rest, skipped=do(now, rest))
        between_batches()
    return action.State.DONE, ""


def one_by_one(rows: Iterable[Model], verb: Callable[[Model], object], *, unchanged: str, failed: str) -> dict:
    """Call the verb on each, and say why which were left alone; one that fails does not keep the others from it."""
    left = {}
    for row in rows:
        pk = row.pk
        try:
            with transaction.atomic():
                if not verb(row):
                    left[pk] = unchanged
        except Exception as error:
            if is_passing(error):
                raise
            log.error("%s %s: %s", type(row).__name__, pk, type(error).__name__)
            left[pk] = failed
    return left
