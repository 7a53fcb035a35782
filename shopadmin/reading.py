"""How the rows of one page are read: along the order until the page is full, or found first and then sorted.

A database takes filters to be independent of the order, and reads along it in the hope that a page fills soon. Where
they go together it hopes in vain: who last ordered years ago came years ago, and a surname that was searched for
stands in one place of the order by name. There a stretch of the order is tried, and what does not fill the page from
it is found by the filters first.
"""

from dataclasses import dataclass

from django.db.models import F, QuerySet, Subquery
from django.db.models.functions import Coalesce

# So few rows are quicker found and sorted than met along an order of a million.
FEW = 5_000
STRETCH = 2_000


@dataclass
class Reading:
    """The first rows of `found` in the order of the columns; `everybody` are the rows that no filter left out."""

    found: QuerySet
    everybody: QuerySet
    columns: list[str]
    descending: bool

    def along_the_order(self, count: int) -> list[object]:
        """Leave it to the database, which reads along an index of the order."""
        return list(self._ordered(self.found)[:count])

    def near_or_found_first(self, count: int) -> list[object]:
        """What a stretch of the order holds, if that fills the page."""
        edge = self._ordered(self.everybody).values(self.columns[0])[STRETCH : STRETCH + 1]
        within = f"{self.columns[0]}__{'gte' if self.descending else 'lte'}"
        near = list(self._ordered(self.found.filter(**{within: Subquery(edge)}))[:count])
        return near if len(near) == count else self.found_first(count)

    def found_first(self, count: int) -> list[object]:
        """Find by the filters, sort what was found, and only then read the rows."""
        first = self._sorted(self.found).values("pk")[:count]
        return list(self._sorted(self.everybody.filter(pk__in=first)))

    def _ordered(self, rows: QuerySet) -> QuerySet:
        return rows.order_by(*(("-" if self.descending else "") + column for column in self.columns))

    def _sorted(self, rows: QuerySet) -> QuerySet:
        """In the same order, said so that no index serves it."""
        columns = [Coalesce(F(column), F(column)) for column in self.columns]
        return rows.order_by(*(column.desc() if self.descending else column.asc() for column in columns))


def are_few(rows: QuerySet) -> bool:
    """Whether it is quicker to find all of these than to read along an order."""
    return rows.order_by().values("pk")[:FEW].count() < FEW
