"""Whoever is erased while a file is taken in stays erased."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.importing.bulk_writing import database
from customers.importing.files import forget_old_imports
from customers.models import Customer, CustomerImport, ImportReject, ImportSeen
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure
from tests.customers.importing.imports import brought, start, work
from tests.factories import CustomerFactory
from tests.import_files import refused, take_in

pytestmark = pytest.mark.django_db
GONE = "The customer with this email address was erased during the import."
FILE = """email,first_name
gus@post.example,Gus
bo@post.example,Bo
ines@vandermeulen.example,Ines
otto@post.example,Otto
"""


@pytest.fixture
def erased_after_the_first_row(monkeypatch):
    """Gus's row was read by then, Ines's was not."""
    monkeypatch.setattr(database(), "BATCH", 1)

    def erase_once(job):
        if job.done == 2:
            for customer in Customer.objects.filter(email__in=["gus@post.example", "ines@vandermeulen.example"]):
                erasure.erase(customer, by=ActorKind.COMMAND, notify=False)
        return False

    monkeypatch.setattr(CustomerImport, "is_asked_to_stop", erase_once)


def test_no_row_brings_them_back(tmp_path, store, ines, erased_after_the_first_row):
    assert take_in(tmp_path, FILE).startswith("Imported: 3 new, 0 changed, 0 unchanged, 1 rejected.")
    assert sorted(Customer.objects.values_list("email", flat=True)) == ["bo@post.example", "otto@post.example"]


def test_the_refused_row_is_named_and_nothing_of_it_kept(tmp_path, store, ines, erased_after_the_first_row):
    take_in(tmp_path, FILE)
    assert refused(tmp_path) == [(4, "email", GONE)]
    assert "ines" not in (tmp_path / "customers.csv.rejects.csv").read_text().lower()


def test_what_was_kept_of_the_addresses_goes_with_the_end(tmp_path, store, ines, erased_after_the_first_row):
    take_in(tmp_path, FILE)
    assert CustomerImport.objects.get().erased == []


def test_nothing_is_kept_of_a_row_that_is_refused_for_something_else(tmp_path, store, ines, erased_after_the_first_row):
    take_in(tmp_path, FILE.replace("ines@vandermeulen.example,Ines", "INES@vandermeulen.example,Ines,x"))
    assert refused(tmp_path) == [(4, "C", "The row has 3 cells, but the header has 2.")]
    assert "ines" not in (tmp_path / "customers.csv.rejects.csv").read_text().lower()


def test_who_was_erased_during_a_trial_stays_out_of_the_import(as_mara, store, ines, erased_after_the_first_row):
    job = brought(as_mara, FILE)
    start(as_mara, job, dry_run="1")
    assert work(job).created == 3
    start(as_mara, job)
    work(job)
    assert sorted(Customer.objects.shoppers().values_list("email", flat=True)) == [
        "bo@post.example",
        "otto@post.example",
    ]


def test_an_import_that_nobody_goes_on_with_is_told_nothing(tmp_path, store):
    month = timezone.now() - timedelta(days=31)
    left = CustomerImport.objects.create(name="old.csv", state="failed", done=7, created_at=month, erased=["f"])
    erasure.erase(CustomerFactory(), by=ActorKind.COMMAND, notify=False)
    left.refresh_from_db()
    assert left.erased == ["f"]
    forget_old_imports()
    left.refresh_from_db()
    assert left.erased == []


def test_an_import_that_is_done_is_told_nothing(tmp_path, store):
    take_in(tmp_path, FILE)
    erasure.erase(CustomerFactory(), by=ActorKind.COMMAND, notify=False)
    assert CustomerImport.objects.get().erased == []


@pytest.fixture
def half_done(tmp_path, store, monkeypatch) -> CustomerImport:
    """An import that stopped after three rows: Gus's is in, and Bo's and Ines's were refused."""
    monkeypatch.setattr(database(), "BATCH", 3)
    monkeypatch.setattr(CustomerImport, "is_asked_to_stop", lambda job: job.done == 4)
    refused_rows = "gus@post.example,Gus\nbo@post.example,Bo,x\nINES@vandermeulen.example,Ines,x\n"
    take_in(tmp_path, f"email,first_name\n{refused_rows}otto@post.example,Otto\ngus@post.example,Twice\n")
    return CustomerImport.objects.get()


def test_refused_rows_that_name_them_go_at_once_and_others_stay(tmp_path, half_done, ines):
    assert [row.line for row in ImportReject.objects.of(half_done)] == [0, 3, 4]
    erasure.erase(ines, by=ActorKind.COMMAND, notify=False)
    assert [row.cells for row in ImportReject.objects.of(half_done)] == [
        ["email", "first_name"],
        ["bo@post.example", "Bo", "x"],
    ]


def test_what_was_seen_of_them_goes_at_once_and_the_rest_when_it_is_done(tmp_path, half_done):
    assert ImportSeen.objects.of(half_done).count() == 1
    erasure.erase(Customer.objects.get(email="gus@post.example"), by=ActorKind.COMMAND, notify=False)
    assert ImportSeen.objects.of(half_done).count() == 0
    take_in(tmp_path, (tmp_path / "customers.csv").read_text())
    assert refused(tmp_path)[-1] == (6, "email", GONE)
    assert (CustomerImport.objects.get().state, ImportSeen.objects.count(), ImportReject.objects.count()) == (
        "done",
        0,
        0,
    )


def test_nothing_is_kept_of_one_that_nobody_goes_on_with(half_done):
    """The rows go after a week, the rest after a month."""
    CustomerImport.objects.update(finished_at=timezone.now() - timedelta(days=8))
    forget_old_imports()
    assert (ImportReject.objects.count(), ImportSeen.objects.count()) == (0, 1)
    CustomerImport.objects.update(created_at=timezone.now() - timedelta(days=31))
    forget_old_imports()
    assert ImportSeen.objects.count() == 0
