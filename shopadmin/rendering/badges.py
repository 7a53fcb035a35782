from dataclasses import dataclass


@dataclass(frozen=True)
class Badge:
    """A state as a mark and a word; `css` as in static/css/components/badge.css."""

    label: str
    css: str
