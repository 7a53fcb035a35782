"""Machines whose clocks differ share the queues: what one has claimed is not due for another."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from shopadmin.mail.delivery import claim, deliver, deliver_next
from shopadmin.models import Host, Mail, WorkerSeen
from shopadmin.worker.task_runner import Runner
from tests.factories import MailFactory
from tests.shopadmin.worker.tasks import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
real_now = timezone.now


@pytest.fixture
def clock(monkeypatch):
    """Sets the clock of the machine we are on, by how far it is ahead of the database's."""
    return lambda **ahead: monkeypatch.setattr(timezone, "now", lambda: real_now() + timedelta(**ahead))


@pytest.fixture
def runner():
    """Makes the part of a worker that runs tasks, which has shown life just now."""

    def make():
        made = Runner(uuid4(), None)
        WorkerSeen.sign(made.worker_id)
        return made

    return make


@pytest.mark.parametrize("minutes", [6, -6])
def test_a_mail_that_another_machine_is_sending_is_not_sent_twice(clock, mailoutbox, minutes):
    MailFactory()
    clock(minutes=minutes)
    mail = claim()
    clock(minutes=-minutes)
    assert deliver_next() is None
    clock(minutes=minutes)
    assert deliver(mail) == Mail.State.SENT
    assert len(mailoutbox) == 1


def test_a_mail_written_on_a_machine_that_is_ahead_is_due_at_once(clock, mailoutbox):
    clock(minutes=6)
    MailFactory()
    clock(minutes=-6)
    assert deliver_next() == Mail.State.SENT


def test_a_task_that_another_machine_runs_is_not_taken_from_it(clock, runner):
    write.enqueue("once")
    slow, fast = runner(), runner()
    clock(minutes=-6)
    assert slow._claim()
    clock(minutes=6)
    fast._take_back()
    assert fast._claim() is None
    assert DBTaskResult.objects.get().worker_ids == [slow.worker_id]


def test_what_is_due_is_so_on_every_machine(clock, runner):
    write.using(run_after=real_now() + timedelta(minutes=3)).enqueue("later")
    clock(minutes=6)
    assert runner()._claim() is None
    DBTaskResult.objects.update(run_after=real_now() - timedelta(seconds=1))
    clock(minutes=-6)
    assert runner()._claim()


def test_a_cached_limit_lasts_as_long_on_every_machine(clock):
    clock(minutes=-6)
    cache.set("limit", 1, timeout=60)
    clock(minutes=6)
    assert (cache.get("limit"), cache.add("limit", 2)) == (1, False)


def test_machines_at_work_are_seen_whatever_their_clocks_say(clock):
    clock(minutes=-6)
    Host.sign()
    since = Host.objects.get().since
    clock(minutes=6)
    Host.sign()
    assert Host.objects.get().since == since


@pytest.mark.parametrize(("seconds_ago", "outcome"), [(29, None), (31, Mail.State.SENT)])
def test_what_a_killed_worker_was_sending_waits_for_its_silence_alone(mailoutbox, seconds_ago, outcome):
    mail, killed = MailFactory(), uuid4()
    WorkerSeen.sign(killed)
    assert claim(killed) == mail
    past = real_now() - timedelta(seconds=seconds_ago)
    Mail.objects.update(claimed_at=past)
    assert deliver_next() is None
    WorkerSeen.objects.update(seen_at=past)
    assert deliver_next() == outcome
