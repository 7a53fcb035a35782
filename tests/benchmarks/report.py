"""Tables of what was measured, as plain text or Markdown."""

from collections.abc import Iterable
from statistics import median

from tests.benchmarks.alike import MOST, Door
from tests.benchmarks.draws import Draw
from tests.benchmarks.erasure import Erasing
from tests.benchmarks.load import LEAST, Load
from tests.benchmarks.meanwhile import Times
from tests.benchmarks.ordering import LEAST as OF_BARE
from tests.benchmarks.ordering import Ordering
from tests.benchmarks.pages import OF_LIST, OF_PAIR, QUERIES, SORTS, Page
from tests.benchmarks.timing import Timing
from tests.benchmarks.transfer import Transfer

GROWTH, DEARER, OF_ERASING = 1.3, 1.5, 20
HALF, MEGABYTES, FIRST_BYTE = 0.5, 150, 100
Rows = Iterable[list[str]]


def table(head: list[str], rows: Rows, *, markdown: bool) -> str:
    """The first column to the left, figures to the right."""
    rows = [head, *rows]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    lines = [_aligned(row, widths) for row in rows]
    if not markdown:
        return "\n".join("  ".join(line).rstrip() for line in lines)
    ruler = ["-" * (width - bool(n)) + ":" * bool(n) for n, width in enumerate(widths)]
    return "\n".join(f"| {' | '.join(line)} |" for line in [lines[0], ruler, *lines[1:]])


def _aligned(row: list[str], widths: list[int]) -> list[str]:
    return [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]


def of_pages(by_size: dict[str, list[Timing]], *, markdown: bool) -> str:
    """One line a page: milliseconds at each size, then 99th percentile, ratios, queries and verdict at the largest.

    As Markdown, the worst page of each group stands for all of it.
    """
    head = [
        "page",
        *(f"ms {size}" for size in by_size),
        "p99",
        "CPU ms",
        "× bare, CPU",
        "× bare, ms",
        "queries",
        "growth",
        "verdict",
    ]
    together = list(zip(*by_size.values(), strict=True))
    if markdown:
        together = _worst_of_each_group(together)
    shown = table(head, [_line(timings, markdown) for timings in together], markdown=markdown)
    note = "* more rows on the page at the largest size\n\n" if "*" in shown else ""
    return f"{shown}\n\n{note}{_of_last_pages(list(by_size.values())[-1])}".rstrip()


def _of_last_pages(timings: list[Timing]) -> str:
    """What the last page of each order costs, beside the first."""
    by_name = {timing.page.name: timing for timing in timings if timing.times}
    by_name["by newest"] = by_name.get("list")
    pairs = ((sort, by_name.get(f"by {sort}"), by_name.get(f"last page, {sort}")) for sort in SORTS)
    words = [f"{sort} {last.median / first.median:.2f}" for sort, first, last in pairs if first and last]
    return f"The last page costs so many times the first: {', '.join(words)}." if words else ""


def of_pairs(by_size: dict[str, list[Timing]], *, markdown: bool) -> str:
    """How many pairs there are, and those over the budget of named ones, the slowest first."""
    (timings,) = by_size.values()
    measured = sorted((found for found in timings if not found.problem), key=lambda found: -found.ratio)
    ratios = [found.ratio for found in measured]
    over = {limit: sum(ratio > limit for ratio in ratios) for limit in (OF_LIST, OF_PAIR)}
    counts = ", ".join(f"{count} over {limit}×" for limit, count in over.items())
    slow = [found for found in measured if found.ratio > OF_LIST][: 10 if markdown else None]
    head = ["pair", "ms", "× bare", "queries", "verdict"]
    rows = [[found.page.name, f"{found.median:.1f}", f"{found.ratio:.1f}", str(found.queries), verdict((found,))]
            for found in slow]  # fmt: skip
    return f"{len(measured)} lists: {counts}\n\n{table(head, rows, markdown=markdown)}"


def _worst_of_each_group(together: list[tuple[Timing, ...]]) -> list[tuple[Timing, ...]]:
    measured = [timings for timings in together if not timings[-1].problem]
    groups = dict.fromkeys(timings[-1].page.group for timings in measured)
    return [
        max((timings for timings in measured if timings[-1].page.group == group), key=lambda found: found[-1].ratio)
        for group in groups
    ]


def _line(timings: tuple[Timing, ...], with_group: bool) -> list[str]:
    last = timings[-1]
    name = _name(last.page) if with_group else last.page.name
    if problem := next((timing.problem for timing in timings if timing.problem), ""):
        return [name, *("" for _ in timings), "", "", "", "", "", "", problem]
    growth = f"{growth_of(timings):.2f}{'' if shows_as_much(timings) else '*'}" if len(timings) > 1 else ""
    milliseconds = (f"{timing.median:.1f}" for timing in timings)
    ratios = f"{median(last.cpu):.1f}", f"{last.ratio:.1f}", f"{last.times_ratio:.1f}"
    return [name, *milliseconds, f"{last.p99:.1f}", *ratios, str(last.queries), growth, verdict(timings)]


def _name(page: Page) -> str:
    return page.name if page.group == page.name else f"{page.group}: {page.name}"


def growth_of(timings: tuple[Timing, ...]) -> float:
    """How many times slower it is at the largest size than at the smallest."""
    return timings[-1].median / timings[0].median


