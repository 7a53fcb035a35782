"""What the worker does for customers, and how it is asked to. Arguments are ids, never what is known of a person."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import TaskResult, TaskResultStatus, task

from customers.bulk import run as bulk_run
from customers.importing.run import CustomerIntake, run_in_the_worker
from customers.models import BulkAction, Customer, CustomerImport
from shopadmin.storage.kept import OutOfReach
from shopadmin.worker.task_runner import DISK_FULL


@task
def run_bulk_action(pk: int) -> None:
    """Carry out a bulk action."""
    bulk_run.run(BulkAction.objects.get(pk=pk))


@transaction.atomic
def start_bulk_action(action: BulkAction) -> None:
    """Ask the worker to do it, to nobody who comes after now."""
    action.until_id = Customer.objects.order_by("-pk").values_list("pk", flat=True).first()
    action.save()
    run_bulk_action.enqueue(action.pk)


@task
def run_import(pk: int) -> None:
    """Take in a file of customers."""
    run_in_the_worker(CustomerImport, pk, intake=CustomerIntake)


@transaction.atomic
def start_import(customer_import: CustomerImport, *, by: Customer) -> None:
    """Ask the worker to begin, or to go on."""
    customer_import.wait_for_the_worker(by)
    run_import.enqueue(customer_import.pk)


# What each task works at.
JOBS = {run_bulk_action.module_path: BulkAction, run_import.module_path: CustomerImport}


def end_failed_job(task_result: TaskResult) -> None:
    """Say on the page of a job that its task failed; what is done stays done."""
    model = JOBS.get(task_result.task.module_path)
    if model is None or task_result.status != TaskResultStatus.FAILED:
        return
    job = model.objects.filter(pk=task_result.args[0]).first()
    if job and job.is_under_way:
        with translation.override(job.language):
            job.finish(job.State.FAILED, _reason(task_result))


def _reason(task_result: TaskResult) -> str:
    if task_result.errors[0].exception_class_path == DISK_FULL:
        return _("The server's disk is full. Completed work is kept. Start again once there is room.")
    if task_result.errors[0].exception_class_path == OutOfReach.__name__:
        return _("The shop's files could not be reached. Completed work is kept. Start again in a few minutes.")
    return _("Stopped by an error. Completed work is kept. See the worker's log for details.")
