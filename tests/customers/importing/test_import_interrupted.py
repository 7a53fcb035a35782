"""A connection that is cut within a transaction: behind a pooler an internal error, and no fault of the file."""

import pytest
from django.db import InternalError
from psycopg.errors import AdminShutdown

from customers.importing.run import CustomerIntake, run_in_the_worker
from customers.models import Customer, CustomerImport
from shopadmin.bulk.run import one_by_one
from tests.customers.importing.imports import brought, start

pytestmark = pytest.mark.django_db


def cut_off(*_rows, **_options):
    raise InternalError("the connection was cut") from AdminShutdown()


def test_the_import_is_under_way_still(as_mara, monkeypatch):
    job = brought(as_mara, "email,first_name\nnina@new.example,Nina")
    start(as_mara, job)
    with monkeypatch.context() as patched:
        patched.setattr("customers.importing.run.write", cut_off)
        with pytest.raises(InternalError):
            run_in_the_worker(CustomerImport, job.pk, intake=CustomerIntake)
    assert CustomerImport.objects.get().state == CustomerImport.State.RUNNING
    run_in_the_worker(CustomerImport, job.pk, intake=CustomerIntake)
    assert CustomerImport.objects.get().state == CustomerImport.State.DONE
    assert Customer.objects.filter(email="nina@new.example").count() == 1


def test_a_bulk_action_skips_nobody_for_it(ines):
    with pytest.raises(InternalError):
        one_by_one([ines], cut_off, unchanged="Unchanged", failed="Failed")
