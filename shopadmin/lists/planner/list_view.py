"""The rows of one page, and each way to read them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Model, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from shopadmin.lists.search_index import without_index


@dataclass
class View:
    """The rows past a page's mark, in the sort of the columns; a row is a dict where the list asked for `values()`.

    `filtered` are those that filters and search let through, `unfiltered` all past the mark, `everything` all rows
    of the list. The rest are facts that the filters and the sort declare: `parts` are conditions on parts of the
    sort, one after the other, that hold all the filters let through; in a view that `is_sorted_by_names` the names
    that people search for stand together; words that `may_be_frequent` may be a name that thousands of rows share.
    `below` are rows of another table, a few to a row of the list, that all the filters let through and that one of
    them finds by an index; `columns_below` are the copies there of the columns, the last one the row of the list.
    """

    filtered: QuerySet
    unfiltered: QuerySet
    everything: QuerySet
    columns: Sequence[str]
    descending: bool
    parts: Sequence[Q] = (Q(),)
    is_filtered: bool = False
    is_search: bool = False
    may_be_frequent: bool = False
    is_sorted_by_names: bool = False
    below: QuerySet | None = None
    columns_below: Sequence[str] = ()

    def in_sort(self, count: int) -> list[Model | dict]:
        """Read the rows themselves in the sort."""
        return list(self._sorted(self.filtered)[:count])

    def ids_in_sort(self, count: int) -> list[Model | dict]:
        """Read ids in the sort, from an index alone where one holds all that filters ask for; then their rows."""
        return self._rows(self._sorted(self.filtered).values("pk"), count)

    def ids_in_parts(self, count: int) -> list[Model | dict]:
        """The same, part after part."""
        rows = []
        for part in self.parts:
            if len(rows) < count:
                rows += self._rows(self._sorted(self.filtered.filter(part)).values("pk"), count - len(rows))
        return rows

    def ids_from_below(self, count: int) -> list[Model | dict]:
        """Read ids in the sort from an index of the rows below; then their rows."""
        return self._rows(self._ids_below(), count)

    def filter_first(self, count: int) -> list[Model | dict]:
        """Find all that the filters let through, sort their ids, and only then read rows."""
        return self._rows(self._sorted_without_index(self.filtered).values("pk"), count)

    def near_the_beginning(self, count: int, reach: int) -> list[Model | dict]:
        """Read the texts of so many first rows of the sort; no rows where these do not fill the page."""
        edge = self._sorted(self.unfiltered).values(self.columns[0])[reach : reach + 1]
        within = f"{self.columns[0]}__{'gte' if self.descending else 'lte'}"
        near = without_index(self.filtered).filter(**{within: Subquery(edge)})
        rows = self._rows(self._sorted(near).values("pk"), count)
        return rows if len(rows) == count else []

    def first_id(self) -> Subquery:
        """The id of the first row, as an expression."""
        ids = self._sorted(self.filtered).values("pk") if self.below is None else self._ids_below()
        return Subquery(ids[:1])

    def _rows(self, ids: QuerySet, count: int) -> list[Model | dict]:
        """Read the rows of the first ids; of those passed over on the way, nothing else is read."""
        return list(self._sorted_without_index(self.everything.filter(pk__in=ids[:count])))

    def _ids_below(self) -> QuerySet:
        return self._sorted(self.below, self.columns_below).values(self.columns_below[-1]).distinct()

    def _sorted(self, rows: QuerySet, columns: Sequence[str] = ()) -> QuerySet:
        return rows.order_by(*(("-" if self.descending else "") + column for column in columns or self.columns))

    def _sorted_without_index(self, rows: QuerySet) -> QuerySet:
        """Sort by expressions that no index serves, so that the database does not read along one."""
        columns = [Coalesce(F(column), F(column)) for column in self.columns]
        return rows.order_by(*(column.desc() if self.descending else column.asc() for column in columns))
