"""The rows before and after one in a list, for pages that lead on from there without going back to it."""

from django.db.models import Model

from shopadmin.lists.listing import Listing
from shopadmin.lists.planner.read_rows import read_first_of_each


def neighbours(listing: Listing, row: Model) -> tuple[Model | None, Model | None]:
    """The rows before and after this one in the filters and the sort of a list, whether or not it is still in there.

    Rows that a search moves to the top of its first page stand here where the sort has them.
    """
    place = _place(listing, row)
    views = [listing.view(past=place, backwards=backwards) for backwards in (True, False)]
    others = read_first_of_each(views)
    lower = next((other for other in others if _place(listing, other) < place), None)
    higher = next((other for other in others if _place(listing, other) > place), None)
    return (higher, lower) if listing.sort.descending else (lower, higher)


def _place(listing: Listing, row: Model) -> tuple:
    return tuple(getattr(row, column) for column in listing.columns)
