"""The file of a bulk export: what is in it, who gets it, and how soon it is gone."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from customers.bulk import export as bulk_export
from customers.bulk import run as bulk_run
from customers.exporting.csv_file import HEADER
from customers.models import BulkAction, Customer, PeopleInFile
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure
from shopadmin.worker.housekeeping import keep_house
from tests.customers.bulk.bulk_actions import confirm, do, outcome
from tests.customers.merging.merging import merged_by
from tests.factories import CustomerFactory

pytestmark = pytest.mark.django_db


def file_of(client, action):
    return client.get(f"{action.get_absolute_url()}file/")


def emails_in(content: bytes) -> list[str]:
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert header == HEADER
    return [row[HEADER.index("email")] for row in rows]


def files(settings):
    return sorted(path.name for path in (settings.DATA_DIR / "exports").glob("*"))


def erase(customer, capture):
    with capture(execute=True):
        erasure.erase(customer, by=ActorKind.MERCHANT, notify=False)


def test_everybody_meant_is_in_the_file_once(as_mara, ines, gus, otto, monkeypatch):
    monkeypatch.setattr("customers.bulk.selection.READ_AHEAD", 2)
    action = do(as_mara, "export", ines, gus, otto)
    response = file_of(as_mara, action)
    assert emails_in(response.getvalue()) == [ines.email, gus.email, otto.email]
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="customers-{action.created_at:%Y-%m-%d}.csv"'
    assert (outcome(action), "no-store" in response["Cache-Control"]) == (("done", 3, 0), True)
    assert "Download file" in as_mara.get(action.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("language", "answers", "begins"),
    [("nl", {}, "email;"), ("en", {}, "email,"), ("nl", {"separator": "tab"}, "email\t")],
)
def test_its_columns_are_parted_as_chosen(as_mara, ines, settings, language, answers, begins):
    as_mara.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert file_of(as_mara, do(as_mara, "export", ines, **answers)).getvalue().decode("utf-8-sig").startswith(begins)


def test_its_file_is_for_the_program_alone(as_mara, ines, settings):
    path = settings.DATA_DIR / "exports" / do(as_mara, "export", ines).file
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_view_of_nobody_any_more_gives_a_header(as_mara, ines):
    action = confirm(as_mara, "export", view="status=registered")
    Customer.objects.filter(pk=ines.pk).update(registered_at=None)
    bulk_run.run(action)
    assert emails_in(file_of(as_mara, action).getvalue()) == []


def test_only_who_may_export_gets_it(as_mara, client, ines, sam, otto):
    action = do(as_mara, "export", ines)
    answers = []
    for person in (otto, sam):
        client.force_login(person)
        answers.append(file_of(client, action).status_code)
    assert answers == [404, 403]


def test_an_erasure_takes_the_files_along_that_the_person_is_in(
    as_mara, ines, gus, settings, django_capture_on_commit_callbacks
):
    with_her, without = do(as_mara, "export", ines, gus), do(as_mara, "export", gus)
    erase(ines, django_capture_on_commit_callbacks)
    assert [file_of(as_mara, action).status_code for action in (with_her, without)] == [404, 200]
    assert files(settings) == [without.file]
    assert "The file is no longer available." in as_mara.get(with_her.get_absolute_url()).content.decode()


def test_with_a_record_that_was_merged_into_theirs_too(
    as_mara, ines, gus, settings, django_capture_on_commit_callbacks
):
    do(as_mara, "export", gus)
    merged_by(as_mara, ines, gus)
    erase(ines, django_capture_on_commit_callbacks)
    assert files(settings) == []


def test_a_file_that_is_not_known_to_hold_others_alone_goes(
    as_mara, ines, gus, settings, django_capture_on_commit_callbacks
):
    """One from before it was noted who is in them."""
    do(as_mara, "export", ines)
    PeopleInFile.objects.all().delete()
    erase(gus, django_capture_on_commit_callbacks)
    assert files(settings) == []


def test_a_week_later_it_is_gone(as_mara, ines, settings, django_capture_on_commit_callbacks):
    young, old = do(as_mara, "export", ines), do(as_mara, "export", ines)
    BulkAction.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=7, minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        keep_house()
    assert (files(settings), BulkAction.objects.get(pk=old.pk).file) == ([young.file], "")
    assert PeopleInFile.objects.values_list("file", flat=True).get() == young.file


def test_what_belongs_to_nothing_goes_after_a_day(as_mara, ines, settings, django_capture_on_commit_callbacks):
    action = do(as_mara, "export", ines)
    for name in (f"{timezone.now():%Y%m%d}-aa.csv", "20201231-aa.csv", "of-the-first-release.csv.people"):
        storages["exports"].save(name, ContentFile(b"people"))
    with django_capture_on_commit_callbacks(execute=True):
        keep_house()
    assert files(settings) == sorted([action.file, f"{timezone.now():%Y%m%d}-aa.csv"])


def test_stopped_half_way_it_leaves_no_file_and_says_so(as_mara, store, settings, monkeypatch):
    monkeypatch.setattr("customers.bulk.selection.READ_AHEAD", 2)
    CustomerFactory.create_batch(5)
    action = confirm(as_mara, "export", view="")
    monkeypatch.setattr(bulk_export, "between_batches", action.ask_to_stop)
    bulk_run.run(action)
    assert (action.state, action.done, files(settings)) == ("stopped", 2, [])
    assert "Stopped. No file was created." in as_mara.get(action.get_absolute_url()).content.decode()


def test_an_error_leaves_no_file(as_mara, ines, settings, monkeypatch):
    monkeypatch.setattr(bulk_export, "between_batches", lambda: 1 / 0)
    action = do(as_mara, "export", ines)
    assert (action.state, files(settings)) == ("failed", [])
