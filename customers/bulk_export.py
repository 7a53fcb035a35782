"""Writing the file of a bulk export; begun again, it is written anew."""

from typing import BinaryIO

from customers import export_files
from customers.bulk import ids_of, members, obstacle
from customers.exporting import export
from customers.models import BulkAction
from shopadmin.tasks_worker import between_batches

State = BulkAction.State


def write_export(action: BulkAction) -> tuple[BulkAction.State, str]:
    """Write them all into a file; returns how it ended."""
    while True:
        path = export_files.new_file()
        try:
            with path.open("wb") as file:
                end = _write(action, file)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        if end[0] != State.DONE:
            path.unlink(missing_ok=True)
            return end
        BulkAction.objects.filter(pk=action.pk).update(file=path.name)
        # An erasure deletes the files of exports; whoever it was may be in this one.
        if path.exists():
            return end


def _write(action: BulkAction, file: BinaryIO) -> tuple[BulkAction.State, str]:
    customers, done = members(action), 0
    file.write(next(export(customers)))
    for ids in ids_of(action):
        now = BulkAction.objects.select_related("by").get(pk=action.pk)
        if now.stop_wanted:
            return State.STOPPED, ""
        if words := obstacle(now):
            return State.FAILED, words
        _header, *rows = export(customers.filter(pk__gte=ids[0], pk__lte=ids[-1]))
        file.writelines(rows)
        done += len(ids)
        BulkAction.objects.filter(pk=action.pk).update(done=done)
        between_batches()
    return State.DONE, ""
