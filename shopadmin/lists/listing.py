"""A list of rows with search, filters, sort and keyset pages: one page costs what any other costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.core import signing
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.forms import ChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shopadmin.lists.keyset import Before, Beyond
from shopadmin.lists.planner import SHORT_WALK, WALK, Reading, smallest
from shopadmin.rendering.formats import number

CAP = 10_000
CAP_OF_A_SEARCH = 100
PAGES = ("after", "before")
ON_SQLITE = connection.vendor == "sqlite"


@dataclass
class Sort:
    """One order on offer: columns that all run the same way, the id last.

    `follows`: other columns that rise and fall with this order; a range of theirs lies in one place of it.
    `holds_words`: what is searched for mostly stands in this order's own columns, and so in one place of it.
    """

    key: str
    label: str
    columns: tuple[str, ...]
    descending: bool = True
    follows: tuple[str, ...] = ()
    holds_words: bool = False


def capped(count: int, cap: int) -> str:
    """A count that went no further than one beyond the cap: 10,000+."""
    return f"{number(cap)}+" if count > cap else number(count)


def chosen_sort(request: HttpRequest, sorts: Sequence[Sort]) -> Sort:
    """The order that the address bar asks for; the first where it asks for none."""
    key = request.GET.get("sort", "")
    return next((sort for sort in sorts if sort.key == key), sorts[0])


@dataclass
class Listing:
    """What a list page shows, worked out from the address bar: `?q=…&status=…&sort=…&after=…`.

    `sets`: the ids that a filter lets through by itself, by its column, of each filter that an index can count.
    `stretches`: the parts of the order in which alone the filters let anybody through, one after the other.
    `exact`: the rows whose email or number is just what was searched for; they come first, whatever the order.
    """

    request: HttpRequest
    queryset: QuerySet
    form: object
    sorts: Sequence[Sort]
    size: int = 50
    sets: Mapping[str, QuerySet] = field(default_factory=dict)
    stretches: Sequence[Q] = (Q(),)
    exact: QuerySet | None = None

    @cached_property
    def filtered(self) -> QuerySet:
        """Every row that the filters let through; all of them when a filter makes no sense."""
        return self.form.apply(self.queryset) if self.form.is_valid() else self.queryset.none()

    @cached_property
    def sort(self) -> Sort:
        return chosen_sort(self.request, self.sorts)

    @cached_property
    def page(self) -> "Page":
        return Page(self)

    @cached_property
    def total(self) -> str:
        """How many rows match, capped: no page waits for counting a million."""
        cap = CAP_OF_A_SEARCH if self.is_search else CAP
        count = self.filtered.order_by().values("pk")[: cap + 1].count()
        return capped(count, cap)

    @property
    def is_search(self) -> bool:
        return bool(self.request.GET.get("q", "").strip())

    @property
    def is_filtered(self) -> bool:
        return self.count_of_filters > 0

    @property
    def count_of_filters(self) -> int:
        """How many of the filters are set, the search among them."""
        return sum(bool(value) for key, value in self.request.GET.items() if key not in {"sort", *PAGES})

    @cached_property
    def _said(self) -> dict[str, str]:
        """What the address bar says of this view; which page of it is shown is no part of it."""
        return {name: value for name, value in self.request.GET.items() if name not in PAGES}

    def address(self, **changes: str) -> str:
        """This view's query string with some parameters changed; paging starts anew."""
        said = (self._said | changes).items()
        return f"?{urlencode([(name, value) for name, value in said if value or name not in changes])}"

    @cached_property
    def filters(self) -> dict[str, str]:
        """What the address bar says of each filter; the search is none."""
        return {name: self.request.GET.get(name, "") for name in self.form.fields if name != "q"}

    @property
    def kept(self) -> dict[str, str]:
        """What another search keeps of this view."""
        kept = {**self.filters, "sort": self.request.GET.get("sort", "")}
        return {name: value for name, value in kept.items() if value}

    @property
    def address_without_filters(self) -> str:
        """The search alone; empty where nothing narrows it."""
        return self.address(**dict.fromkeys(self.filters, "")) if any(self.filters.values()) else ""

    def views(self, views: Sequence[tuple[str, dict[str, str]]]) -> list[tuple[str, str, bool]]:
        """Views that are always at hand, from (word, filters that are set): (word, address, is the one shown)."""
        chosen = {name: value for name, value in self.filters.items() if value}
        none = dict.fromkeys(self.filters, "")
        return [(word, self.address(**none | wanted), wanted == chosen) for word, wanted in views]

    def popups(self, *names: str) -> list[dict]:
        """The choices of filters: (word, address, is chosen), the empty one first."""
        return [self._popup(name, self.form.fields[name]) for name in names]

    def _popup(self, name: str, field: ChoiceField) -> dict:
        chosen = self.filters[name]
        choices = [(_("Any"), self.address(**{name: ""}), not chosen)]
        choices += [(word, self.address(**{name: value}), value == chosen) for value, word in field.choices]
        return {"label": field.label, "choices": choices, "word": dict(field.choices).get(chosen, "")}

    @cached_property
    def sort_choices(self) -> dict[str, tuple[str, bool, Sort]]:
        """Every order on offer, by key: (address, is chosen, sort)."""
        return {sort.key: (self.address(sort=sort.key), sort is self.sort, sort) for sort in self.sorts}


