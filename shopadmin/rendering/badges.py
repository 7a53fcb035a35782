from dataclasses import dataclass


# Told apart as objects: to compare words that are lazily translated would translate them.
@dataclass(frozen=True, eq=False)
class Badge:
    """A state as a mark and a word; `css` as in static/css/components/badge.css."""

    label: str
    css: str
