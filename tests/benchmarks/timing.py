"""Pages and the bare view in turn, so that whatever slows the machine down slows both."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from tests.benchmarks.pages import Page
from tests.benchmarks.processor import Meter
from tests.benchmarks.server import Browser, Site

BARE = "/bare/"
WARM = 3
ROW = b'class="cover"'


@dataclass
class Timing:
    """One page at one size: its times, those of the bare view right before each, its number of queries and of rows.

    `cpu` and `bare_cpu` are the milliseconds that web server and database together spent on each visit.
    """

    page: Page
    times: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    bare_cpu: list[float] = field(default_factory=list)
    queries: int = 0
    rows: int = 0
    problem: str = ""

    @property
    def median(self) -> float:
        return median(self.times)

    @property
    def p99(self) -> float:
        return percentile(self.times, 99)

    @property
    def ratio(self) -> float:
        """How many times the bare view it costs, in CPU time."""
        return median(self.cpu) / median(self.bare_cpu)

    @property
    def times_ratio(self) -> float:
        """The same in milliseconds, which what else the machine does changes more."""
        return self.median / median(self.bare)


def percentile(values: list[float], percent: int) -> float:
    """The value that so many in a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def measure(
    sites: list[Site], pages_of: Callable[[dict], list[Page]], rounds: int, said: Callable[[str], None]
) -> dict[int, list[Timing]]:
    """Visit every page of every site so many times, in turn; what was found, by the site's port."""
    browsers = {site.port: Browser(site) for site in sites}
    meters = {site.port: Meter(site) for site in sites}
    timings = {site.port: [_first_visit(browsers[site.port], page) for page in pages_of(site.facts)] for site in sites}
    for done in range(rounds):
        said(f"round {done + 1} of {rounds}")
        for of_page in zip(*timings.values(), strict=True):
            for port, timing in zip(browsers, of_page, strict=True):
                _visit(browsers[port], meters[port], timing)
    return timings


def _first_visit(browser: Browser, page: Page) -> Timing:
    """Warm the page up, and count its queries; what does not answer 200 is not visited again."""
    if page.missing:
        return Timing(page, problem=page.missing)
    answers = [browser.get(page.path, **page.headers, **{"X-Count-Queries": "1"}) for _ in range(WARM)]
    problem = "" if answers[-1].status == 200 else f"answers {answers[-1].status}"
    queries, rows = int(answers[-1].headers.get("X-Queries", 0)), answers[-1].body.count(ROW)
    return Timing(page, queries=queries, rows=rows, problem=problem)


def _visit(browser: Browser, meter: Meter, timing: Timing) -> None:
    if not timing.problem:
        begun = meter.milliseconds()
        bare = browser.get(BARE)
        between = meter.milliseconds()
        answer = browser.get(timing.page.path, **timing.page.headers)
        timing.bare_cpu.append(between - begun)
        timing.cpu.append(meter.milliseconds() - between)
        timing.bare.append(bare.milliseconds)
        timing.times.append(answer.milliseconds)
        if {bare.status, answer.status} != {200}:
            timing.problem = f"answers {answer.status}, the bare view {bare.status}"


def median_of_bare(timings: list[Timing]) -> float:
    """What the bare view took beside all these pages."""
    return median(time for timing in timings for time in timing.bare)
