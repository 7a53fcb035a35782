"""How long the files of imports are kept: they hold people."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from customers.history import acting
from customers.importing.files import forget_old_imports, keep
from customers.models import Customer, CustomerImport, ImportReject, PeopleInFile
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure, noted_people
from customers.privacy.fingerprints import fingerprints
from tests.customers.importing.imports import IMPORTS, TWO, brought, start, text_of, work

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LONG_AGO = timezone.now() - timedelta(days=8)


@pytest.fixture
def done(as_mara) -> CustomerImport:
    """An import that is over, with rows that were refused."""
    job = brought(as_mara, TWO + "nobody;No;;9\n")
    start(as_mara, job)
    return work(job)


def files_of(job: CustomerImport) -> tuple[bool, bool]:
    """Whether the file is there for anybody to ask for, and the refused rows."""
    file = CustomerImport.objects.get(pk=job.pk).file
    return file != "" and storages["imports"].exists(file), ImportReject.objects.of(job).exists()


def names() -> list[str]:
    return sorted(storages["imports"].listdir("")[1])


def test_files_are_for_this_program_alone(done):
    path = Path(storages["imports"].path(done.file))
    assert [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent)] == [0o600, 0o700]


def test_they_are_kept_for_a_week_and_then_deleted(done, django_capture_on_commit_callbacks):
    forget_old_imports()
    assert files_of(done) == (True, True)
    CustomerImport.objects.update(finished_at=LONG_AGO)
    with django_capture_on_commit_callbacks(execute=True):
        forget_old_imports()
    assert files_of(done) == (False, False)
    assert (names(), PeopleInFile.objects.count(), CustomerImport.objects.get().rejected) == ([], 0, 1)


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
    assert names() == [others.file]


def test_one_under_an_earlier_address_of_theirs_goes_too(as_mara, ines, django_capture_on_commit_callbacks):
    job = brought(as_mara, f"email\n{ines.email}\n")
    with acting.shopper(ines):
        ines.change_email("new@post.example", by=ines)
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(ines, by=ActorKind.MERCHANT, notify=False)
    assert files_of(job)[0] is False


def test_nothing_readable_is_noted_of_who_is_in_a_file(as_mara):
    noted = PeopleInFile.objects.get(file=brought(as_mara).file)
    assert len(bytes(noted.numbers)) == 2 * 8


def test_what_an_upload_left_that_was_killed_goes_with_the_erasure_of_somebody_in_it(
    as_mara, gus, monkeypatch, django_capture_on_commit_callbacks
):
    for email in (gus.email, "other@post.example"):
        keep(SimpleUploadedFile("x.csv", f"email\n{email}\n".encode()), noted_people.numbers_of([email]))
    left = PeopleInFile.objects.latest("pk").file
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(gus, by=ActorKind.MERCHANT, notify=False)
    assert names() == [left]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_big_files_are_looked_through_piece_by_piece(tmp_path, monkeypatch, encoding, db):
    for name, value in {"CHUNK": 1000, "LONGEST_ADDRESS": 100, "A_ROW": 70, "AT_ONCE": 40}.items():
        monkeypatch.setattr(noted_people, name, value)
    path, emails = tmp_path / "x.csv", [f"person{number}@post.example" for number in range(300)]
    path.write_text("".join(f"Zoë;{email}\n" for email in emails), encoding=encoding)
    noted_people.note("imports", "x.csv", noted_people.numbers_in(path, encoding))
    numbers = noted_people.numbers_of([*emails, "person300@post.example"])
    assert [len(noted_people.files_with("imports", [number])) for number in numbers] == [1] * 300 + [0]
    assert noted_people.files_with("imports", numbers[-1:] * 2 + numbers) == {"x.csv"}
    assert noted_people.files_with("exports", numbers) == set()


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


def test_a_file_that_belongs_to_nothing_is_deleted_after_a_day(done, django_capture_on_commit_callbacks):
    young, old = f"{timezone.now():%Y%m%d}-a.csv", f"{timezone.now() - timedelta(days=2):%Y%m%d}-a.csv"
    for name in (young, old, "of-the-first-release.csv.people"):
        storages["imports"].save(name, ContentFile(b"x"))
    with django_capture_on_commit_callbacks(execute=True):
        forget_old_imports()
    assert (names(), files_of(done)) == (sorted([young, done.file]), (True, True))


def test_a_file_that_a_command_was_given_is_not_ours_to_delete(store, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text(TWO)
    call_command("import_customers", str(file))
    CustomerImport.objects.update(finished_at=LONG_AGO)
    forget_old_imports()
    assert (file.exists(), CustomerImport.objects.get().path) == (True, str(file))
