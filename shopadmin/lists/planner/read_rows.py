"""How the rows of a page are read: `read_rows` decides, and nothing else does."""

from collections.abc import Sequence
from contextlib import nullcontext

from django.conf import settings
from django.db import connection
from django.db.models import Model

from shopadmin.lists.planner.list_view import View
from shopadmin.lists.planner.statement_timeout import TimeLimitExceeded, time_limit

# Milliseconds until a query is given up.
FILTERED, SEARCHED, SEARCHED_BY_NAME = 25, 10, 5
# Rows at the beginning of the sort: to read their texts takes about 1 ms and 4 ms.
NEAR, FARTHER = 2_500, 8_000


def read_rows(view: View, count: int) -> list[Model | dict]:
    """Read the first rows of a view, by the first line of this table that fits; the ways are methods of `View`.

    | the view                        | its rows are read                                                             |
    |---------------------------------|-------------------------------------------------------------------------------|
    | has no filter and no search     | in_sort                                                                       |
    | on SQLite, or LIST_PLANNER=0    | ids_in_sort                                                                   |
    | has filters only, and `below`   | ids_from_below; after 25 ms filter_first                                      |
    | has filters only                | ids_in_parts; after 25 ms filter_first                                        |
    | is searched and sorted by names | ids_in_parts; after 5 ms filter_first                                         |
    | is searched for a name, maybe   | near_the_beginning (2,500 rows); if that is too few as the next line says     |
    | is searched                     | ids_in_parts; after 10 ms near_the_beginning (8,000 rows); if that is too few |
    |                                 | filter_first                                                                  |

    PostgreSQL takes filters to be independent of the sort, and reads along an index of the sort in the hope that a
    page fills soon; where they exclude each other, it passes a million rows. How many rows hold a word it guesses
    from the few hundred that ANALYZE drew, and at times drew none that do.
    """
    if not view.is_filtered:
        return view.in_sort(count)
    if connection.vendor != "postgresql" or not settings.LIST_PLANNER:
        return view.ids_in_sort(count)
    reads_near = view.is_search and not view.is_sorted_by_names
    if reads_near and view.may_be_frequent and (rows := view.near_the_beginning(count, NEAR)):
        return rows
    try:
        with time_limit(_milliseconds(view)):
            return view.ids_in_parts(count) if view.below is None else view.ids_from_below(count)
    except TimeLimitExceeded:
        return reads_near and view.near_the_beginning(count, FARTHER) or view.filter_first(count)


def read_first_of_each(views: Sequence[View]) -> list[Model | dict]:
    """Read the first row of each view of a list, in one query where that is quick; those that there are."""
    is_planned = connection.vendor == "postgresql" and settings.LIST_PLANNER and views[0].is_filtered
    try:
        with time_limit(_milliseconds(views[0])) if is_planned else nullcontext():
            return list(views[0].everything.filter(pk__in=[view.first_id() for view in views]))
    except TimeLimitExceeded:
        return [row for view in views for row in read_rows(view, 1)]


def _milliseconds(view: View) -> int:
    if not view.is_search:
        return FILTERED
    return SEARCHED_BY_NAME if view.is_sorted_by_names else SEARCHED
