"""Tables of what was measured, as plain text or Markdown."""

from collections.abc import Iterable

from tests.benchmarks.pages import QUERIES, Page
from tests.benchmarks.timing import Timing

GROWTH = 1.3
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


def of_pages(by_size: dict[str, list[Timing]], *, markdown: bool, worst_only: bool = False) -> str:
    """One line a page: milliseconds at each size, then ratio, 99th percentile, queries and verdict at the largest."""
    head = ["page", *(f"ms {size}" for size in by_size), "p99", "× bare", "best", "queries", "growth", "verdict"]
    together = list(zip(*by_size.values(), strict=True))
    if worst_only:
        together = _worst_of_each_group(together)
    return table(head, [_line(timings, worst_only) for timings in together], markdown=markdown)


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
        return [name, *("" for _ in timings), "", "", "", "", "", problem]
    growth = f"{growth_of(timings):.2f}" if len(timings) > 1 else ""
    milliseconds = (f"{timing.median:.1f}" for timing in timings)
    ratios = f"{last.ratio:.1f}", f"{last.best_ratio:.1f}"
    return [name, *milliseconds, f"{last.p99:.1f}", *ratios, str(last.queries), growth, verdict(timings)]


def _name(page: Page) -> str:
    return page.name if page.group == page.name else f"{page.group}: {page.name}"


def growth_of(timings: tuple[Timing, ...]) -> float:
    """How many times slower it is at the largest size than at the smallest."""
    return timings[-1].median / timings[0].median


def verdict(timings: tuple[Timing, ...]) -> str:
    """What exceeds its budget; `ok` where nothing does."""
    last, wrong = timings[-1], []
    if last.ratio > last.page.budget:
        wrong.append(f"over {last.page.budget}×")
    if last.queries > QUERIES:
        wrong.append(f"over {QUERIES} queries")
    if len(timings) > 1 and growth_of(timings) > GROWTH:
        wrong.append(f"grows over {GROWTH}")
    return ", ".join(wrong) or "ok"
