"""Bulk actions in real workers: killed, stopped, two at once; nobody is left out, nothing is doubled."""

import signal
from collections import Counter
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connection

from customers.bulk import run as bulk_run
from customers.models import BulkAction, Customer
from customers.tasks import start_bulk_action
from shopadmin.models import Mail
from tests.factories import CustomerFactory
from tests.shopadmin.worker.worker_process import becomes_true, let_time_pass, worker_at

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
HOW_MANY = 300


@pytest.fixture
def action(mara, store):
    """Approving three hundred who wait, each of whom is told by mail."""
    people = [CustomerFactory.build(email=f"p{n}@post.example", access="awaiting") for n in range(HOW_MANY)]
    Customer.objects.bulk_create(people)
    action = BulkAction(kind="approve", query="status=awaiting", by=mara, total=HOW_MANY)
    start_bulk_action(action)
    return action


def is_half_done(action):
    action.refresh_from_db()
    return 0 < action.done < HOW_MANY


def finished_once(action):
    """Whether everybody is approved and has exactly one mail."""
    action.refresh_from_db()
    told = Counter(Mail.objects.values_list("to", flat=True))
    assert (action.state, action.done, action.skipped) == ("done", HOW_MANY, 0)
    return not Customer.objects.awaiting_approval().exists() and (len(told), set(told.values())) == (HOW_MANY, {1})


def test_what_a_killed_worker_began_another_finishes(action, tmp_path):
    with worker_at(tmp_path) as worker:
        assert becomes_true(lambda: is_half_done(action))
        worker.kill()
        worker.wait()
    assert is_half_done(action)
    let_time_pass(minutes=1)
    call_command("worker", "--once")
    assert finished_once(action)


def test_a_worker_told_to_stop_ends_after_the_batch_and_the_next_goes_on(action, tmp_path):
    with worker_at(tmp_path) as worker:
        assert becomes_true(lambda: is_half_done(action))
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=20) == 0
    assert (is_half_done(action), action.state) == (True, "running")
    call_command("worker", "--once")
    assert finished_once(action)


def test_two_workers_at_the_same_action_share_it(action):
    def work():
        bulk_run.run(BulkAction.objects.get(pk=action.pk))
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert finished_once(action)
