"""What the worker does for orders and products, and how it is asked to. Arguments are ids, never personal data."""

from django.db import transaction
from django_tasks import task

from customers.importing.run import run_in_the_worker
from customers.models import Customer
from orders.bulk import run as bulk_run
from orders.catalogue.importing.intake import ProductIntake
from orders.importing.intake import OrderIntake
from orders.models import Order, OrderBulkAction, OrderImport, ProductImport


@task
def run_import(pk: int) -> None:
    """Take in a file of past orders."""
    run_in_the_worker(OrderImport, pk, intake=OrderIntake)


@transaction.atomic
def start_import(order_import: OrderImport, *, by: Customer) -> None:
    """Ask the worker to begin with a file of orders, or to go on."""
    order_import.wait_for_the_worker(by)
    run_import.enqueue(order_import.pk)


@task
def run_product_import(pk: int) -> None:
    """Take in a file of products."""
    run_in_the_worker(ProductImport, pk, intake=ProductIntake)


@transaction.atomic
def start_product_import(product_import: ProductImport, *, by: Customer) -> None:
    """Ask the worker to begin with a file of products, or to go on."""
    product_import.wait_for_the_worker(by)
    run_product_import.enqueue(product_import.pk)


@task
def run_bulk_action(pk: int) -> None:
    """Carry out a bulk action on orders."""
    bulk_run.run(OrderBulkAction.objects.get(pk=pk))


@transaction.atomic
def start_bulk_action(action: OrderBulkAction) -> None:
    """Ask the worker to do it, to no order that is placed after now."""
    action.until_id = Order.objects.order_by("-pk").values_list("pk", flat=True).first()
    action.save()
    run_bulk_action.enqueue(action.pk)
