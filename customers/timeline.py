"""The one thread of what happened to a customer, newest first.

Each app adds what it knows: `timeline.sections.append(Section(kind, label, function))` with a function
`(customer, before, limit) → list[Entry]` that returns its newest `limit` entries before that moment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from customers.models import Customer
from shopadmin import formats

LENGTH = 40


@dataclass(frozen=True)
class Entry:
    """One thing that happened: a sentence, and perhaps what changed: (field, old, new) each."""

    at: datetime
    icon: str
    text: SafeString | str
    changes: Sequence[tuple[str, str, str]] = ()
    is_new: bool = False
    quote: str = ""


@dataclass(frozen=True)
class Day:
    """The entries of one day."""

    heading: str
    entries: list[Entry]


@dataclass(frozen=True)
class Section:
    """What one app adds: entries of one kind."""

    kind: str
    label: str | Promise
    entries: Callable[[Customer, datetime, int], list[Entry]]


@dataclass(frozen=True)
class Thread:
    """The days to show, and the moment from which older ones go on (None at the end)."""

    days: list[Day]
    older: datetime | None


sections: list[Section] = []


def timeline(customer: Customer, kind: str = "", *, before: datetime | None = None) -> Thread:
    """The newest entries of a customer, of one kind or of all, from `before` backwards."""
    before = before or timezone.now()
    chosen = [section for section in sections if section.kind == kind] or sections
    found = [entry for section in chosen for entry in section.entries(customer, before, LENGTH + 1)]
    found.sort(key=lambda entry: entry.at, reverse=True)
    shown = found[:LENGTH]
    return Thread(days_of(shown), shown[-1].at if len(found) > LENGTH else None)


def days_of(entries: list[Entry]) -> list[Day]:
    by_day = groupby(entries, key=lambda entry: timezone.localdate(entry.at))
    return [Day(formats.weekday(day), list(of_day)) for day, of_day in by_day]
