"""Writing the file of a bulk export; begun again, it is written anew."""

from contextlib import suppress
from tempfile import TemporaryFile
from typing import BinaryIO

from django.conf import settings
from django.db import Error, transaction

from customers.bulk.selection import ids_of, members, obstacle
from customers.exporting import files as exporting_files
from customers.exporting.csv_file import export
from customers.models import BulkAction, BulkSkip, Customer
from shopadmin.worker.task_runner import between_batches

State, Reason = BulkAction.State, BulkSkip.Reason
AT_ONCE = 10_000


def write_export(action: BulkAction) -> tuple[BulkAction.State, str] | None:
    """Write them all into a file; returns how it ended, None where that is written down already."""
    while True:
        with TemporaryFile(dir=settings.DATA_DIR) as file:
            end, written, left = _write(action, file)
            if end[0] != State.DONE:
                return end
            name = exporting_files.claim(action, written)
            try:
                exporting_files.store(name, file)
                if _hand_over(action, name, written, left):
                    return None
            except BaseException:
                with suppress(Error):  # what is left goes with the next chore
                    exporting_files.give_up(action)
                raise


def _write(action: BulkAction, file: BinaryIO) -> tuple[tuple[BulkAction.State, str], list[int], list[int]]:
    """Write everybody; returns how it ended, who is in the file, and whom it leaves alone."""
    customers, written, left = members(action).unrestricted(), [], []
    file.write(next(export(customers, separator=action.separator)))
    for ids in ids_of(action):
        now = BulkAction.objects.select_related("by").get(pk=action.pk)
        if now.stop_wanted:
            return (State.STOPPED, ""), written, left
        if words := obstacle(now):
            return (State.FAILED, words), written, left
        restricted = set(Customer.objects.restricted().filter(pk__in=ids).values_list("pk", flat=True))
        left += sorted(restricted)
        chosen = [pk for pk in ids if pk not in restricted]
        _header, *rows = export(customers.filter(pk__in=chosen), separator=action.separator)
        file.writelines(rows)
        written += chosen
        BulkAction.objects.filter(pk=action.pk).update(done=len(written) + len(left), skipped=len(left))
        between_batches()
    return (State.DONE, ""), written, left


@transaction.atomic
def _hand_over(action: BulkAction, name: str, written: list[int], left: list[int]) -> bool:
    """Let the file be downloaded, and write down who is not in it; False if somebody in it was erased meanwhile."""
    now = BulkAction.objects.select_for_update(of=["self"]).get(pk=action.pk)
    if not (now.is_under_way and now.file == name):  # another worker took this one for dead
        exporting_files.let_go([name])
        return True
    parts = [written[start : start + AT_ONCE] for start in range(0, len(written), AT_ONCE)]
    if sum(Customer.objects.filter(pk__in=part).count() for part in parts) < len(written):
        return False
    there = Customer.objects.filter(pk__in=left)
    BulkSkip.objects.bulk_create(BulkSkip(action=action, customer=one, reason=Reason.RESTRICTED) for one in there)
    now.finish(State.DONE)
    return True
