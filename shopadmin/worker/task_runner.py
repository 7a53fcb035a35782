"""Tasks: what takes too long for a request, done by the worker one after the other.

A task may be begun again after its worker was killed or its connection cut, so it commits batch by batch and goes on
where it was; between two batches it calls `between_batches()`. What failed is written down without its message, which
may hold what a customer typed.
"""

import logging
import time
from collections import Counter
from contextlib import suppress
from contextvars import ContextVar
from datetime import timedelta
from threading import Event
from traceback import format_tb
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished, task_started
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet, get_date_max

from shopadmin.database_state import is_away, is_full, is_passing, is_read_only
from shopadmin.models import StoreSettings, WorkerSeen

POLL = 1  # seconds
MOST_TRIES = 5
DISK_FULL = "DiskFull"  # in the place of the kind of the error, which is OSError for much else
KEPT = timedelta(days=14)
LONGEST_BREATH = 0.1  # as often as a waiting writer looks whether SQLite is free

log = logging.getLogger(__name__)
_runner: ContextVar["Runner | None"] = ContextVar("runner", default=None)


class Interrupted(BaseException):
    """The worker is to end: the task goes back into the queue."""


def between_batches() -> None:
    """Let others write, show that the worker lives, and end here if it is told to; while nothing is half done."""
    if runner := _runner.get():
        runner.between_batches()


def forget_tasks() -> None:
    """Delete the results of old tasks."""
    DBTaskResult.objects.finished().filter(finished_at__lt=Now() - KEPT).delete()


class Runner:
    """What runs tasks in one worker, one at a time, until `stop` is set."""

    def __init__(self, worker_id: UUID, stop: Event) -> None:
        self.worker_id, self.stop = str(worker_id), stop
        self.outcomes: Counter[str] = Counter()
        self.cut_off: UUID | None = None  # the task whose connection was cut
        self.shown_at = self.breathed_at = float("-inf")

    def run(self) -> None:
        """Take tasks up until told to stop, whatever becomes of them or of the database."""
        while not self.stop.is_set():
            try:
                self.empty_queue()
                self.stop.wait(POLL)
            except Exception as error:  # most likely the database is away; the thread must not die of anything
                reason = "the database takes no changes" if is_read_only(error) else type(error).__name__
                log.warning("Tasks are interrupted (%s), trying again", reason)
                connection.close()
                self.stop.wait(2 * POLL)
        connection.close()

    def empty_queue(self) -> None:
        """Take back what was left half done, and run every task that is due."""
        self._take_back()
        while not self.stop.is_set() and (result := self._claim()):
            self._run(result)

    def between_batches(self) -> None:
        """See the function of that name."""
        if self.stop.is_set():
            raise Interrupted
        self._show_life()
        if connection.vendor == "sqlite":
            # One writes at a time, and not in the order of asking: without a gap, others would wait for the whole task.
            self.stop.wait(min(LONGEST_BREATH, (time.monotonic() - self.breathed_at) / 2))
        self.breathed_at = time.monotonic()

    def _show_life(self) -> None:
        if time.monotonic() - self.shown_at > sign_of_life():
            WorkerSeen.sign(self.worker_id)
            self.shown_at = time.monotonic()

    def _claim(self) -> DBTaskResult | None:
        # Looking takes no lock; on SQLite the claim takes the only one there is.
        if not _due().exists():
            return None
        with transaction.atomic():
            result = _due().get_locked()
            if result:
                result.claim(self.worker_id)
                DBTaskResult.objects.filter(pk=result.pk).update(started_at=Now())
        return result

    def _run(self, result: DBTaskResult) -> None:
        self._show_life()
        token = _runner.set(self)
        try:
            error = _error_of(result)
        except Interrupted:
            _change(result, status=TaskResultStatus.READY, worker_ids=result.worker_ids[:-1])
            self.outcomes["put back"] += 1
            return
        except Exception as failure:
            self.cut_off = result.pk if is_away(failure) else None
            raise
        finally:
            _runner.reset(token)
        _finish(result, error)
        self.outcomes["failed" if error else "done"] += 1

    def _take_back(self) -> None:
        """Put back what this worker, which runs nothing now, or a silent one has claimed; give up after five tries.

        A try whose connection was cut says nothing of the task, and is not counted.
        """
        was_begun_lately = Q(started_at__gt=Now() - settings.WORKER_SILENCE)
        for result in DBTaskResult.objects.running().annotate(was_begun_lately=was_begun_lately):
            last = result.worker_ids[-1]
            if last != self.worker_id and (result.was_begun_lately or _is_alive(last)):
                continue
            if result.pk == self.cut_off:
                _change(result, status=TaskResultStatus.READY, worker_ids=result.worker_ids[:-1])
            elif len(result.worker_ids) >= MOST_TRIES:
                _finish(result, TimeoutError())
            else:
                _change(result, status=TaskResultStatus.READY)


def _is_alive(worker_id: str) -> bool:
    return WorkerSeen.objects.alive().filter(pk=worker_id).exists()


def sign_of_life() -> float:
    """How often a worker signs, in seconds: two or three signs may be lost."""
    return settings.WORKER_SILENCE.total_seconds() / 6


def _due() -> DBTaskResultQuerySet:
    """Those to be run now, by the database's clock; the package's own `ready()` goes by ours."""
    is_due = Q(run_after=get_date_max()) | Q(run_after__lte=Now())
    return DBTaskResult.objects.filter(is_due, status=TaskResultStatus.READY)


def _error_of(result: DBTaskResult) -> Exception | None:
    """Run a task; returns what went wrong in it."""
    try:
        task_started.send(type(result.task.get_backend()), task_result=result.task_result)
        with timezone.override(StoreSettings.current().time_zone):  # days are the shop's, as on its pages
            result.task.call(*result.args_kwargs["args"], **result.args_kwargs["kwargs"])
    except Exception as error:
        if is_passing(error):
            raise  # a cut connection, a lock that was not had: it stays claimed by us, and is taken back
        return error
    return None


def _finish(result: DBTaskResult, error: Exception | None) -> None:
    """Write down what became of a task, while it is ours, and tell whoever waits for it."""
    written = {"status": TaskResultStatus.SUCCESSFUL, "finished_at": Now()}
    if error:
        name = DISK_FULL if is_full(error) else type(error).__name__
        where = "".join(format_tb(error.__traceback__))
        log.error("The task %s failed: %s\n%s", result.task_path, name, where)
        written |= {"status": TaskResultStatus.FAILED, "exception_class_path": name, "traceback": where}
    if _change(result, **written):
        result.refresh_from_db()
        with suppress(ImportError):
            task_finished.send(type(result.task.get_backend()), task_result=result.task_result)


def _change(result: DBTaskResult, **fields) -> bool:
    """Change the row of a task while it is ours."""
    ours = DBTaskResult.objects.running().filter(pk=result.pk, worker_ids=result.worker_ids)
    return bool(ours.update(**fields))
