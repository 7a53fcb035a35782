"""Guest orders and list pages while many rows are imported, beside the same without an import."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import urlencode

from tests.benchmarks.databases import ROOT, Database
from tests.benchmarks.pages import LIST
from tests.benchmarks.server import Answer, Browser, Site, running
from tests.benchmarks.timing import percentile
from tests.benchmarks.transfer import csv_file

SHOPPERS, WARM, SECONDS, BEFORE = 2, 5, 20, 10_000
PLACE = {"billing-country": "NL", "billing-street": "Oudegracht", "billing-house_number": "118"}
PLACE |= {"billing-postcode": "3511 AW", "billing-city": "Utrecht", "shipping-country": "NL"}
GUEST = {"customer_type": "private", "first_name": "Gus", "last_name": "Gast", "phone": "", "language": "en"} | PLACE


@dataclass
class Times:
    """Milliseconds of each, and what went wrong."""

    orders: list[float] = field(default_factory=list)
    lists: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0

    def of(self, times: list[float]) -> tuple[float, float, float, float]:
        """How many a second, median, 99th percentile and worst."""
        return len(times) / self.seconds, median(times), percentile(times, 99), max(times)


def measure(vendor: str, count: int) -> dict[str, Times]:
    """Two shoppers and a merchant, for a while alone and then as long as the import takes."""
    database = Database(vendor, "import")
    database.drop()
    database.make()
    database.run("-m", "tests.benchmarks.shop", str(BEFORE))
    with ExitStack() as stack:
        site = stack.enter_context(running(database))
        path = stack.enter_context(csv_file(count))
        stack.callback(database.drop)
        _at_work(site, _for(WARM), "warm")
        alone = _at_work(site, _for(SECONDS), "alone")
        command = [sys.executable, "manage.py", "import_customers", str(path)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        importing = subprocess.Popen(command, cwd=ROOT, env=database.environment, **quiet)
        with_it = _at_work(site, lambda: importing.poll() is None, "meanwhile")
        with_it.errors += ["the import failed"] if importing.returncode else []
    return {"without an import": alone, f"while {count:,} rows are imported ({with_it.seconds:.0f} s)": with_it}


def _for(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() < until


def _at_work(site: Site, goes_on: Callable[[], bool], name: str) -> Times:
    times, begun = Times(), time.monotonic()
    shoppers = [threading.Thread(target=_shop, args=(site, goes_on, times, f"{name}{n}")) for n in range(SHOPPERS)]
    workers = [*shoppers, threading.Thread(target=_look, args=(site, goes_on, times))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    times.seconds = time.monotonic() - begun
    return times


def _look(site: Site, goes_on: Callable[[], bool], times: Times) -> None:
    browser = Browser(site)
    while goes_on():
        answer = browser.get(LIST)
        times.lists.append(answer.milliseconds)
        if answer.status != 200:
            times.errors.append(f"list {answer.status}")
        time.sleep(0.05)


def _shop(site: Site, goes_on: Callable[[], bool], times: Times, name: str) -> None:
    """Order after order, each by a new guest; the press of the last button is what counts."""
    number = 0
    while goes_on():
        number += 1
        answer = order(Browser(site, signed_in=False), site.facts, f"{name}-{number}@guest.example")
        times.orders.append(answer.milliseconds)
        if not answer.headers.get("Location", "").startswith("/order/"):
            times.errors.append(f"order {answer.status}")


def order(browser: Browser, facts: dict, email: str, **details: str) -> Answer:
    """The whole way through the checkout; the answer to the last button."""
    return press(browser, come_to_the_review(browser, facts, email, **details))


def come_to_the_review(browser: Browser, facts: dict, email: str, **details: str) -> dict[str, str]:
    """All but the last button; what its form sends."""
    browser.get(f"/products/{facts['product']}/")
    browser.post(f"/cart/add/{facts['product']}/", "quantity=1")
    browser.post("/checkout/", urlencode(GUEST | {"email": email} | details))
    browser.post("/checkout/delivery/", f"delivery={facts['delivery']}&payment_method=bank_transfer")
    return browser.get("/checkout/review/").hidden_inputs


def press(browser: Browser, inputs: dict[str, str]) -> Answer:
    """The last button."""
    return browser.post("/checkout/review/", urlencode(inputs))
