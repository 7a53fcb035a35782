"""A list of rows with search, filters, sort and keyset pages: one page costs what any other costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core import signing
from django.db.models import F, Model, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan
from django.forms import ChoiceField, Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shopadmin.lists.planner.list_view import View
from shopadmin.lists.planner.read_rows import read_rows
from shopadmin.rendering.formats import number
from shopadmin.staff_log.writing import numbers, shown

CAP = 10_000
CAP_OF_A_SEARCH = 100
PAGES = ("after", "before")


@dataclass
class Sort:
    """One sort on offer: columns that all run the same way, the id last.

    `by_names`: the names that people search for stand together in it.
    """

    key: str
    label: str
    columns: tuple[str, ...]
    descending: bool = True
    by_names: bool = False


def capped(count: int, cap: int) -> str:
    """A count that went no further than one beyond the cap: 10,000+."""
    return f"{number(cap)}+" if count > cap else number(count)


def chosen_sort(request: HttpRequest, sorts: Sequence[Sort]) -> Sort:
    """The sort that the address bar asks for; the first one where it asks for none."""
    key = request.GET.get("sort", "")
    return next((sort for sort in sorts if sort.key == key), sorts[0])


@dataclass
class Listing:
    """What a list page shows, worked out from the address bar: `?q=…&status=…&sort=…&after=…`.

    `shares_page`: other lists are read for the same page, and each with as few queries as it can be.
    `parts`: conditions on parts of the sort, one after the other, that hold all the filters let through (`View`).
    `below`: rows of another table that one of the filters asks for, of rows of the list that all of them let through;
    they have a foreign key called as the list's model is, and copies of its columns: `order`, `order_total` (`View`).
    `exact`: the rows whose email or number is just what was searched for, of those that the search finds; they come
    first, whatever the sort.
    """

    request: HttpRequest
    queryset: QuerySet
    form: Form
    sorts: Sequence[Sort]
    size: int = 50
    shares_page: bool = False
    parts: Sequence[Q] = (Q(),)
    below: QuerySet | None = None
    exact: QuerySet | None = None

    @cached_property
    def filtered(self) -> QuerySet:
        """Every row that the filters let through; all of them when a filter makes no sense."""
        return self.form.apply(self.queryset) if self.form.is_valid() else self.queryset.none()

    @cached_property
    def sort(self) -> Sort:
        return chosen_sort(self.request, self.sorts)

    @property
    def columns(self) -> list[str]:
        """By what it is sorted, which tells every row from the others."""
        return [*self.sort.columns, "pk"]

    @property
    def _columns_below(self) -> list[str]:
        name = self.queryset.model._meta.model_name
        return [*(f"{name}_{column}" for column in self.sort.columns), name]

    @cached_property
    def page(self) -> "Page":
        return Page(self)

    def view(self, *, past: Sequence = (), backwards: bool = False, without: Sequence[int] = ()) -> View:
        """The rows past these values of its columns, from there on; all of them where there are no values."""
        descending = self.sort.descending != backwards
        filtered = self.filtered.exclude(pk__in=without) if without else self.filtered
        return View(
            filtered=filtered.filter(_past(past, self.columns, descending)),
            unfiltered=self.queryset.filter(_past(past, self.columns, descending)),
            everything=self.queryset,
            columns=self.columns,
            descending=descending,
            parts=self.parts[:: -1 if backwards else 1],
            is_filtered=self.is_filtered,
            is_search=self.is_search,
            may_be_frequent=not self.shares_page and self.words.replace(" ", "").isalpha(),
            is_sorted_by_names=self.sort.by_names,
            below=None if self.below is None else self.below.filter(_past(past, self._columns_below, descending)),
            columns_below=self._columns_below,
        )

    @cached_property
    def total(self) -> str:
        """How many rows match, capped: no page waits for counting a million."""
        cap = CAP_OF_A_SEARCH if self.is_search else CAP
        count = self.filtered.order_by().values("pk")[: cap + 1].count()
        return capped(count, cap)

    @property
    def words(self) -> str:
        """What is searched for."""
        return self.request.GET.get("q", "").strip()

    @property
    def is_search(self) -> bool:
        return bool(self.words)

    @property
    def is_filtered(self) -> bool:
        """Whether a filter is set, the search among them."""
        return any(value for name, value in self.request.GET.items() if name not in {"sort", *PAGES})

    @cached_property
    def _parameters(self) -> dict[str, str]:
        """The address bar's parameters, without the page that is shown."""
        return {name: value for name, value in self.request.GET.items() if name not in PAGES}

    def address(self, **changes: str) -> str:
        """This view's query string with some parameters changed; paging starts anew."""
        parameters = (self._parameters | changes).items()
        return f"?{urlencode([(name, value) for name, value in parameters if value or name not in changes])}"

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
        chosen, offered = self.filters[name], list(field.choices)
        choices = [(_("Any"), self.address(**{name: ""}), not chosen)]
        choices += [(word, self.address(**{name: value}), value == chosen) for value, word in offered]
        return {"label": field.label, "choices": choices, "word": dict(offered).get(chosen, "")}

    @cached_property
    def sort_choices(self) -> dict[str, tuple[str, bool, Sort]]:
        """Every sort on offer, by key: (address, is chosen, sort)."""
        return {sort.key: (self.address(sort=sort.key), sort is self.sort, sort) for sort in self.sorts}


