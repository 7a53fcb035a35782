"""Background work: tasks run by real workers, killed, stopped and cut off."""

import signal
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from shopadmin.models import Mail, WorkerSeen
from shopadmin.worker import housekeeping
from shopadmin.worker.housekeeping import keep_house
from tests.factories import MailFactory
from tests.shopadmin.worker.tasks import stumble, write, write_slowly
from tests.shopadmin.worker.worker_process import becomes_true, cut_all_connections, let_time_pass, worker_at


def written(name="slow"):
    return Mail.objects.filter(name=name).count()


def tasks():
    """Those of these tests; keeping house may ask for others."""
    return DBTaskResult.objects.exclude(task_path__startswith="customers.").order_by("enqueued_at")


def states():
    return list(tasks().values_list("status", flat=True))


def is_done():
    return states() == ["SUCCESSFUL"]


@pytest.mark.django_db
def test_once_runs_every_task_and_says_so(capsys, store, monkeypatch):
    monkeypatch.setattr(housekeeping, "chores", [])
    write.enqueue("one")
    write.enqueue("two")
    stumble.enqueue("a secret")
    call_command("worker", "--once")
    assert capsys.readouterr().out.endswith("Tasks: 2 done, 1 failed, 0 requeued.\n")
    assert (states(), Mail.objects.count()) == (["SUCCESSFUL", "SUCCESSFUL", "FAILED"], 2)


@pytest.mark.django_db
def test_a_failure_is_written_down_without_what_it_said(store, caplog):
    stumble.enqueue("ines@vandermeulen.example")
    tasks().update(args_kwargs={"args": ["ines" + "@vandermeulen.example"], "kwargs": {}})
    call_command("worker", "--once")
    [result] = tasks()
    assert (result.exception_class_path, "in stumble" in result.traceback) == ("ValueError", True)
    assert "vandermeulen" not in result.traceback + caplog.text


@pytest.mark.django_db
def test_a_task_of_an_older_release_that_is_no_more_fails(store):
    write.enqueue("one")
    tasks().update(task_path="shopadmin.gone.task")
    call_command("worker", "--once")
    assert states() == ["FAILED"]


@pytest.mark.django_db
def test_what_is_rolled_back_is_never_run(store):
    with suppress(ZeroDivisionError), transaction.atomic():
        write.enqueue("one")
        raise ZeroDivisionError
    call_command("worker", "--once")
    assert (states(), Mail.objects.count()) == ([], 0)


@pytest.mark.django_db
def test_old_results_are_deleted_and_waiting_tasks_are_not(store):
    write.enqueue("one")
    call_command("worker", "--once")
    tasks().update(finished_at=timezone.now() - timedelta(days=15), enqueued_at="2026-01-01T00:00Z")
    write.enqueue("two")
    keep_house()
    assert states() == ["READY"]


def claimed_by(worker_id, *, tries=1):
    write.enqueue("one")
    past = timezone.now() - timedelta(minutes=5)
    tasks().update(status="RUNNING", worker_ids=[worker_id] * tries, started_at=past)


@pytest.mark.django_db
def test_what_a_living_worker_runs_is_left_to_it(store):
    claimed_by("6f9619ff-8b86-d011-b42d-00cf4fc964ff")
    WorkerSeen.sign("6f9619ff-8b86-d011-b42d-00cf4fc964ff")
    call_command("worker", "--once")
    assert states() == ["RUNNING"]


@pytest.mark.django_db
@pytest.mark.parametrize("seen_at", ["2026-01-01T00:00Z", None])
def test_what_a_silent_worker_ran_is_taken_up(store, seen_at):
    claimed_by("6f9619ff-8b86-d011-b42d-00cf4fc964ff")
    if seen_at:
        WorkerSeen.objects.create(pk="6f9619ff-8b86-d011-b42d-00cf4fc964ff", seen_at=seen_at)
    call_command("worker", "--once")
    assert (states(), Mail.objects.count()) == (["SUCCESSFUL"], 1)


@pytest.mark.django_db
def test_a_task_that_five_workers_died_of_is_given_up(store):
    claimed_by("6f9619ff-8b86-d011-b42d-00cf4fc964ff", tries=5)
    call_command("worker", "--once")
    assert (states(), Mail.objects.count()) == (["FAILED"], 0)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_workers_task_is_finished_by_another_and_nothing_is_doubled(store, tmp_path):
    write_slowly.enqueue("slow")
    with worker_at(tmp_path) as worker:
        assert becomes_true(lambda: written() > 2)
        worker.kill()
        worker.wait()
    assert (states(), written() < 40) == (["RUNNING"], True)
    let_time_pass(minutes=1)
    call_command("worker", "--once")
    assert (states(), written()) == (["SUCCESSFUL"], 40)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_told_to_stop_puts_its_task_back_as_if_never_tried(store, tmp_path):
    write_slowly.enqueue("slow")
    with worker_at(tmp_path) as worker:
        assert becomes_true(lambda: written() > 2)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=10) == 0
        assert worker.stdout.read().endswith("Tasks: 0 done, 0 failed, 1 requeued.\n")
    [result] = tasks()
    assert (result.status, result.worker_ids) == ("READY", [])


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_mails_do_not_wait_for_a_long_task(store, tmp_path):
    write_slowly.enqueue("slow")
    with worker_at(tmp_path):
        assert becomes_true(lambda: written() > 2)
        mail = MailFactory()
        assert becomes_true(lambda: Mail.objects.filter(pk=mail.pk, state=Mail.State.SENT).exists())
        assert states() == ["RUNNING"]


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_task_whose_connection_is_cut_goes_on_in_the_same_worker(store, tmp_path):
    write_slowly.enqueue("slow")
    with worker_at(tmp_path) as worker:
        assert becomes_true(lambda: written() > 2)
        assert cut_all_connections() > 1
        assert becomes_true(is_done)
        assert worker.poll() is None
    assert (written(), len(tasks().get().worker_ids)) == (40, 1)  # a cut is no try
