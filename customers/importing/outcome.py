"""What became of a cell that was not simply read."""

from typing import Any, NamedTuple


class Refusal(NamedTuple):
    """Why a cell is refused; with its whole row, where the row itself is broken."""

    reason: str
    costs_the_row: bool = False


class Partly(NamedTuple):
    """What could be read of a cell, and why the rest is left out."""

    value: Any
    reason: str
