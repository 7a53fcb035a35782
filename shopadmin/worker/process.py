"""The process beside the web server: it delivers mails, runs tasks, keeps house, and shows that it is alive."""

import logging
import time
from collections import Counter
from datetime import timedelta
from functools import partial
from threading import Event, Thread
from uuid import uuid4

from django.db import Error, connection
from django.db.models.functions import Now

from shopadmin.database_state import missing_migrations, trouble
from shopadmin.logs import NOT_MIGRATED
from shopadmin.mail.delivery import claim, deliver_next
from shopadmin.models import Host, Mail, WorkerSeen
from shopadmin.worker.housekeeping import keep_house
from shopadmin.worker.senders import Senders
from shopadmin.worker.task_runner import Runner, sign_of_life

POLL = 1  # seconds
LAST_BATCH = 60
HOUSEKEEPING = 60 * 60
SILENT_ROWS_KEPT = timedelta(days=1)

log = logging.getLogger(__name__)


class Worker:
    """One worker: `run()` until `stop` is set. Any number of them can share a queue."""

    def __init__(self) -> None:
        self.id = uuid4()
        self.stop = Event()
        self.tasks = Runner(self.id, self.stop)
        self.outcomes: Counter[Mail.State] = Counter()
        self.senders, self.ended = Senders(self.stop, self.outcomes), Event()
        self.house_kept_at = self.host_shown_at = float("-inf")

    def run(self) -> None:
        """Work until told to stop; a database that goes away is waited for.

        Tasks have a thread of their own, so that no mail waits for a long one; the emails being sent have a few.
        """
        alive, tasks = Thread(target=self._show_life, daemon=True), Thread(target=self.tasks.run, daemon=True)
        alive.start()
        tasks.start()
        while not self.stop.is_set():
            try:
                self._step()
            except Error as error:
                log.warning("%s, trying again", trouble(error))
                connection.close()
                self.stop.wait(2 * POLL)
        tasks.join(LAST_BATCH)
        self.senders.finish()
        # Last: what is still being sent must not be taken for a dead worker's.
        self.ended.set()
        alive.join(sign_of_life())

    def wait_for_migrations(self) -> None:
        """Wait, after saying so, until the database is there and migrated."""
        said = ""
        while not self.stop.is_set() and (reason := _why_it_must_wait()):
            if reason != said:
                log.warning("%s: the worker waits", reason)
                said = reason
            self.stop.wait(POLL)

    def empty_queues(self) -> None:
        """Keep house, run every task, try each mail that is due once, and return."""
        keep_house()
        self.tasks.empty_queue()
        while not self.stop.is_set() and (outcome := deliver_next()):
            self.outcomes[outcome] += 1

    def _step(self) -> None:
        if time.monotonic() - self.house_kept_at > HOUSEKEEPING:
            keep_house()
            self.house_kept_at = time.monotonic()
        if not self.senders.send_next(partial(claim, self.id)):
            self.stop.wait(POLL)

    def _show_life(self) -> None:
        """Sign once in a while, on a connection of this thread's own."""
        try:
            WorkerSeen.objects.filter(seen_at__lt=Now() - SILENT_ROWS_KEPT).delete()
        except Error:
            connection.close()
        while True:
            try:
                WorkerSeen.sign(self.id)
                self._show_host()
            except Error:
                connection.close()
            if self.ended.wait(sign_of_life()):
                break
        connection.close()

    def _show_host(self) -> None:
        if time.monotonic() - self.host_shown_at > Host.SIGNS_EVERY.total_seconds():
            Host.sign()
            self.host_shown_at = time.monotonic()


def _why_it_must_wait() -> str:
    try:
        return NOT_MIGRATED if missing_migrations() else ""
    except Error as error:
        connection.close()
        return trouble(error)
