"""The filled shop of tests/privacy/ on two hosts: what happens in it goes through real processes, which can be killed.

This process is one more of host A's, at whose terminal somebody sits.
"""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from unittest.mock import patch

from django.db import connection
from django.test import Client

from accounts.demo.shop import open_shop as open_the_demo_shop
from customers.models import BulkAction
from shopadmin.connection_settings import write_settings
from shopadmin.models import StoreSettings
from shopadmin.worker.process import Worker
from tests.faults.holding_store import HoldingStore, Moment
from tests.faults.hosts import Hosts
from tests.privacy.dumps import in_dump
from tests.privacy.filling import FilledShop, open_shop
from tests.privacy.people import Person
from tests.privacy.reckoning import WhatStays, left_behind
from tests.privacy.walking import Texts, in_bucket, in_files

MOMENT_WITHIN = 120  # seconds

Filling = Callable[[Client, Path], dict[Person, Client]]


class Backup(NamedTuple):
    """Of the shop as it was filled."""

    restore_database: Callable[[], None]
    objects: dict[str, bytes]


@dataclass
class ShopOnTwoHosts(FilledShop):
    """A shop with something of several people everywhere, and the processes of its hosts."""

    machines: Hosts
    store: HoldingStore
    backup: Backup | None = None

    def texts(self) -> Texts:
        """Everything in a dump of the database, in the bucket, and in whatever folder or file the hosts have."""
        direct = self.machines.database.direct
        yield from in_dump(subprocess.run(["pg_dump", direct], capture_output=True, check=True, text=True).stdout)
        yield from in_bucket()
        for path in [path for host in self.machines.hosts for path in host.folder.iterdir()]:
            if path.is_dir():
                yield from in_files(path)
            else:
                yield "log", path.read_text(errors="replace")

    def command(self, *words: str) -> None:
        """Run a command on host B; ChildProcessError where it is killed."""
        host = self.machines.hosts[1]
        process = host.start("command", [*host.python, "-m", "shopadmin", *words], **host.settings)
        if process.wait():
            raise ChildProcessError(host.log_of("command"))

    def carry_out(self, action: BulkAction) -> None:
        """The workers do, whenever they come to it."""

    @property
    def erasure_logs(self) -> list[Path]:
        files = [host.folder / "data" / "erasures.log" for host in self.machines.hosts]
        return [file for file in files if file.exists()]

    @contextmanager
    def restored_afterwards(self) -> Iterator[None]:
        yield
        self.machines.settle()
        self.restore()
        self.machines.start_workers()

    def restore(self) -> None:
        """Put database and bucket back from the backup. What the hosts have of their own stays; no worker is there."""
        self.machines.kill(self.machines.workers)
        connection.close()
        self.backup.restore_database()
        write_settings()
        self.machines.bucket.fill(self.backup.objects)

    # --- Kills

    def start(self) -> None:
        """Start whatever was killed."""
        self.machines.start_webs()
        self.machines.start_workers()

    def kill(self) -> None:
        """SIGKILL to all that runs on either host."""
        for host in self.machines.hosts:
            for process in [process for process in host.started if process.poll() is None]:
                host.kill(process)

    def killed_at(self, moment: Moment, act: Callable[[], None]) -> None:
        """Do something in the midst of which all processes of both hosts are killed, and start them again."""

        def kill_then() -> None:
            if reached.wait(MOMENT_WITHIN):
                self.kill()

        with self.store.held(moment) as reached:
            killer = Thread(target=kill_then)
            killer.start()
            _until_cut_off(act)
            killer.join()
        assert reached.is_set(), f"it never came to {moment}"
        self.start()

    def killed_while(self, busy: Callable[[], None], moment: Moment, meanwhile: Callable[[], None]) -> None:
        """While a process is busy and comes to a moment, do something else; then kill all, and start them again."""
        with self.store.held(moment) as reached:
            thread = Thread(target=lambda: _until_cut_off(busy))
            thread.start()
            assert reached.wait(MOMENT_WITHIN), f"it never came to {moment}"
            meanwhile()
            self.kill()
            thread.join()
        self.start()

    def must_have_forgotten(self, what_stays: WhatStays) -> None:
        """Once all is done that the hosts do by themselves."""
        self.machines.settle()
        assert (left := left_behind(self, what_stays)) == {}, left


def _until_cut_off(act: Callable[[], None]) -> None:
    with suppress(OSError):
        act()


def filled_shop(machines: Hosts, store: HoldingStore, filling: Filling) -> ShopOnTwoHosts:
    """A shop that is open, and in which some people left something, through both hosts."""
    open_the_demo_shop()
    nobody = StoreSettings.Approval.NOBODY
    StoreSettings.objects.update(approval=nobody, invoice_when=StoreSettings().invoice_when)
    staff, host = open_shop(), machines.hosts[0]
    browsers = filling(staff, host.folder.parent / "merchant")
    return ShopOnTwoHosts(host.folder / "data", StringIO(), staff, browsers, machines, store)


@contextmanager
def at_work(machines: Hosts) -> Iterator[None]:
    """The workers of both hosts do what `manage.py worker --once` would do here."""
    machines.start_workers()
    with patch.object(Worker, "empty_queues", lambda _worker: machines.settle()):
        yield
    machines.kill(machines.workers)
