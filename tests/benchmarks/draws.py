"""Searches with PostgreSQL's statistics drawn anew several times: no page may depend on which rows it drew."""

from statistics import median
from typing import NamedTuple
from urllib.parse import urlencode

from tests.benchmarks import words
from tests.benchmarks.server import Browser, Site

DRAWS, VISITS = 5, 15
YARDSTICK = ("customers", "jans", "")
LISTS = {"customers": "/backoffice/customers/", "orders": "/backoffice/orders/", "emails": "/backoffice/mails/"}
SORTS = {"customers": "last_order", "orders": "total"}


class Draw(NamedTuple):
    """One search of one list: the median of its visits by draw, in milliseconds, and its queries."""

    name: str
    medians: list[float]
    queries: int

    @property
    def slowest(self) -> float:
        return max(self.medians)


def measure(site: Site, say) -> list[Draw]:
    """Every search after each draw; the customers' search by a frequent name first, which is the yardstick."""
    browser, searches = Browser(site), _searches(site.facts)
    medians, queries = {search: [] for search in searches}, {}
    for draw in range(DRAWS):
        say(f"statistics drawn anew, {draw + 1} of {DRAWS}")
        site.database.execute("ANALYZE")
        for search in searches:
            first = browser.get(_path(*search), **{"X-Count-Queries": "1"})
            queries[search] = int(first.headers.get("X-Queries", 0))
            medians[search].append(median(browser.get(_path(*search)).milliseconds for _ in range(VISITS)))
    return [Draw(" ".join(filter(None, search)), found, queries[search]) for search, found in medians.items()]


def _searches(facts: dict) -> list[tuple[str, str, str]]:
    """(list, words, what else the address bar says)."""
    rare, frequent = words.RARE_SURNAME[:7].lower(), ("jans", "müller", "bakkerij")
    found = [YARDSTICK]
    for name in LISTS:
        found += [(name, word, "") for word in (*frequent, rare, words.ABSENT, "vo", "jan post7")]
        found += [(name, "jans", f"sort={SORTS[name]}")] if name in SORTS else []
    found += [("orders", word, "") for word in ("amsterdam", "mug", facts["phone"], "jans utrecht")]
    found += [("orders", "jans", "state=completed&payment=paid&sort=total"), ("emails", "bestelling", "state=sent")]
    return [search for place, search in enumerate(found) if search not in found[:place]]


def _path(name: str, searched: str, others: str) -> str:
    return f"{LISTS[name]}?{urlencode({'q': searched})}{others and f'&{others}'}"