def shows_as_much(timings: tuple[Timing, ...]) -> bool:
    """Whether the page has as many rows at each size: where ten are found among 10,000, a million fill the page."""
    return len({timing.rows for timing in timings}) == 1


def verdict(timings: tuple[Timing, ...]) -> str:
    """What exceeds its budget; `ok` where nothing does."""
    last, wrong = timings[-1], []
    if last.ratio > last.page.budget:
        wrong.append(f"over {last.page.budget}×")
    if last.queries > QUERIES:
        wrong.append(f"over {QUERIES} queries")
    if len(timings) > 1 and shows_as_much(timings) and growth_of(timings) > GROWTH:
        wrong.append(f"grows over {GROWTH}")
    return ", ".join(wrong) or "ok"


def of_draws(found: list[Draw], *, markdown: bool) -> str:
    """The slowest draw of each search, beside the search of customers by a frequent name at the same time."""
    head = ["search", "fastest ms", "slowest ms", "× customers' search", "queries", "verdict"]
    return table(head, [_draw(one) for one in found], markdown=markdown)


def _draw(found: Draw) -> list[str]:
    slowest, yardstick = found.slowest
    ratio, fastest = slowest / yardstick, min(time for time, _yardstick in found.times)
    wrong = [f"over {DEARER}×"] if ratio > DEARER else []
    wrong += [f"over {QUERIES} queries"] if found.queries > QUERIES else []
    figures = [f"{fastest:.1f}", f"{slowest:.1f}", f"{ratio:.2f}", str(found.queries)]
    return [found.name, *figures, ", ".join(wrong) or "ok"]


def of_load(load: Load, *, markdown: bool) -> str:
    head = ["8 clients", "list, answers/s", "bare view, answers/s", "share", "verdict"]
    word = "ok" if load.share >= LEAST else f"under {LEAST}"
    return table(head, [["", f"{load.list:.0f}", f"{load.bare:.0f}", f"{load.share:.2f}", word]], markdown=markdown)


def of_ordering(found: Ordering, *, markdown: bool) -> str:
    head = ["8 guests", "orders/s", "bare transactions/s", "share", "verdict"]
    word = "ok" if found.share >= OF_BARE else f"under {OF_BARE}"
    return table(head, [["", f"{found.ours:.0f}", f"{found.bare:.0f}", f"{found.share:.2f}", word]], markdown=markdown)


def of_transfers(transfers: list[Transfer], *, markdown: bool) -> str:
    head = ["", "rows", "rows/s", "baseline rows/s", "share", "memory MB", "grew MB", "first byte ms", "verdict"]
    return table(head, [_transfer(found) for found in transfers], markdown=markdown)


def _transfer(found: Transfer) -> list[str]:
    baseline = [f"{found.rows / found.baseline:,.0f}", f"{found.share:.2f}"] if found.baseline else ["", ""]
    first_byte = f"{found.first_byte:.0f}" if found.first_byte else ""
    memory = [f"{found.peak:.0f}", f"{found.growth:.0f}"]
    return [found.name, f"{found.rows:,}", f"{found.rate:,.0f}", *baseline, *memory, first_byte, _verdict_on(found)]


def _verdict_on(found: Transfer) -> str:
    wrong = []
    if found.baseline and found.share < HALF:
        wrong.append(f"under {HALF}")
    if found.peak > MEGABYTES:
        wrong.append(f"over {MEGABYTES} MB")
    if found.first_byte > FIRST_BYTE:
        wrong.append(f"first byte over {FIRST_BYTE} ms")
    return ", ".join(wrong) or "ok"


def of_erasing(found: Erasing, *, markdown: bool) -> str:
    """A bulk action beside bare statements on the same rows."""
    head = ["", "customers", "s", "bare s", "× bare", "ms each", "verdict"]
    figures = [f"{found.count:,}", f"{found.seconds:.1f}", f"{found.bare:.1f}", f"{found.ratio:.1f}"]
    verdict = "ok" if found.ratio <= OF_ERASING else f"over {OF_ERASING}×"
    row = ["erased in bulk", *figures, f"{1000 * found.seconds / found.count:.1f}", verdict]
    return table(head, [row], markdown=markdown)


def of_times(found: dict[str, Times], *, markdown: bool) -> str:
    """Guest orders and list pages, with and without an import beside them."""
    head = ["", "", "a second", "median ms", "p99 ms", "worst ms", "errors"]
    rows = [
        [what, when, *(f"{figure:.1f}" for figure in times.of(of)), str(len(times.errors))]
        for what, name in (("guest order, last press", "orders"), ("list", "lists"))
        for when, times in found.items()
        for of in [getattr(times, name)]
    ]
    return table(head, rows, markdown=markdown)


def of_doors(doors: list[Door], *, markdown: bool) -> str:
    """One line a door: the median of each kind of address, and how far they are apart, in CPU time too."""
    head = ["door", *doors[0].times, "apart", "apart, CPU", "errors", "verdict"]
    rows = [
        [
            door.name,
            *(f"{milliseconds:.1f}" for milliseconds in door.medians.values()),
            f"{door.difference:.0%}",
            f"{door.cpu_difference:.0%}",
            str(len(door.errors)),
            "alike" if door.difference <= MOST and not door.errors else "TELLS",
        ]
        for door in doors
    ]
    return table(head, rows, markdown=markdown)
