"""An export and an erasure at once, each held at each of its steps: nobody who is erased stays in a file."""

import csv
import io
from threading import Event, Thread
from time import sleep

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection

from customers.bulk import export as bulk_export
from customers.bulk import run as bulk_run
from customers.models import BulkAction, Customer, PeopleInFile
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure
from tests.customers.bulk.bulk_actions import confirm

# What an export does, one after the other; each is committed.
STEPS = ["_write", "claim", "store", "_hand_over"]


@pytest.fixture
def action(as_mara, ines, gus) -> BulkAction:
    """An export of Ines and Gus that waits for the worker."""
    return confirm(as_mara, "export", ines, gus)


@pytest.fixture
def after(monkeypatch):
    """`after("store", do)`: do something once, when an export has done this step for the first time."""

    def after(step, do):
        where = bulk_export if step.startswith("_") else bulk_export.exporting_files
        before, end = getattr(where, step), iter([do])

        def held(*given):
            done = before(*given)
            next(end, lambda: None)()
            return done

        monkeypatch.setattr(where, step, held)

    return after


def erase(customer):
    erasure.erase(customer, by=ActorKind.MERCHANT, notify=False)


def people_in(name) -> list[str]:
    with storages["exports"].open(name) as file:
        _header, *rows = csv.reader(io.StringIO(file.read().decode("utf-8-sig")))
    return [row[0] for row in rows]


def files() -> dict[str, list[str]]:
    return {name: people_in(name) for name in storages["exports"].listdir("")[1]}


def assert_nobody_erased_is_left(action, gus):
    """The file of Gus alone, or none where Ines was in it when she was erased."""
    action.refresh_from_db()
    assert files() == ({action.file: [gus.email]} if action.file else {})
    assert set(PeopleInFile.objects.values_list("file", flat=True)) == ({action.file} if action.file else set())
    assert (action.state, Customer.objects.filter(email__startswith="ines").exists()) == ("done", False)


@pytest.mark.any_database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", STEPS)
def test_an_erasure_at_each_step_of_an_export(action, ines, gus, after, step):
    after(step, lambda: erase(ines))
    bulk_run.run(action)
    assert_nobody_erased_is_left(action, gus)
    assert bool(action.file) == (step != "_hand_over")


@pytest.fixture
def held_erasure(ines, monkeypatch):
    """A thread that erases Ines, has looked for files, and waits until it is told to go on."""
    has_looked, may_commit, delete = Event(), Event(), erasure._delete

    def held(numbers):
        delete(numbers)
        has_looked.set()
        assert may_commit.wait(20)

    def erase_her():
        erase(ines)
        connection.close()

    monkeypatch.setattr(erasure, "_delete", held)
    erasing = Thread(target=erase_her)
    erasing.start()
    assert has_looked.wait(20)
    erasing.go_on = may_commit.set
    yield erasing
    erasing.join(20)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", STEPS)
def test_an_erasure_that_has_looked_and_ends_after_each_step_of_an_export(action, gus, after, step, held_erasure):
    after(step, lambda: (held_erasure.go_on(), held_erasure.join(20)))
    bulk_run.run(action)
    assert_nobody_erased_is_left(action, gus)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_erasure_that_is_committed_while_an_export_that_has_looked_is_not(
    action, ines, gus, held_erasure, monkeypatch
):
    finish = BulkAction.finish

    def held(now, state):
        held_erasure.go_on()
        while Customer.objects.filter(pk=ines.pk).exists():
            sleep(0.01)
        sleep(0.2)  # it looks for files now
        finish(now, state)

    monkeypatch.setattr(BulkAction, "finish", held)
    bulk_run.run(action)
    held_erasure.join(20)
    assert_nobody_erased_is_left(action, gus)


@pytest.mark.any_database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", STEPS)
def test_an_export_whose_worker_is_killed_at_each_step_leaves_nobody_erased_when_taken_up(
    action, ines, gus, after, step
):
    def die():
        raise KeyboardInterrupt

    after(step, die)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk_export.exporting_files, "give_up", lambda action: None)  # a dead process tidies nothing up
        with pytest.raises(KeyboardInterrupt):
            bulk_run.run(action)
    erase(ines)
    bulk_run.run(action)
    assert_nobody_erased_is_left(action, gus)


@pytest.mark.any_database
@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["folder", "bucket"])
def test_the_worker_looks_again_where_the_process_of_an_erasure_was_killed_after_its_commit(
    action, ines, kind, request
):
    if kind == "bucket":
        request.getfixturevalue("bucket")
    bulk_run.run(action)
    erase(ines)  # what is to be done on commit never is
    assert len(files()) == 1
    call_command("worker", "--once")
    assert files() == {}
