"""Threads that talk to the mail server: an email that it takes long over holds no other."""

import logging
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore, Event, Lock

from django.db import close_old_connections, connection

from shopadmin.mail.delivery import deliver
from shopadmin.models import Mail

AT_ONCE = 4
PAUSE = 1  # seconds

log = logging.getLogger(__name__)


class Senders:
    """A few threads, each with one mail at a time and a connection of its own, until `stop` is set."""

    def __init__(self, stop: Event, outcomes: Counter[Mail.State]) -> None:
        self.stop, self.outcomes, self.counting = stop, outcomes, Lock()
        self.free = BoundedSemaphore(AT_ONCE)
        self.threads = ThreadPoolExecutor(AT_ONCE, "mail")

    def send_next(self, claim: Callable[[], Mail | None]) -> bool:
        """Claim a mail once a thread is free, and have it sent; returns whether there was one."""
        if not self.free.acquire(timeout=PAUSE):
            return True  # there may be: nobody has looked
        mail = None
        try:
            mail = claim()
        finally:
            if mail is None:
                self.free.release()
        if mail:
            self.threads.submit(self._send, mail)
        return mail is not None

    def finish(self) -> None:
        """Wait for what is being sent."""
        self.threads.shutdown()

    def _send(self, mail: Mail) -> None:
        close_old_connections()  # one that was cut while nothing was to be sent
        try:
            outcome = deliver(mail)
            with self.counting:
                self.outcomes[outcome] += 1
            if outcome != Mail.State.SENT:
                self.stop.wait(PAUSE)  # a server that refuses: no reason to hurry
        except Exception as error:  # most likely the database is away; its lease ends, and others try
            log.warning("What became of mail %s could not be written down: %s", mail.pk, type(error).__name__)
            connection.close()
        finally:
            self.free.release()
