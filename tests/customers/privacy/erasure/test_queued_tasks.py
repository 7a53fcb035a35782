"""A queued task holds nothing of a person, since an erasure does not look into the queue."""

import inspect
import sys

from django_tasks.base import Task

OURS = ("customers", "orders", "accounts", "shopadmin")


def tasks_of_ours():
    """Every task, by where it stands, with the types of what it is told."""
    modules = [module for name, module in list(sys.modules.items()) if name.split(".")[0] in OURS]
    tasks = [value for module in modules for value in vars(module).values() if isinstance(value, Task)]
    return {
        task.module_path: [one.annotation for one in inspect.signature(task.func).parameters.values()] for task in tasks
    }


def test_all_that_a_task_is_told_is_the_number_of_a_row_or_what_a_file_of_nobody_is_called():
    assert tasks_of_ours() == {
        "customers.duplicates.pairs.find_duplicates_now": [],
        "customers.exporting.files.look_again": [list[int]],
        "customers.tasks.run_bulk_action": [int],
        "customers.tasks.run_import": [int],
        "orders.documents.files.store_what_is_missing": [int],
        "orders.tasks.run_bulk_action": [int],
        "orders.tasks.run_import": [int],
        "orders.tasks.run_product_import": [int],
        "orders.vat.checks.check_vat_number": [int],
        # Random names, and years and numbers of documents.
        "shopadmin.storage.kept.delete_files": [str, list[str]],
    }
