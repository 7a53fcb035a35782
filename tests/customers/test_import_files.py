"""How long the files of imports are kept: they hold people."""

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from customers import deletion
from customers.import_files import forget_old_imports
from customers.models import CustomerImport, Erasure
from customers.models.history import ActorKind
from tests.customers.imports import IMPORTS, TWO, brought, start, text_of, work

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=8)


@pytest.fixture
def done(as_mara) -> CustomerImport:
    """An import that is over, with rows that were refused."""
    job = brought(as_mara, TWO + "nobody;No;;9\n")
    start(as_mara, job)
    return work(job)


def files_of(job: CustomerImport) -> tuple[bool, bool]:
    """Whether the file and that of the refused rows are there, wherever they were at first."""
    return os.path.exists(job.path), os.path.exists(job.rejects)


def test_files_are_for_this_program_alone(done):
    path = Path(done.path)
    assert [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent)] == [0o600, 0o700]


def test_they_are_kept_for_a_week_and_then_deleted(done):
    forget_old_imports()
    assert files_of(done) == (True, True)
    CustomerImport.objects.update(finished_at=LONG_AGO)
    forget_old_imports()
    assert files_of(done) == (False, False)
    assert (CustomerImport.objects.get().path, CustomerImport.objects.get().rejected) == ("", 1)


def test_the_page_says_that_they_are_gone(as_mara, done):
    CustomerImport.objects.update(finished_at=LONG_AGO)
    call_command("worker", "--once")
    assert "They are gone with the file" in text_of(as_mara.get(done.get_absolute_url()))
    assert as_mara.get(f"{IMPORTS}{done.pk}/rejects.csv").status_code == 404


def test_one_that_was_never_started_is_deleted_too(as_mara):
    job = brought(as_mara)
    CustomerImport.objects.update(created_at=LONG_AGO)
    forget_old_imports()
    assert files_of(job) == (False, False)
    assert "The file is gone" in text_of(as_mara.get(job.get_absolute_url()))
    assert as_mara.post(f"{job.get_absolute_url()}start/").url == job.get_absolute_url()


def test_one_under_way_is_left_alone(as_mara):
    job = brought(as_mara)
    start(as_mara, job)
    CustomerImport.objects.update(created_at=LONG_AGO)
    forget_old_imports()
    assert files_of(job)[0] is True


def test_an_erasure_takes_all_of_them_along(done, as_mara, ines, django_capture_on_commit_callbacks):
    new = brought(as_mara, "email\na@b.example\n")
    with django_capture_on_commit_callbacks(execute=True):
        deletion.erase(ines, by=ActorKind.MERCHANT, notify=False)
    assert (files_of(done), files_of(new)) == ((False, False), (False, False))


def test_an_erasure_while_it_was_under_way_takes_it_along_later(done):
    Erasure.objects.create(customer_number=1, by=ActorKind.MERCHANT)
    forget_old_imports()
    assert files_of(done) == (False, False)


def test_a_file_that_belongs_to_nothing_is_deleted_after_a_day(done):
    stray = Path(done.path).parent / "stray.csv"
    stray.write_text("x")
    forget_old_imports()
    assert stray.exists() is True
    os.utime(stray, (0, 0))
    forget_old_imports()
    assert (stray.exists(), files_of(done)) == (False, (True, True))


def test_a_file_that_a_command_was_given_is_not_ours_to_delete(store, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text(TWO)
    call_command("import_customers", str(file))
    CustomerImport.objects.update(finished_at=LONG_AGO)
    forget_old_imports()
    assert (file.exists(), CustomerImport.objects.get().path) == (True, str(file))
