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
from datetime import datetime, timedelta
from threading import Event
from traceback import format_tb
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished, task_started
from django_tasks_db.models import DBTaskResult

from shopadmin.database_state import is_read_only
from shopadmin.models import StoreSettings, WorkerSeen

POLL = 1  # seconds
SIGN_OF_LIFE = 5
SILENCE = timedelta(seconds=30)
MOST_TRIES = 5
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
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()


class Runner:
    """What runs tasks in one worker, one at a time, until `stop` is set."""

    def __init__(self, worker_id: UUID, stop: Event) -> None:
        self.worker_id, self.stop = str(worker_id), stop
        self.outcomes: Counter[str] = Counter()
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
        if time.monotonic() - self.shown_at > SIGN_OF_LIFE:
            WorkerSeen.sign(self.worker_id)
            self.shown_at = time.monotonic()

    def _claim(self) -> DBTaskResult | None:
        # Looking takes no lock; on SQLite the claim takes the only one there is.
        if not DBTaskResult.objects.ready().exists():
            return None
        with transaction.atomic():
            result = DBTaskResult.objects.ready().get_locked()
            if result:
                result.claim(self.worker_id)
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
        finally:
            _runner.reset(token)
        _finish(result, error)
        self.outcomes["failed" if error else "done"] += 1

    def _take_back(self) -> None:
        """Put back what this worker, which runs nothing now, or a silent one has claimed; give up after five tries."""
        for result in DBTaskResult.objects.running():
            last = result.worker_ids[-1]
            if last != self.worker_id and not _is_silent(last, since=result.started_at):
                continue
            if len(result.worker_ids) >= MOST_TRIES:
                _finish(result, TimeoutError())
            else:
                _change(result, status=TaskResultStatus.READY)


def _is_silent(worker_id: str, *, since: datetime) -> bool:
    lately = timezone.now() - SILENCE
    alive = {str(pk) for pk in WorkerSeen.objects.filter(seen_at__gt=lately).values_list("pk", flat=True)}
    return since < lately and worker_id not in alive


def _error_of(result: DBTaskResult) -> Exception | None:
    """Run a task; returns what went wrong in it."""
    try:
        task_started.send(type(result.task.get_backend()), task_result=result.task_result)
        with timezone.override(StoreSettings.current().time_zone):  # days are the shop's, as on its pages
            result.task.call(*result.args_kwargs["args"], **result.args_kwargs["kwargs"])
    except (OperationalError, InterfaceError):
        raise  # a cut connection, a lock that was not had: it stays claimed by us, and is taken back
    except Exception as error:
        return error
    return None


def _finish(result: DBTaskResult, error: Exception | None) -> None:
    """Write down what became of a task, while it is ours, and tell whoever waits for it."""
    written = {"status": TaskResultStatus.SUCCESSFUL, "finished_at": timezone.now()}
    if error:
        name, where = type(error).__name__, "".join(format_tb(error.__traceback__))
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
