"""Guests who order, eight at once: the last button, beside a bare transaction that inserts the same rows."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from uuid import uuid4

from tests.benchmarks.meanwhile import come_to_the_review, press
from tests.benchmarks.server import Browser, Site

CLIENTS, ORDERS, TURNS = 8, 10, 3
LEAST = 0.2


@dataclass
class Ordering:
    """Orders a second, the middle of some turns."""

    ours: float
    bare: float

    @property
    def share(self) -> float:
        return self.ours / self.bare


def measure(site: Site) -> Ordering:
    """Both in turns; what comes before the last button is not counted."""
    ours, bare = [], []
    path = f"/bare-order/?like={_token(*_at_the_review(site))}"
    for _turn in range(TURNS):
        with ThreadPoolExecutor(CLIENTS) as clients:
            ready = [*clients.map(lambda _nth: _at_the_review(site), range(CLIENTS * ORDERS))]
            ours.append(_rate(clients, lambda one: _token(*one), ready))
            strangers = [Browser(site, signed_in=False) for _nth in ready]
            bare.append(_rate(clients, lambda browser: browser.post(path, ""), strangers))
    return Ordering(median(ours), median(bare))


def _rate(clients: ThreadPoolExecutor, order: Callable, ready: list) -> float:
    """Orders a second of those who are ready."""
    begun = time.perf_counter()
    list(clients.map(order, ready))
    return len(ready) / (time.perf_counter() - begun)


def _at_the_review(site: Site) -> tuple[Browser, dict[str, str]]:
    browser = Browser(site, signed_in=False)
    return browser, come_to_the_review(browser, site.facts, f"{uuid4().hex}@guest.example")


def _token(browser: Browser, inputs: dict[str, str]) -> str:
    """Press the last button; the token of the order."""
    return press(browser, inputs).headers["Location"].split("/")[2]
