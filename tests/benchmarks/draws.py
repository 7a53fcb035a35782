"""Searches with PostgreSQL's statistics drawn anew several times: no page may depend on which rows it drew."""

from typing import NamedTuple
from urllib.parse import urlencode

from tests.benchmarks import words
from tests.benchmarks.server import Browser, Site

DRAWS, VISITS = 5, 8
YARDSTICK = ("customers", "jans", "")
LISTS = {"customers": "/backoffice/customers/", "orders": "/backoffice/orders/", "emails": "/backoffice/mails/"}
SORTS = {"customers": "last_order", "orders": "total"}


class Draw(NamedTuple):
    """One search of one list: by draw its best visit and the best of the yardstick beside it, in milliseconds."""

    name: str
    times: list[tuple[float, float]]
    queries: int

    @property
    def slowest(self) -> tuple[float, float]:
        """The draw in which it cost most, in terms of the yardstick."""
        return max(self.times, key=lambda pair: pair[0] / pair[1])


def measure(site: Site, say) -> list[Draw]:
    """Every search after each draw, each visit right after one of the yardstick: a frequent name among customers.

    The best of the visits counts, which what else the machine does hardly changes.
    """
    browser, searches = Browser(site), _searches(site.facts)
    times, queries = {search: [] for search in searches}, {}
    for draw in range(DRAWS):
        say(f"statistics drawn anew, {draw + 1} of {DRAWS}")
        site.database.execute("ANALYZE")
        for search in searches:
            first = browser.get(_path(*search), **{"X-Count-Queries": "1"})
            queries[search] = int(first.headers.get("X-Queries", 0))
            times[search].append(_best_of_both(browser, _path(*search)))
    return [Draw(" ".join(filter(None, search)), found, queries[search]) for search, found in times.items()]


def _best_of_both(browser: Browser, path: str) -> tuple[float, float]:
    """The quickest visit of a page, and of the yardstick in between."""
    visits = [(browser.get(_path(*YARDSTICK)), browser.get(path)) for _ in range(VISITS)]
    return min(page.milliseconds for _other, page in visits), min(other.milliseconds for other, _page in visits)


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
