"""An import through a pooler, whose worker is killed and whose connections are cut: a small part of `make faults`."""

import pytest

from customers.models import Customer, CustomerImport, HistoryEntry, ImportSeen
from tests.customers.importing.imports import brought, start
from tests.cutting import cut
from tests.shopadmin.worker.worker_process import becomes_true, worker_at

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROWS = 12_000  # three batches


def test_it_ends_as_undisturbed(behind_a_pooler, as_mara, settings, monkeypatch):
    monkeypatch.setenv("WORKER_SILENCE", "3")
    rows = [f"person{number}@new.example,Nina,Utrecht" for number in range(ROWS)]
    job = brought(as_mara, "\n".join(["email,first_name,billing_city", *rows, "person@,Otto,Utrecht", *rows[:2]]))
    start(as_mara, job)
    so_far = CustomerImport.objects.filter(state="running")
    with worker_at(settings.DATA_DIR) as worker:
        assert becomes_true(so_far.filter(done__gt=0).exists)
        worker.kill()
    with worker_at(settings.DATA_DIR):
        assert becomes_true(so_far.filter(done__gt=10_000).exists)
        cut()
        assert becomes_true(CustomerImport.objects.filter(state="done").exists)
    job.refresh_from_db()
    assert (job.created, job.updated, job.unchanged, job.rejected) == (ROWS, 0, 0, 3)
    assert Customer.objects.filter(first_name="Nina").count() == ROWS
    assert HistoryEntry.objects.filter(field="created", customer__first_name="Nina").count() == ROWS
    assert not ImportSeen.objects.exists()
