"""Two hosts of one shop, with nothing in common but database, bucket, mail server and keys."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import Popen
from typing import NamedTuple
from uuid import uuid4
from wsgiref.types import WSGIApplication

from tests.bucket import Bucket, bucket_of_its_own, untouched
from tests.faults.databases import Addresses
from tests.faults.processes import Shop, free_ports, wait_until_ready
from tests.mail_server import MailServer

SETTLED_WITHIN = 240  # seconds


class Site(NamedTuple):
    """Two hosts on which nothing runs yet, and what they share."""

    hosts: list[Shop]
    database: Addresses
    mails: MailServer
    bucket: Bucket


@contextmanager
def site(
    folder: Path,
    database: Addresses,
    *,
    around_store: Callable[[WSGIApplication], WSGIApplication] = untouched,
    **settings: str,
) -> Iterator[Site]:
    """The machines of a shop, whose database may have to be migrated."""
    with ExitStack() as stack:
        mails = MailServer()
        mails.controller.start()
        stack.callback(mails.controller.stop)
        bucket = stack.enter_context(bucket_of_its_own(around_store))
        shared = {
            "SECRET_KEY": uuid4().hex * 2, "ERASURE_KEY": uuid4().hex * 2, "DATABASE_URL": database.pooled,
            "EMAIL_URL": f"smtp://127.0.0.1:{mails.port}", "STORAGE_URL": bucket.url(), "REQUIRE_STAFF_MFA": "0",
            **settings,
        }  # fmt: skip
        yield Site([stack.enter_context(_host(folder / host, shared)) for host in ("a", "b")], database, mails, bucket)


def _host(folder: Path, settings: dict[str, str]) -> Shop:
    for name in ("data", "tmp"):
        (folder / name).mkdir(parents=True)
    return Shop(folder, TMPDIR=str(folder / "tmp"), **settings)


class Hosts:
    """A web server and a worker on each host."""

    def __init__(self, site: Site) -> None:
        self.hosts, self.database, self.mails, self.bucket = site
        self.ports = free_ports(len(self.hosts))
        self.webs: list[Popen] = []
        self.workers: list[Popen] = []

    def start_webs(self) -> None:
        """Start them together, and wait until all are ready."""
        self.webs = [host.web(port, wait=False) for host, port in zip(self.hosts, self.ports, strict=True)]
        for port in self.ports:
            wait_until_ready(port)

    def start_workers(self) -> None:
        self.workers = [self.worker(host) for host in self.hosts]

    def kill(self, processes: list[Popen]) -> None:
        for process in processes:
            self.hosts[0].kill(process)
        processes.clear()

    def worker(self, host: Shop) -> Popen:
        return host.start("worker", [*host.python, "-m", "shopadmin", "worker"], **host.settings)

    def ask(self, query: str, *params) -> list[tuple]:
        """Ask the database itself, past the pooler."""
        return self.database.ask(query, *params)

    def let_what_waits_go(self) -> None:
        """A mail that was refused is tried again after a minute, a file after ten: nobody here waits for that."""
        self.ask("UPDATE shopadmin_mail SET try_at = now() WHERE state = 'queued' AND try_at > now()")
        self.ask(
            "UPDATE django_tasks_database_dbtaskresult SET run_after = now() WHERE status = 'READY'"
            " AND run_after > now() AND run_after < now() + interval '1 day'"
        )

    def settle(self) -> None:
        """Until all mails have gone out and all tasks are done."""
        until = time.monotonic() + SETTLED_WITHIN
        waiting = """SELECT (SELECT count(*) FROM shopadmin_mail WHERE state IN ('queued', 'sending')),
            (SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING'))"""
        while (left := self.ask(waiting)[0]) != (0, 0):
            assert time.monotonic() < until, f"{left} mails and tasks are left"
            self.let_what_waits_go()
            time.sleep(0.2)
