"""The connection is cut in the middle of each kind of work: it goes on by itself, and ends as if undisturbed."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from customers.duplicates.pairs import find_duplicates_now
from customers.importing.rejects import csv_of
from customers.models import BulkAction, Customer, Duplicate, Erasure, FileImport, ImportSeen
from orders.models import Order, OrderBulkAction, OrderEvent, OrderImport, Payment, Product, ProductImport
from shopadmin.models import Mail, StoreSettings
from shopadmin.worker.housekeeping import keep_house
from shopadmin.worker.task_runner import Runner
from tests.customers.bulk import bulk_actions
from tests.customers.importing.imports import brought, start
from tests.cutting import Commits, Statements
from tests.factories import CustomerFactory, OrderFactory
from tests.orders.bulk import order_bulk_actions
from tests.orders.retention.old_orders import finished, issue, noon, run

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OLD = noon(2019)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    """So that there is a middle."""
    monkeypatch.setattr("customers.importing.postgresql.BATCH", 3)
    for room in ("orders.importing.intake", "orders.catalogue.importing.intake"):
        monkeypatch.setattr(f"{room}.BATCH", {"postgresql": 3})
    monkeypatch.setattr("customers.bulk.selection.READ_AHEAD", 3)
    monkeypatch.setattr("customers.bulk.run.SIZES", {"tag": 3, "erase": 3})


class UntilIdle(Event):
    """Tells a runner to stop once nothing is left to do; nobody waits."""

    def wait(self, timeout: float | None = None) -> bool:
        if not DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).exists():
            self.set()
        return self.is_set()


def tasks_run() -> None:
    """What the thread of a worker does that has tasks."""
    Runner(uuid4(), UntilIdle()).run()


def house_kept() -> None:
    """What a worker does every hour."""
    try:
        keep_house()
    except Error:
        connection.close()
        keep_house()


def purged() -> None:
    """What a timer does every night."""
    try:
        run(at=noon(2027, 1, 1))
    except Error:
        connection.close()
        run(at=noon(2027, 1, 1))


def said(job: FileImport) -> tuple:
    job.refresh_from_db()
    refused = b"".join(csv_of(job, is_refused=True)).count(b"\n")
    return job.state, job.done, job.created, job.updated, job.unchanged, job.rejected, job.warned, refused


# --- Each asks for its work, and returns what tells what came of it


def customers_imported(client: Client, name: str) -> Callable[[], object]:
    rows = [f"{name}{number}@new.example,{number}" for number in range(12)]
    job = brought(client, "\n".join(["email,first_name", *rows, f"{name}@,x", rows[0], rows[11]]))
    start(client, job)
    mine = Customer.objects.filter(email__startswith=name)
    return lambda: (said(job), mine.count(), ImportSeen.objects.count())


def orders_imported(client: Client, name: str) -> Callable[[], object]:
    rows = [f"{name}{number},{name}{number}@new.example,2024-05-17,10" for number in range(12)]
    content = "\n".join(["number,email,placed_at,total", *rows, f"{name}13,x,2024-05-17,10"])
    response = client.post("/backoffice/orders/import/", {"file": SimpleUploadedFile("orders.csv", content.encode())})
    job = OrderImport.objects.get(pk=response.url.split("/")[-2])
    start(client, job)
    return lambda: (said(job), Order.objects.filter(number__startswith=name).count())


def products_imported(client: Client, name: str) -> Callable[[], object]:
    rows = [f"{name}-{number},Mug {number},10" for number in range(12)]
    content = "\n".join(["sku,name,price", *rows, rows[0], f"{name}-13,,10"])
    response = client.post("/backoffice/products/import/", {"file": SimpleUploadedFile("p.csv", content.encode())})
    job = ProductImport.objects.get(pk=response.url.split("/")[-2])
    start(client, job)
    return lambda: (said(job), Product.objects.filter(sku__startswith=name).count())


def people(name: str) -> list[Customer]:
    return [CustomerFactory(email=f"{name}{number}@new.example", last_name=name) for number in range(10)]


def customers_exported(client: Client, name: str) -> Callable[[], object]:
    action = bulk_actions.confirm(client, "export", *people(name))
    file = f"{action.get_absolute_url()}file/"
    return lambda: (told(action), action.file and client.get(file).getvalue().count(name.encode()))


def customers_tagged(client: Client, name: str) -> Callable[[], object]:
    action = bulk_actions.confirm(client, "tag", *people(name), name=name)
    return lambda: (told(action), Customer.objects.filter(customer_tags__tag__name=name).count())


def customers_erased(client: Client, name: str) -> Callable[[], object]:
    gone = people(name)
    action = bulk_actions.confirm(client, "erase", *gone, number=len(gone))
    numbers = [one.pk for one in gone]
    left = Customer.objects.filter(email__startswith=name)
    return lambda: (told(action), Erasure.objects.filter(customer_number__in=numbers).count(), left.count())


def orders_paid(client: Client, name: str) -> Callable[[], object]:
    orders = [OrderFactory(number=f"{name}{number}") for number in range(5)]
    action = order_bulk_actions.confirm(client, "payment", *orders, payment_method="on_pickup")
    mine = Payment.objects.filter(order__number__startswith=name)
    return lambda: (told(action), mine.count(), mine.values("order").distinct().count())


def told(action: BulkAction | OrderBulkAction) -> tuple:
    action.refresh_from_db()
    return action.state, action.done, action.changed, action.skipped


def duplicates_found(client: Client, name: str) -> Callable[[], object]:
    for number in range(3):
        CustomerFactory(email=f"{name}{number}@new.example", phone=f"+3161234567{len(name)}")
    find_duplicates_now.enqueue()
    return lambda: Duplicate.objects.filter(first__email__startswith=name).count()


def orders_reminded(client: Client, name: str) -> Callable[[], object]:
    StoreSettings.objects.update(reminder_days=5)
    day = timezone.localdate() - timedelta(days=5)
    for number in range(4):
        OrderFactory(number=f"{name}{number}", email=f"{name}{number}@new.example", pay_by=day)
    events = OrderEvent.objects.filter(kind="reminder", order__number__startswith=name)
    return lambda: (events.count(), Mail.objects.filter(to__startswith=name).count())


def old_documents_purged(client: Client, name: str) -> Callable[[], object]:
    for number in range(3):
        order = finished(CustomerFactory(email=f"{name}{number}@new.example"), OLD, number=f"{name}{number}")
        issue(order, f"{name}-{number}", OLD)
    mine = Order.objects.filter(number__startswith=name)
    return lambda: (mine.filter(anonymised_at=None).count(), mine.filter(documents__isnull=False).count())


BY_TASKS = [
    customers_imported, orders_imported, products_imported, customers_exported, customers_tagged, customers_erased,
    orders_paid, duplicates_found,
]  # fmt: skip
ALL = [(Statements, work, tasks_run) for work in BY_TASKS]
ALL += [(Statements, orders_reminded, house_kept), (Statements, old_documents_purged, purged)]
ALL += [(Commits, work, tasks_run) for work in (customers_imported, customers_tagged, orders_paid)]


@pytest.mark.parametrize(("at", "ask_for", "do"), ALL, ids=[f"{work.__name__}-{at.__name__}" for at, work, _do in ALL])
def test_it_ends_as_undisturbed(as_mara, at, ask_for, do):
    tell = ask_for(as_mara, "quiet")
    before = tell()
    with at().watched() as undisturbed:
        do()
    expected = tell()
    tell = ask_for(as_mara, "disturbed")
    middle = max(1, undisturbed.count // 2)
    with at(middle).watched() as disturbed:
        do()
    assert disturbed.count >= middle
    assert before != tell() == expected


def test_tries_whose_connection_was_cut_are_not_counted(as_mara, monkeypatch):
    monkeypatch.setattr("customers.importing.postgresql.BATCH", 1)
    tell = customers_imported(as_mara, "often")
    often = range(30, 210, 30)
    with Statements(*often).watched() as disturbed:
        tasks_run()
    assert (tell()[0][0], disturbed.count > max(often)) == ("done", True)
