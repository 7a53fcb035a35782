"""Charts by week, drawn on the server: x in per cent and y in pixels, so that they fill any width."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import floor, log10

from babel.dates import format_skeleton
from babel.numbers import format_compact_decimal

from shopadmin.rendering.formats import active_locale

WIDTH = 92  # per cent; the labels of the axis stand in the rest
BAR = Decimal("0.64")  # of the width of its week


@dataclass(frozen=True)
class Panel:
    """A part of the drawing between two heights (pixels from the top), and how many lines part it."""

    top: int
    base: int
    lines: int


@dataclass(frozen=True)
class Bar:
    """One rectangle."""

    x: str
    width: str
    y: float
    height: float
    css: str


@dataclass(frozen=True)
class Line:
    """One line of the grid with its number."""

    y: float
    text_y: float
    label: str
    is_base: bool


@dataclass(frozen=True)
class Week:
    """The bars of one week; every second week is named below the drawing."""

    label: str
    middle: str
    bars: list[Bar]
    is_named: bool
    is_minor: bool


def weeks_of(days: Sequence[date], columns: Sequence[Sequence[tuple[Panel, float, str]]]) -> list[Week]:
    """The weeks; each column is its bars as (panel, height as a share of it, css), stacked within a panel."""
    step = Decimal(WIDTH) / len(days)
    last = len(days) - 1
    return [
        Week(
            label=format_skeleton("MMMd", day, locale=active_locale()),
            middle=f"{step * number + step / 2:.2f}%",
            bars=list(_bars(step, number, columns[number], is_running=number == last)),
            is_named=number % 2 == last % 2,
            is_minor=(last - number) % 4 == 2,
        )
        for number, day in enumerate(days)
    ]


def _bars(step: Decimal, number: int, column: Sequence[tuple], *, is_running: bool) -> Iterator[Bar]:
    tops: dict[Panel, float] = {}
    for panel, share, css in column:
        height = round((panel.base - panel.top) * share, 1)
        foot = tops.get(panel, panel.base)
        tops[panel] = foot - height - 1
        x = step * number + step * (1 - BAR) / 2
        classes = " ".join(filter(None, ["bar", css, "is-running" if is_running else ""]))
        if height:
            yield Bar(f"{x:.2f}%", f"{step * BAR:.2f}%", round(foot - height, 1), height, classes)


def grid(panel: Panel, top: float) -> list[Line]:
    """The lines of a panel that reaches from 0 to `top`."""
    lines = []
    for number in range(panel.lines + 1):
        y = panel.base - (panel.base - panel.top) * number / panel.lines
        value = top * number / panel.lines
        label = format_compact_decimal(value, locale=active_locale(), fraction_digits=0 if value >= 10_000 else 1)
        lines.append(Line(round(y, 1), round(y + 4, 1), label, is_base=number == 0))
    return lines


def round_top(highest: float, lines: int, *, whole: bool = False) -> float:
    """The smallest top at or above `highest` whose lines are round numbers; `whole` ones where things are counted."""
    step = max(highest, lines) / lines
    magnitude = 10 ** floor(log10(step))
    factors = (1, 2, 5, 10) if whole and magnitude == 1 else (1, 2, 2.5, 5, 10)
    return lines * next(factor * magnitude for factor in factors if factor * magnitude >= step)
