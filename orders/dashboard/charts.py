"""Charts by day, week or month, drawn on the server: x in per cent, y in pixels, so that they fill any width."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

from babel.numbers import format_compact_decimal

from shopadmin.rendering.formats import active_locale

WIDTH = 88  # per cent; the labels of the axis stand in the rest
BAR = Decimal("0.64")  # of the width of its column
MOST_LABELS = 6
MARK = 2  # pixels


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
class Stack:
    """What is drawn in a part of a column: bars upon each other, as (share of the height, css), and a mark beside them.

    The mark says how high the bars were before; none for nothing.
    """

    panel: Panel
    bars: Sequence[tuple[float, str]]
    mark: float


@dataclass(frozen=True)
class Column:
    """The bars of one day, week or month; some are named below the drawing, the minor ones only where there is room."""

    label: str
    middle: str
    bars: list[Bar]
    is_named: bool
    is_minor: bool


def columns_of(labels: Sequence[str], stacks: Sequence[Sequence[Stack]], *, is_running: Sequence[bool]) -> list[Column]:
    """Draw the columns; those that are not over yet look so."""
    step = Decimal(WIDTH) / len(labels)
    last, apart = len(labels) - 1, ceil(len(labels) / MOST_LABELS)
    return [
        Column(
            label=label,
            middle=f"{step * number + step / 2:.2f}%",
            bars=[bar for stack in stacks[number] for bar in _bars(step, number, stack, is_running=is_running[number])],
            is_named=(last - number) % apart == 0,
            is_minor=(last - number) % (2 * apart) == apart,
        )
        for number, label in enumerate(labels)
    ]


def _bars(step: Decimal, number: int, stack: Stack, *, is_running: bool) -> Iterator[Bar]:
    panel, foot = stack.panel, float(stack.panel.base)
    x, width = f"{step * number + step * (1 - BAR) / 2:.2f}%", f"{step * BAR:.2f}%"
    for share, css in stack.bars:
        height = round((panel.base - panel.top) * share, 1)
        classes = " ".join(filter(None, ["bar", css, "is-running" if is_running else ""]))
        if height > 0:
            yield Bar(x, width, round(foot - height, 1), height, classes)
        foot -= height + 1
    if stack.mark > 0:
        y = panel.base - (panel.base - panel.top) * stack.mark - MARK / 2
        yield Bar(f"{step * number:.2f}%", f"{step:.2f}%", round(y, 1), MARK, "mark")


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
