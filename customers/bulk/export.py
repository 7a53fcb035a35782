"""Writing the file of a bulk export; begun again, it is written anew."""

from pathlib import Path

from django.db import transaction

from customers.bulk.selection import ids_of, members, obstacle
from customers.exporting import files as exporting_files
from customers.exporting.csv_file import export
from customers.models import BulkAction, BulkSkip, Customer
from customers.privacy.erasure import people_in_files
from shopadmin.worker.task_runner import between_batches

State, Reason = BulkAction.State, BulkSkip.Reason
AT_ONCE = 10_000


def write_export(action: BulkAction) -> tuple[BulkAction.State, str]:
    """Write them all into a file; returns how it ended."""
    while True:
        path = exporting_files.new_file()
        try:
            end, written, left = _write(action, path)
            people_in_files.note(path, written)
            is_whole = end[0] == State.DONE and _hand_over(action, path, written, left)
        except BaseException:
            people_in_files.delete(path)
            raise
        if is_whole:
            return end
        people_in_files.delete(path)
        if end[0] != State.DONE:
            return end


def _write(action: BulkAction, path: Path) -> tuple[tuple[BulkAction.State, str], list[int], list[int]]:
    """Write everybody; returns how it ended, who is in the file, and whom it leaves alone."""
    customers, written, left = members(action).unrestricted(), [], []
    with path.open("wb") as file:
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
def _hand_over(action: BulkAction, path: Path, written: list[int], left: list[int]) -> bool:
    """Let the file be downloaded, and write down who is not in it; False if somebody in it was erased meanwhile.

    An erasure that ends later sees the file and deletes it; one that ended before has left nobody to be found here.
    """
    BulkAction.objects.filter(pk=action.pk).update(file=path.name)
    parts = [written[start : start + AT_ONCE] for start in range(0, len(written), AT_ONCE)]
    if sum(Customer.objects.filter(pk__in=part).count() for part in parts) == len(written):
        there = Customer.objects.filter(pk__in=left)
        BulkSkip.objects.bulk_create(BulkSkip(action=action, customer=one, reason=Reason.RESTRICTED) for one in there)
        return True
    transaction.set_rollback(True)
    return False
