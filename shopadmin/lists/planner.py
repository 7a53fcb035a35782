"""How the rows of one page are read: along the order until the page is full, or found first and then sorted.

A database takes filters to be independent of the order, and reads along it in the hope that a page fills soon. Where
they go together, or exclude each other (Dutch speakers in France), it hopes in vain. So a filter that lets few
through is counted, and these are found first; all else is read along an index that holds what filters ask for (a
million rows in 0.15 s), and after a while given up and found first. On SQLite, which looks into texts far quicker
than it finds all that hold a word, a stretch of the order is read in any case.

How many texts hold a word PostgreSQL guesses from a few hundred that it drew, and now and then it drew none of them
that do. So a search gets a short time for the way that it takes, and is then read along a stretch of the order,
which fills a page with a frequent word whatever was drawn; what is not frequent is found first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt
from time import monotonic

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from shopadmin.lists.search_index import read_texts
from shopadmin.lists.statement_timeout import TookTooLong, time_limit

MOST = {"postgresql": 10_000, "sqlite": 2_000}[connection.vendor]
STRETCH = 8_000
WALK, SHORT_WALK, SEARCH = 25, 5, 10  # milliseconds


@dataclass
class Reading:
    """The first rows of `found` in the order of the columns.

    `beyond` are all rows from where the page begins, whatever the filters say; `everybody` all rows of the list;
    `stretches` the parts of the order where there may be any, as they are passed.
    """

    found: QuerySet
    beyond: QuerySet
    everybody: QuerySet
    columns: list[str]
    descending: bool
    stretches: Sequence[Q]

    def all_in_order(self, count: int) -> list[object]:
        """The rows themselves along the order, where nobody set a filter and few are passed by."""
        return list(self._ordered(self.found)[:count])

    def along_the_order(self, count: int) -> list[object]:
        """Leave it to the database, which reads along an index of the order; then read the rows."""
        rows = []
        for stretch in self.stretches:
            if len(rows) < count:
                rows += self._rows_of(self._ordered(self.found.filter(stretch)), count - len(rows))
        return rows

    def along_the_order_or_found_first(self, count: int, milliseconds: int) -> list[object]:
        """Leave it to the database, but not for long."""
        try:
            with time_limit(milliseconds):
                return self.along_the_order(count)
        except TookTooLong:
            return self.found_first(count)

    def searched(self, count: int) -> list[object]:
        """Leave it to the database for a moment; then read a stretch of the order, and find first if that is not it."""
        try:
            with time_limit(SEARCH):
                return self.along_the_order(count)
        except TookTooLong:
            return self.near_or_found_first(count)

    def first_of(self, count: int, among: QuerySet) -> list[object]:
        """Look up each of these ids, and sort."""
        is_sqlite = connection.vendor == "sqlite"
        those = Q(pk__in=among) if is_sqlite else IsAmong(F("pk"), ArraySubquery(among))
        return self._rows_of(self._sorted(self.found.filter(those)), count)

    def along_the_index(self, count: int, among: QuerySet) -> list[object]:
        """Read along the index alone and look each id up among these, held in memory; then read the rows."""
        # OR keeps PostgreSQL from making a join of it, which looks into the table of the ids at each step.
        return self._rows_of(self._ordered(self.found.filter(Q(pk__in=among) | Q(pk__lt=0))), count)

    def near_or_found_first(self, count: int) -> list[object]:
        """What a stretch of the order holds, if that fills the page."""
        edge = self._ordered(self.beyond).values(self.columns[0])[STRETCH : STRETCH + 1]
        within = f"{self.columns[0]}__{'gte' if self.descending else 'lte'}"
        near = self._ordered(read_texts(self.found).filter(**{within: Subquery(edge)}))
        rows = list(near[:count]) if connection.vendor == "sqlite" else self._rows_of(near, count)
        return rows if len(rows) == count else self.found_first(count)

    def found_first(self, count: int) -> list[object]:
        """Find by the filters, sort what was found, and only then read the rows."""
        return self._rows_of(self._sorted(self.found), count)

    def _rows_of(self, ids: QuerySet, count: int) -> list[object]:
        """The first rows: of all that are passed by, nothing is read that an index does not hold."""
        return list(self._sorted(self.everybody.filter(pk__in=ids.values("pk")[:count])))

    def _ordered(self, rows: QuerySet) -> QuerySet:
        return rows.order_by(*(("-" if self.descending else "") + column for column in self.columns))

    def _sorted(self, rows: QuerySet) -> QuerySet:
        """In the same order, said so that no index serves it."""
        columns = [Coalesce(F(column), F(column)) for column in self.columns]
        return rows.order_by(*(column.desc() if self.descending else column.asc() for column in columns))


class IsAmong(Func):
    """`id = ANY(ARRAY(SELECT …))`, on PostgreSQL: half of what the same as a join costs."""

    template, arg_joiner, output_field = "%(expressions)s)", " = ANY(", BooleanField()


@dataclass
class Small:
    """The ids that the filter of a name lets through, counted, in a table of about `rows`."""

    name: str
    ids: QuerySet
    size: int
    rows: int
    is_of_another_table: bool

    def is_few(self, page: int) -> bool:
        """Whether to find and sort them is quicker than to meet a page of them along an order.

        That takes page * rows / size steps, each a half of finding a row, or of looking an id up a tenth and less.
        """
        dearer = 25 if self.can_be_looked_up else 2
        return self.size < isqrt(page * self.rows // dearer)

    @property
    def can_be_looked_up(self) -> bool:
        return self.is_of_another_table and connection.vendor == "postgresql"


def smallest(sets: Mapping[str, QuerySet], *, of: QuerySet) -> Small | None:
    """The smallest of some sets of ids; None where there is none below MOST. One query, that counts no further."""
    if not sets:
        return None
    counted = [_counted(rows) for rows in sets.values()]
    newest = f"(SELECT MAX({of.model._meta.pk.column}) FROM {of.model._meta.db_table})"
    sql = f"SELECT {', '.join([newest, *(sql for sql, _params in counted)])}"
    newest, *sizes = sizes_at(sql, tuple(value for _sql, params in counted for value in params), int(monotonic() // 60))
    size, name = min(zip(sizes, sets, strict=True))
    ids = sets[name]
    return Small(name, ids, size, newest or 0, ids.model is not of.model) if size < MOST else None


@lru_cache(maxsize=200)
def sizes_at(sql: str, params: tuple, minute: int) -> tuple:
    """What the sets counted in this minute: who pages through a view need not count anew, it only says how to read."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()


def _counted(rows: QuerySet) -> tuple[str, tuple]:
    try:
        sql, params = rows[:MOST].query.sql_with_params()
    except EmptyResultSet:
        return "0", ()
    return f"(SELECT COUNT(*) FROM ({sql}) AS counted)", params