class Page:
    """The rows of one page, and the marks of the pages before and after."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self.sort = listing.sort
        self.columns = [*self.sort.columns, "pk"]
        self.mark, backwards = self._mark()
        self.descending = self.sort.descending != backwards
        self.stretches = listing.stretches[:: -1 if backwards else 1]
        exact = self._exact_rows()
        self.exact_ids = [_value(row, "pk") for row in exact]
        size = listing.size if self.mark else max(listing.size - len(exact), 1)
        found = self._read(size + 1)
        more, found = len(found) > size, found[:size]
        self.found = found[::-1] if backwards else found
        self.has_next = more if not backwards else bool(self.mark)
        self.has_previous = bool(self.mark) if not backwards else more
        self.rows = self.found if self.has_previous else exact + self.found

    def _exact_rows(self) -> list:
        """What the first page begins with, and no page repeats."""
        listing = self.listing
        if listing.exact is None or not listing.form.is_valid():
            return []
        ids = listing.exact.order_by().values("pk")[: listing.size]
        rows = listing.form.apply(listing.queryset, but="q").filter(pk__in=ids)
        return list(rows.order_by(*(("-" if self.sort.descending else "") + column for column in self.columns)))

    def _read(self, count: int) -> list:
        """So many rows, in the way that costs least."""
        reading = self._reading(self.listing.filtered)
        if not self.listing.is_filtered:
            return reading.all_in_order(count)
        others = {column: ids for column, ids in self.listing.sets.items() if column != self.sort.columns[0]}
        small = smallest(others, of=self.listing.queryset)
        if small and (small.can_be_looked_up or ON_SQLITE):
            but_for_it = self._reading(self.listing.form.apply(self.listing.queryset, but=small.name))
            is_one_of_many = self.listing.count_of_filters > 1
            if small.is_few(count) or small.can_be_looked_up and is_one_of_many:
                return but_for_it.first_of(count, small.ids)
            if small.can_be_looked_up:
                return but_for_it.along_the_index(count, small.ids)
        elif small and small.is_few(count):
            return reading.found_first(count)
        follows = self.listing.is_search or any(column in self.sort.follows for column in others)
        if follows and ON_SQLITE:
            return reading.near_or_found_first(count)
        if self.listing.is_search and not self.sort.holds_words:
            return reading.searched(count)
        return reading.along_the_order_or_found_first(count, SHORT_WALK if self.listing.is_search else WALK)

    def _mark(self) -> tuple[list, bool]:
        """Where the page begins, and whether it is read backwards; a broken mark is the first page."""
        for name, backwards in zip(PAGES, (False, True), strict=True):
            raw = self.listing.request.GET.get(name)
            if raw:
                try:
                    mark = signing.loads(raw, salt=self._salt)
                except signing.BadSignature:
                    return [], False
                if mark[0] == self.sort.key:
                    return self._values(mark[1:]), backwards
        return [], False

    def _values(self, mark: list) -> list:
        """The values of a mark, from JSON back into the types of their columns."""
        fields = [self.listing.queryset.model._meta.get_field(column) for column in self.sort.columns]
        return [field.to_python(value) for field, value in zip(fields, mark, strict=False)] + [mark[-1]]

    def _reading(self, found: QuerySet) -> Reading:
        everybody = self.listing.queryset
        if self.exact_ids:
            found = found.exclude(pk__in=self.exact_ids)
        rows = self._beyond(found), self._beyond(everybody), everybody
        return Reading(*rows, self.columns, self.descending, self.stretches)

    def _beyond(self, rows: QuerySet) -> QuerySet:
        """Rows past the mark."""
        if not self.mark:
            return rows
        compare = Before if self.descending else Beyond
        return rows.filter(compare(tuple(F(column) for column in self.columns), tuple(self.mark)))

    @property
    def _salt(self) -> str:
        """A mark of another list means nothing here."""
        return f"listing of {self.listing.queryset.model._meta.label}"

    def _sign(self, row: object) -> str:
        values = [str(_value(row, column)) for column in self.sort.columns]
        return signing.dumps([self.sort.key, *values, _value(row, "pk")], salt=self._salt)

    @property
    def first_address(self) -> str:
        return self.listing.address() if self.has_previous else ""

    @property
    def next_address(self) -> str:
        return self.listing.address(after=self._sign(self.found[-1])) if self.has_next and self.found else ""

    @property
    def previous_address(self) -> str:
        return self.listing.address(before=self._sign(self.found[0])) if self.has_previous and self.found else ""


def _value(row: object, column: str) -> object:
    """A column of a row, which is a dict where the list asked for `values()`."""
    return row[column] if isinstance(row, dict) else getattr(row, column)