def _past(values: Sequence, columns: Sequence[str], descending: bool) -> Q:
    compare = TupleLessThan if descending else TupleGreaterThan
    return Q(compare(tuple(F(column) for column in columns), tuple(values))) if values else Q()


class Page:
    """The rows of one page, and the marks of the pages before and after."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self.sort = listing.sort
        self.mark, backwards = self._mark()
        exact, rows = self._read_from_mark(backwards) if self.mark else self._read_first()
        self.exact_ids = [_value(row, "pk") for row in exact]
        size = listing.size if self.mark else max(listing.size - len(exact), 1)
        has_more, rows = len(rows) > size, rows[:size]
        self.in_sort = rows[::-1] if backwards else rows
        self.has_next = has_more if not backwards else bool(self.mark)
        self.has_previous = bool(self.mark) if not backwards else has_more
        self.rows = self.in_sort if self.has_previous else exact + self.in_sort
        self._tell_staff_log()

    def _tell_staff_log(self) -> None:
        """Which rows are shown, by what filters: their names alone."""
        request, model = self.listing.request, self.listing.queryset.model
        rows = {"customers": numbers(self.rows, "customer_id")}
        rows[f"{model._meta.model_name}s"] = numbers(self.rows, "pk")
        # The list of a shopper's own orders has nothing to filter by.
        filters = sorted(name for name in getattr(self.listing.form, "fields", ()) if request.GET.get(name))
        told = {name: found for name, found in rows.items() if found}
        shown(request, filters=filters, hits=len(self.rows), more=self.has_next, **told)

    def _read_first(self) -> tuple[list[Model | dict], list[Model | dict]]:
        """The exact rows, with which the first page begins, and those after them: one more than fit, if there are."""
        listing = self.listing
        rows = read_rows(listing.view(), listing.size + 1)
        if len(rows) > listing.size:
            exact = self._exact_rows()
        else:
            ids = self._exact_ids(among=rows)
            exact = [row for row in rows if _value(row, "pk") in ids]
        return exact, [row for row in rows if row not in exact]

    def _read_from_mark(self, backwards: bool) -> tuple[list[Model | dict], list[Model | dict]]:
        """The exact rows, which the first page has shown, and one more than fit of those past the mark."""
        exact = self._exact_rows()
        shown = [_value(row, "pk") for row in exact]
        view = self.listing.view(past=self.mark, backwards=backwards, without=shown)
        return exact, read_rows(view, self.listing.size + 1)

    def _exact_ids(self, among: list[Model | dict]) -> set[int]:
        """Which of the rows are exact: asked of these alone, since to look a number up costs as much as the search."""
        if self.listing.exact is None or not among:
            return set()
        ids = [_value(row, "pk") for row in among]
        return set(self.listing.exact.order_by().filter(pk__in=ids).values_list("pk", flat=True))

    def _exact_rows(self) -> list[Model | dict]:
        """All exact rows, as many as a page holds."""
        listing = self.listing
        if listing.exact is None or not listing.form.is_valid():
            return []
        ids = listing.exact.order_by().values("pk")[: listing.size]
        rows = listing.form.apply(listing.queryset, but="q").filter(pk__in=ids)
        return list(rows.order_by(*(("-" if self.sort.descending else "") + column for column in listing.columns)))

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

    @property
    def _salt(self) -> str:
        """A mark of another list means nothing here."""
        return f"listing of {self.listing.queryset.model._meta.label}"

    def _sign(self, row: Model | dict) -> str:
        values = [str(_value(row, column)) for column in self.sort.columns]
        return signing.dumps([self.sort.key, *values, _value(row, "pk")], salt=self._salt)

    @property
    def first_address(self) -> str:
        return self.listing.address() if self.has_previous else ""

    @property
    def next_address(self) -> str:
        return self.listing.address(after=self._sign(self.in_sort[-1])) if self.has_next and self.in_sort else ""

    @property
    def previous_address(self) -> str:
        return self.listing.address(before=self._sign(self.in_sort[0])) if self.has_previous and self.in_sort else ""


def _value(row: Model | dict, column: str):
    """A column of a row, which is a dict where the list asked for `values()`."""
    return row[column] if isinstance(row, dict) else getattr(row, column)
