"""Two hosts that shoppers use, and what befalls them."""

import random
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.databases import pooled_database
from tests.faults.hosts import Hosts, Site, site
from tests.faults.shopper import CODE, PASSWORD

STOCK = 100_000
MERCHANT, NEWS = "mara@shop.example", "orders@shop.example"
PAUSE = 2  # seconds between two faults
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
    few = {"WORKER_SILENCE": "5", "RATE_LIMITS": "0", "WEB_CONCURRENCY": "2"}
    with pooled_database(folder) as database, site(folder, database, **few) as machines:
        first, _second = machines.hosts
        first.manage("migrate", "--verbosity", "0", DATABASE_URL=database.direct)
        for host in machines.hosts:
            host.manage("collectstatic", "--noinput", "--verbosity", "0")
        first.manage("shell", "-c", FILL)
        yield TwoHosts(machines)


class TwoHosts(Hosts):
    """Two hosts with shoppers before them, and what befalls them."""

    def __init__(self, machines: Site) -> None:
        super().__init__(machines)
        self.is_over, self.befallen, self.used_codes = threading.Event(), Counter(), set()
        self.to_pay: deque[tuple[str, str]] = deque()  # token and number of orders
        self.start_webs()
        self.start_workers()
        self.product = self.ask("SELECT slug FROM orders_product WHERE active ORDER BY id")[0][0]
        self.delivery = self.ask("SELECT id FROM orders_deliverymethod WHERE NOT is_pickup ORDER BY position")[0][0]

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
            self.let_what_waits_go()

    def kill_a_web(self, at: int) -> None:
        self.hosts[at].kill(self.webs[at])
        self.webs[at] = self.hosts[at].web(self.ports[at])

    def kill_a_worker(self, at: int) -> None:
        self.hosts[at].kill(self.workers[at])
        self.workers[at] = self.worker(self.hosts[at])

    def cut(self, _at: int) -> None:
        """All connections of the database, those of the pooler."""
        self.database.cut()

    def refuse_mails(self, _at: int) -> None:
        self.mails.answers.extend(REFUSALS)
