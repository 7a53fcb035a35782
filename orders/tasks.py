"""What the worker does for orders, and how it is asked to. Arguments are ids, never what is known of a person."""

from contextlib import suppress

from django.db import transaction
from django.utils import translation
from django_tasks import task

from customers.importing.run import TakenOver, run
from customers.models import Customer
from orders.importing.intake import OrderIntake
from orders.models import OrderImport
from shopadmin.worker.task_runner import between_batches


@task
def run_import(pk: int) -> None:
    """Take in a file of past orders, and speak of it in the language of who brought it."""
    order_import = OrderImport.objects.select_related("by").get(pk=pk)
    # Another worker that took it up, because this one was silent for too long, goes on with it.
    with translation.override(order_import.language), suppress(TakenOver):
        run(order_import, intake=OrderIntake, on_progress=lambda job: between_batches())


@transaction.atomic
def start_import(order_import: OrderImport, *, by: Customer) -> None:
    """Ask the worker to begin, or to go on."""
    order_import.wait_for_the_worker(by)
    run_import.enqueue(order_import.pk)
