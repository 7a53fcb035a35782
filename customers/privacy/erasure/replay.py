"""Erasing again whom a restored backup brought back: by ERASURE_LOG, and nobody else."""

import logging
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from customers.history import acting
from customers.lock_sequence import lock_what_comes_first
from customers.merging import merge
from customers.models import Customer, Merge
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure_log
from customers.privacy.erasure.erasure import erase_many
from customers.privacy.erasure.erasure_log_format import ErasureLog, fingerprint
from shopadmin.database_state import is_passing

READ_AHEAD = 2_000
ERASED_AT_ONCE = 50
MERGED = "merged with a customer who was not erased, and can no longer be parted"

log = logging.getLogger(__name__)


@dataclass
class Outcome:
    """What a replay did: how many customers it looked at, whom it erased, and whom it could not erase and why."""

    looked_at: int = 0
    erased: list[int] = field(default_factory=list)
    left: dict[int, str] = field(default_factory=dict)


def replay(
    erasures: ErasureLog, *, dry_run: bool = False, on_progress: Callable[[int], None] = lambda done: None
) -> Outcome:
    """Erase every customer who is in the log, under the number and an address that stand there together.

    Nobody is mailed. Who has such an address under another number, or came after the erasure, is left alone.
    """
    outcome = Outcome()
    for numbers in _in_batches():
        back = _brought_back(erasures, numbers)
        # Merged records go with those that they are merged into.
        wanted = {number for number, kept in back.items() if kept not in back}
        if wanted and not dry_run:
            _part(back, outcome)
            _erase_in_batches(sorted(wanted - set(outcome.left)), outcome)
        outcome.erased += sorted(wanted - set(outcome.left))
        outcome.looked_at += len(numbers)
        on_progress(outcome.looked_at)
    return outcome


def _in_batches() -> Iterator[list[int]]:
    """The numbers of all customers, staff too; of merged records, of those that they are merged into."""
    last, records = 0, Customer.objects.filter(merged_into=None).order_by("pk")
    while numbers := list(records.filter(pk__gt=last).values_list("pk", flat=True)[:READ_AHEAD]):
        yield numbers
        last = numbers[-1]


def _brought_back(erasures: ErasureLog, numbers: Collection[int]) -> dict[int, int | None]:
    """Which of these records, and of those merged into them, were erased, each with what it is merged into."""
    erased_at: dict[int, datetime] = {}
    for number, emails in erasure_log.people_of(numbers).items():
        prints = {fingerprint(number, email) for email in emails}
        if found := prints & erasures.erased_at.keys():
            erased_at[number] = max(erasures.erased_at[one] for one in found)
    records = Customer.objects.filter(pk__in=erased_at).values_list("pk", "merged_into", "created_at")
    # A number is given twice where a restored database counts on from an earlier one.
    return {number: kept for number, kept, created_at in records if created_at <= erased_at[number]}


def _part(back: dict[int, int | None], outcome: Outcome) -> None:
    """Part who was erased from who was not, where the backup still has them merged."""
    for first in sorted({kept or number for number, kept in back.items()}):
        merged = set(Customer.objects.filter(merged_into=first).values_list("pk", flat=True))
        strangers = merged - back.keys() if first in back else merged & back.keys()
        try:
            for done in Merge.objects.filter(kept=first, merged__in=strangers, undone_at=None):
                merge.undo(done, by=None)
                strangers.discard(done.merged_id)
        except merge.MergeError as error:
            log.warning("Merge of customer %s: %s", first, error)
        if strangers:
            outcome.left |= dict.fromkeys(back.keys() & {first, *merged}, MERGED)


def _erase_in_batches(numbers: list[int], outcome: Outcome) -> None:
    for start in range(0, len(numbers), ERASED_AT_ONCE):
        batch = numbers[start : start + ERASED_AT_ONCE]
        if reason := _why_not_erased(batch):
            failed = {number: _why_not_erased([number]) for number in batch} if len(batch) > 1 else {batch[0]: reason}
            outcome.left |= {number: why for number, why in failed.items() if why}


def _why_not_erased(numbers: Collection[int]) -> str:
    """Erase these, or none of them and say why not."""
    try:
        _erase(numbers)
    except Exception as error:
        if is_passing(error):
            raise
        log.error("Customers %s: %s", ", ".join(map(str, numbers)), type(error).__name__)
        return type(error).__name__
    return ""


def _erase(numbers: Collection[int]) -> None:
    with erasure_log.erasing(), acting.command("replay_erasures"):
        customers = Customer.objects.filter(pk__in=numbers)
        lock_what_comes_first(numbers)
        # An owner erased them when they had these rights, and need not do it twice.
        customers.filter(is_staff=True).update(is_staff=False, role="")
        erase_many(list(customers), by=ActorKind.COMMAND, notify=False)
