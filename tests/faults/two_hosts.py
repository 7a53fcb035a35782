"""Two hosts of one shop, with nothing in common but database, bucket, mail server and keys, and what befalls them."""

import random
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import Popen
from uuid import uuid4

from tests.bucket import Bucket, bucket_of_its_own
from tests.faults.databases import Addresses, pooled_database
from tests.faults.processes import Shop, free_ports
from tests.faults.shopper import CODE, PASSWORD
from tests.mail_server import MailServer

STOCK = 100_000
MERCHANT, NEWS = "mara@shop.example", "orders@shop.example"
PAUSE = 2  # seconds between two faults
SETTLED_WITHIN = 240  # seconds
REFUSALS = ["hang up", "451 try again later", "rcpt 450 mailbox busy", "hang up"]
FILL = f"""
from accounts.demo.catalogue import fill_catalogue
from accounts.demo.shop import open_shop
from customers.models import Customer
from orders.models import Product
from shopadmin.models import StoreSettings
open_shop()
fill_catalogue()
Product.objects.update(stock={STOCK})
StoreSettings.objects.update(invoice_when="paid", notification_email="{NEWS}")
Customer.objects.create_superuser("{MERCHANT}", "{PASSWORD}", first_name="Mara", last_name="Moll", language="en")
"""


@contextmanager
def two_hosts(folder: Path) -> Iterator["TwoHosts"]:
    """The shop, running, behind a pooler."""
    ports = free_ports(2)
    with pooled_database(folder) as database, ExitStack() as stack:
        mails = MailServer()
        mails.controller.start()
        stack.callback(mails.controller.stop)
        bucket = stack.enter_context(bucket_of_its_own())
        keys = {"SECRET_KEY": uuid4().hex * 2, "ERASURE_KEY": uuid4().hex * 2}
        shared = keys | {
            "DATABASE_URL": database.pooled, "EMAIL_URL": f"smtp://127.0.0.1:{mails.port}",
            "STORAGE_URL": bucket.url(), "WORKER_SILENCE": "5", "RATE_LIMITS": "0", "WEB_CONCURRENCY": "2",
            "REQUIRE_STAFF_MFA": "0",
        }  # fmt: skip
        hosts = [stack.enter_context(_host(folder / host, shared)) for host in ("a", "b")]
        hosts[0].manage("migrate", "--verbosity", "0", DATABASE_URL=database.direct)
        for host in hosts:
            host.manage("collectstatic", "--noinput", "--verbosity", "0")
        hosts[0].manage("shell", "-c", FILL)
        yield TwoHosts(hosts, ports, database, mails, bucket)


def _host(folder: Path, settings: dict[str, str]) -> Shop:
    for name in ("data", "tmp"):
        (folder / name).mkdir(parents=True)
    return Shop(folder, TMPDIR=str(folder / "tmp"), **settings)


class TwoHosts:
    """Two hosts with a web server and a worker each, and what befalls them."""

    def __init__(
        self, hosts: list[Shop], ports: list[int], database: Addresses, mails: MailServer, bucket: Bucket
    ) -> None:
        self.hosts, self.ports, self.database, self.mails, self.bucket = hosts, ports, database, mails, bucket
        self.is_over, self.befallen, self.used_codes = threading.Event(), Counter(), set()
        self.to_pay: deque[tuple[str, str]] = deque()  # token and number of orders
        self.webs = [host.web(port) for host, port in zip(hosts, ports, strict=True)]
        self.workers = [self._worker(host) for host in hosts]
        self.product = self.ask("SELECT slug FROM orders_product WHERE active ORDER BY id")[0][0]
        self.delivery = self.ask("SELECT id FROM orders_deliverymethod WHERE NOT is_pickup ORDER BY position")[0][0]

    def ask(self, query: str, *params) -> list[tuple]:
        """Ask the database itself, past the pooler."""
        return self.database.ask(query, *params)

    def code_for(self, email: str) -> str:
        """The code of the newest mail to an address, once there is one that was not used; empty if none comes."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            mails = [mail for mail in self.mails.taken if mail["To"] == email]
            codes = [found[0] for mail in mails if (found := CODE.search(mail.get_body(("plain",)).get_content()))]
            if codes and codes[-1] not in self.used_codes:
                self.used_codes.add(codes[-1])
                return codes[-1]
            time.sleep(0.2)
        return ""

    # --- Trouble

    def make_trouble(self) -> None:
        """One thing after the other, until it is over."""
        chance, faults = random.Random(1), [self.kill_a_web, self.kill_a_worker, self.cut, self.refuse_mails]
        while not self.is_over.wait(PAUSE):
            fault = chance.choice(faults)
            fault(chance.randrange(len(self.hosts)))
            self.befallen[fault.__name__] += 1
            self._let_waiting_mails_go()

    def kill_a_web(self, at: int) -> None:
        self.hosts[at].kill(self.webs[at])
        self.webs[at] = self.hosts[at].web(self.ports[at])

    def kill_a_worker(self, at: int) -> None:
        self.hosts[at].kill(self.workers[at])
        self.workers[at] = self._worker(self.hosts[at])

    def cut(self, _at: int) -> None:
        """All connections of the database, those of the pooler."""
        self.database.cut()

    def refuse_mails(self, _at: int) -> None:
        self.mails.answers.extend(REFUSALS)

    def _worker(self, host: Shop) -> Popen:
        return host.start("worker", [*host.python, "-m", "shopadmin", "worker"], **host.settings)

    def _let_waiting_mails_go(self) -> None:
        """A mail that was refused is tried again after a minute: nobody here waits for that."""
        self.ask("UPDATE shopadmin_mail SET try_at = now() WHERE state = 'queued' AND try_at > now()")

    def settle(self) -> None:
        """Until all mails have gone out and all tasks are done."""
        until = time.monotonic() + SETTLED_WITHIN
        waiting = """SELECT (SELECT count(*) FROM shopadmin_mail WHERE state IN ('queued', 'sending')),
            (SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING'))"""
        while (left := self.ask(waiting)[0]) != (0, 0):
            assert time.monotonic() < until, f"{left} mails and tasks are left"
            self._let_waiting_mails_go()
            time.sleep(0.5)
