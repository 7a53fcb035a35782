"""How long the files of imports are kept: they hold people."""

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from customers.history import acting
from customers.importing.files import forget_old_imports
from customers.models import Customer, CustomerImport, ImportReject
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure, people_in_files
from customers.privacy.fingerprints import fingerprints
from tests.customers.importing.imports import IMPORTS, TWO, brought, start, text_of, work

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=8)


@pytest.fixture
def done(as_mara) -> CustomerImport:
    """An import that is over, with rows that were refused."""
    job = brought(as_mara, TWO + "nobody;No;;9\n")
    start(as_mara, job)
    return work(job)


def files_of(job: CustomerImport) -> tuple[bool, bool]:
    """Whether the file is there, wherever it was at first, and the refused rows."""
    return os.path.exists(job.path), ImportReject.objects.of(job).exists()


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
    assert "These rows were deleted together with the file." in text_of(as_mara.get(done.get_absolute_url()))
    assert as_mara.get(f"{IMPORTS}{done.pk}/rejects.csv").status_code == 404


def test_one_that_was_never_started_is_deleted_too(as_mara):
    job = brought(as_mara)
    CustomerImport.objects.update(created_at=LONG_AGO)
    forget_old_imports()
    assert files_of(job) == (False, False)
    assert "The file is no longer available." in text_of(as_mara.get(job.get_absolute_url()))
    assert as_mara.post(f"{job.get_absolute_url()}start/").url == job.get_absolute_url()


def test_one_under_way_is_left_alone(as_mara):
    job = brought(as_mara)
    start(as_mara, job)
    CustomerImport.objects.update(created_at=LONG_AGO)
    forget_old_imports()
    assert files_of(job)[0] is True


def test_an_erasure_takes_those_along_that_the_person_is_in(done, as_mara, django_capture_on_commit_callbacks):
    """Started or not; what holds nobody but others stays."""
    with_her = brought(as_mara, "note,email\nx,A@b.example\nWife: ines@new.example,c@d.example\n")
    others = brought(as_mara, "email\na@b.example\n")
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(Customer.objects.get(email="ines@new.example"), by=ActorKind.MERCHANT, notify=False)
    assert [files_of(job) for job in (done, with_her)] == [(False, False), (False, False)]
    assert files_of(others)[0] is True
    assert sorted(os.listdir(Path(others.path).parent)) == [Path(others.path).name, f"{Path(others.path).name}.people"]
    assert list(CustomerImport.objects.order_by("pk").values_list("path", flat=True)) == ["", "", others.path]


def test_one_under_an_earlier_address_of_theirs_goes_too(as_mara, ines, django_capture_on_commit_callbacks):
    job = brought(as_mara, f"email\n{ines.email}\n")
    with acting.shopper(ines):
        ines.change_email("new@post.example", by=ines)
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(ines, by=ActorKind.MERCHANT, notify=False)
    assert files_of(job)[0] is False


def test_nothing_readable_is_noted_beside_a_file(as_mara):
    path = Path(brought(as_mara).path)
    noted = people_in_files.beside(path)
    assert (noted.stat().st_size, stat.S_IMODE(noted.stat().st_mode)) == (2 * 8, 0o600)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_big_files_are_looked_through_piece_by_piece(tmp_path, monkeypatch, encoding):
    monkeypatch.setattr(people_in_files, "CHUNK", 1000)
    monkeypatch.setattr(people_in_files, "LONGEST_ADDRESS", 100)
    path, emails = tmp_path / "x.csv", [f"person{number}@post.example" for number in range(300)]
    path.write_text("".join(f"Zoë;{email}\n" for email in emails), encoding=encoding)
    people_in_files.note_addresses(path, encoding)
    numbers = people_in_files.numbers_of([*emails, "person300@post.example"])
    assert [people_in_files.hold(path, [number]) for number in numbers] == [True] * 300 + [False]


def test_an_erasure_while_it_was_under_way_takes_it_along_at_its_end(
    as_mara, store, gus, monkeypatch, django_capture_on_commit_callbacks
):
    jobs = [brought(as_mara, f"email\n{email}\n") for email in (gus.email, "other@post.example")]
    for job in jobs:
        start(as_mara, job)
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(gus, by=ActorKind.MERCHANT, notify=False)
    assert [files_of(job)[0] for job in jobs] == [True, True]
    with django_capture_on_commit_callbacks(execute=True):
        call_command("worker", "--once")
    assert [files_of(job)[0] for job in jobs] == [False, True]


def test_one_that_can_go_on_goes_within_the_hour(as_mara, gus, django_capture_on_commit_callbacks):
    job = brought(as_mara, f"email\n{gus.email}\n")
    CustomerImport.objects.update(state="failed", erased=fingerprints([gus.email]))
    with django_capture_on_commit_callbacks(execute=True):
        forget_old_imports()
    assert files_of(job)[0] is False


def test_a_file_that_belongs_to_nothing_is_deleted_after_an_hour(done):
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
