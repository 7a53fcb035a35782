"""Writing the file of a bulk export; begun again, it is written anew."""

from pathlib import Path

from django.db import transaction

from customers.bulk.selection import ids_of, members, obstacle
from customers.exporting import files as exporting_files
from customers.exporting.csv_file import export
from customers.models import BulkAction, Customer
from customers.privacy import people_in_files
from shopadmin.worker.task_runner import between_batches

State = BulkAction.State
AT_ONCE = 10_000


def write_export(action: BulkAction) -> tuple[BulkAction.State, str]:
    """Write them all into a file; returns how it ended."""
    while True:
        path = exporting_files.new_file()
        try:
            end, written = _write(action, path)
            people_in_files.note(path, written)
            is_whole = end[0] == State.DONE and _hand_over(action, path, written)
        except BaseException:
            people_in_files.delete(path)
            raise
        if is_whole:
            return end
        people_in_files.delete(path)
        if end[0] != State.DONE:
            return end


def _write(action: BulkAction, path: Path) -> tuple[tuple[BulkAction.State, str], list[int]]:
    """Write everybody; returns how it ended, and who is in the file."""
    customers, written = members(action), []
    with path.open("wb") as file:
        file.write(next(export(customers, separator=action.separator)))
        for ids in ids_of(action):
            now = BulkAction.objects.select_related("by").get(pk=action.pk)
            if now.stop_wanted:
                return (State.STOPPED, ""), written
            if words := obstacle(now):
                return (State.FAILED, words), written
            _header, *rows = export(customers.filter(pk__in=ids), separator=action.separator)
            file.writelines(rows)
            written += ids
            BulkAction.objects.filter(pk=action.pk).update(done=len(written))
            between_batches()
    return (State.DONE, ""), written


@transaction.atomic
def _hand_over(action: BulkAction, path: Path, written: list[int]) -> bool:
    """Let the file be downloaded; False if somebody who is in it was erased meanwhile.

    An erasure that ends later sees the file and deletes it; one that ended before has left nobody to be found here.
    """
    BulkAction.objects.filter(pk=action.pk).update(file=path.name)
    parts = [written[start : start + AT_ONCE] for start in range(0, len(written), AT_ONCE)]
    if sum(Customer.objects.filter(pk__in=part).count() for part in parts) == len(written):
        return True
    transaction.set_rollback(True)
    return False
