"""Whether time tells who has an account: each door tried with addresses of every kind, in turn."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import urlencode

from tests.benchmarks.databases import Database
from tests.benchmarks.meanwhile import order
from tests.benchmarks.processor import Meter
from tests.benchmarks.server import Answer, Browser, Site, running

TRIES, WARM, CUSTOMERS, MOST = 100, 5, 5_000, 0.2
PASSWORD = "a sentence that nobody guesses"
NAME = {"first_name": "Nina", "last_name": "Nieuw"}


@dataclass
class Door:
    """Milliseconds of the answer to each kind of address, those that were spent on it, and what went wrong."""

    name: str
    times: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def medians(self) -> dict[str, float]:
        return {kind: median(times) for kind, times in self.times.items()}

    @property
    def difference(self) -> float:
        """By how much the slowest kind exceeds the fastest, as a part of the latter."""
        return _difference(self.times)

    @property
    def cpu_difference(self) -> float:
        """The same of the time that web server and database spent, which hardly minds what else the machine does."""
        return _difference(self.cpu)


def _difference(figures: dict[str, list[float]]) -> float:
    medians = [median(one) for one in figures.values()]
    return max(medians) / min(medians) - 1


def measure(vendor: str, said: Callable[[str], None]) -> list[Door]:
    """Try every door with a hundred addresses of each kind, the kinds in turn; what asks is a new browser each time."""
    database = Database(vendor, "alike")
    database.drop()
    database.make()
    database.run("-m", "tests.benchmarks.shop", str(CUSTOMERS))
    kinds = json.loads(database.run("-m", "tests.benchmarks.alike_people", str(TRIES + WARM)))
    try:
        with running(database) as site:
            return [_tried(site, name, kinds, said) for name in DOORS]
    finally:
        database.drop()


def _tried(site: Site, name: str, kinds: dict[str, list[str]], said: Callable[[str], None]) -> Door:
    door, meter = Door(name, {kind: [] for kind in kinds}, {kind: [] for kind in kinds}), Meter(site)
    for number in range(WARM + TRIES):
        said(f"round {number + 1} of {WARM + TRIES}: {name}")
        for kind, addresses in kinds.items():
            begun = meter.milliseconds()
            answer = DOORS[name](Browser(site, signed_in=False), site.facts, addresses[number])
            if number >= WARM:
                door.times[kind].append(answer.milliseconds)
                door.cpu[kind].append(meter.milliseconds() - begun)
            if answer.status not in (200, 302):
                door.errors.append(f"{kind}: {answer.status}")
    return door


def _posted(path: str, **fields: str) -> Callable[[Browser, dict, str], Answer]:
    """A form with one field for the address, sent after the page was read."""
    named = next(name for name, value in fields.items() if not value)

    def send(browser: Browser, facts: dict, email: str) -> Answer:
        browser.get(path)
        return browser.post(path, urlencode(fields | {named: email}))

    return send


def _order_with_account(browser: Browser, facts: dict, email: str) -> Answer:
    return order(browser, facts, email, create_account="on", password1=PASSWORD)


def _withdraw(browser: Browser, facts: dict, email: str) -> Answer:
    browser.get("/withdrawal/")
    page = browser.post("/withdrawal/", urlencode({"name": "Nina", "order_number": "1", "email": email}))
    return browser.post("/withdrawal/confirmation/", urlencode(page.hidden_inputs))


DOORS = {
    "sign in, wrong password": _posted("/account/sign-in/", login="", password=PASSWORD),
    "sign up": _posted("/account/sign-up/", email="", password1=PASSWORD, **NAME),
    "sign up with a passkey": _posted("/account/sign-up/", email="", way="passkey", **NAME),
    "password link": _posted("/account/password/reset/", email=""),
    "code by email": _posted("/account/sign-in/code/", email=""),
    "copy of one's data": _posted("/privacy/copy/", email=""),
    "withdrawal": _withdraw,
    "order": order,
    "order with an account": _order_with_account,
}
