"""Pages and the bare view in turn, so that whatever slows the machine down slows both."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from tests.benchmarks.pages import Page
from tests.benchmarks.server import Browser, Site

BARE = "/bare/"
WARM = 3
ROW = b'class="cover"'


@dataclass
class Timing:
    """One page at one size: its times, those of the bare view right before each, its number of queries and of rows."""

    page: Page
    times: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    queries: int = 0
    rows: int = 0
    problem: str = ""

    @property
    def median(self) -> float:
        return median(self.times)

    @property
    def best_ratio(self) -> float:
        """The same of the quickest of both: what a machine that does other things too hardly changes."""
        return min(self.times) / min(self.bare)

    @property
    def p99(self) -> float:
        return percentile(self.times, 99)

    @property
    def ratio(self) -> float:
        """How many times the bare view it costs."""
        return median(self.times) / median(self.bare)


def percentile(values: list[float], percent: int) -> float:
    """The value that so many in a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def measure(
    sites: list[Site], pages_of: Callable[[dict], list[Page]], rounds: int, said: Callable[[str], None]
) -> dict[int, list[Timing]]:
    """Visit every page of every site so many times, in turn; what was found, by the site's port."""
    browsers = {site.port: Browser(site) for site in sites}
    timings = {site.port: [_first_visit(browsers[site.port], page) for page in pages_of(site.facts)] for site in sites}
    for done in range(rounds):
        said(f"round {done + 1} of {rounds}")
        for of_page in zip(*timings.values(), strict=True):
            for browser, timing in zip(browsers.values(), of_page, strict=True):
                _visit(browser, timing)
    return timings


def _first_visit(browser: Browser, page: Page) -> Timing:
    """Warm the page up, and count its queries; what does not answer 200 is not visited again."""
    if page.missing:
        return Timing(page, problem=page.missing)
    answers = [browser.get(page.path, **page.headers, **{"X-Count-Queries": "1"}) for _ in range(WARM)]
    problem = "" if answers[-1].status == 200 else f"answers {answers[-1].status}"
    queries, rows = int(answers[-1].headers.get("X-Queries", 0)), answers[-1].body.count(ROW)
    return Timing(page, queries=queries, rows=rows, problem=problem)


def _visit(browser: Browser, timing: Timing) -> None:
    if not timing.problem:
        bare, answer = browser.get(BARE), browser.get(timing.page.path, **timing.page.headers)
        timing.bare.append(bare.milliseconds)
        timing.times.append(answer.milliseconds)
        if {bare.status, answer.status} != {200}:
            timing.problem = f"answers {answer.status}, the bare view {bare.status}"


def median_of_bare(timings: list[Timing]) -> float:
    """What the bare view took beside all these pages."""
    return median(time for timing in timings for time in timing.bare)
