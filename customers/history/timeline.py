"""What happened to a customer, newest first.

Each app adds what it knows: `timeline.sections.append(Section(…))`. What all of them hold on a customer is read in
one query, and no entry is put into words that is not shown.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from heapq import merge
from itertools import groupby, islice

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from customers.models import Customer
from shopadmin.lists.json_rows import JSONRows
from shopadmin.lists.precompiled_query import PrecompiledQuery
from shopadmin.rendering import formats

LENGTH = 20
PLACEHOLDERS = (-1, datetime(1, 1, 1, tzinfo=UTC))


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
    """What one app adds: entries of one kind, made of the newest rows before a moment.

    `rows` gives the rows of `customer=OuterRef("pk")`, newest first, cut to so many entries; `entries` turns them
    into words one by one, as they are asked for.
    """

    kind: str
    label: str | Promise
    rows: Callable[[datetime, int], JSONRows]
    entries: Callable[[Customer, list[dict]], Iterator[Entry]]


@dataclass(frozen=True)
class Thread:
    """The days to show, and the moment from which older ones go on (None at the end)."""

    days: list[Day]
    older: datetime | None


sections: list[Section] = []


def timeline(customer: Customer, kind: str = "", *, before: datetime | None = None) -> Thread:
    """The newest entries of a customer, of one kind or of all, from `before` backwards."""
    kind = kind if kind in kinds() else ""
    lists = _query(kind).row(customer.pk, before or timezone.now())
    threads = [section.entries(customer, rows) for section, rows in zip(_chosen(kind), lists, strict=False)]
    newest = list(islice(merge(*threads, key=lambda entry: entry.at, reverse=True), LENGTH + 1))
    shown = newest[:LENGTH]
    return Thread(days_of(shown), shown[-1].at if len(newest) > LENGTH else None)


def moment_in(text: str) -> datetime | None:
    """Where older entries begin, as an address says it; nonsense is the beginning."""
    try:
        moment = parse_datetime(text)
        return moment.astimezone(UTC) if moment and timezone.is_aware(moment) else None
    except (ValueError, OverflowError):
        return None


def _chosen(kind: str) -> list[Section]:
    return [section for section in sections if kind in ("", section.kind)]


@cache
def _query(kind: str) -> PrecompiledQuery:
    return PrecompiledQuery(partial(_rows, kind), *PLACEHOLDERS)


def _rows(kind: str, pk: int, before: datetime) -> QuerySet:
    rows = [section.rows(before, LENGTH + 1) for section in _chosen(kind)]
    return Customer.objects.filter(pk=pk).values_list(*rows)


def kinds() -> dict[str, str | Promise]:
    """The kinds of entries that there are, each with its words."""
    return {section.kind: section.label for section in sections}


def days_of(entries: list[Entry]) -> list[Day]:
    by_day = groupby(entries, key=lambda entry: timezone.localdate(entry.at))
    return [Day(formats.weekday(day), list(of_day)) for day, of_day in by_day]
