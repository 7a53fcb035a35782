"""Customers in the search of the backoffice."""

import re

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from customers.browse.filters import CustomerFilter
from customers.browse.rows import Row, as_rows, in_words
from customers.browse.views import SORTS
from customers.privacy.restriction.restriction import shoppers_seen_by
from shopadmin.lists.listing import Listing
from shopadmin.rendering.badges import Badge
from shopadmin.search.everywhere import READ, ROWS, Group, Hit, best

# What is an order's number stands first among the orders, and is not asked for here as well.
IS_OF_ORDER = re.compile("[A-Za-z]{1,4}[0-9]{1,6}")


def find_customers(request: HttpRequest, words: str) -> Group:
    """Return the newest customers whom the words find; one of whom they are the email or number comes first."""
    seen = shoppers_seen_by(request.user)
    exact = None if IS_OF_ORDER.fullmatch(words) else seen.exactly(words)
    listing = Listing(
        request,
        as_rows(seen, *SORTS[0].columns),
        CustomerFilter({"q": words}),
        SORTS[:1],
        size=READ,
        exact=exact,
    )
    page = listing.page
    hits = [_hit(row, is_exact=row.pk in page.exact_ids) for row in in_words(page.rows, request.store.currency, {})]
    more = f"{reverse('customers')}?{urlencode({'q': words})}" if len(hits) > ROWS else ""
    return Group(_("Customers"), best(hits, words), more)


def _hit(row: Row, *, is_exact: bool) -> Hit:
    below = " · ".join(filter(None, [row.company, row.email, row.place]))
    state = Badge(row.status, row.status_css)
    return Hit(row.url, row.name or row.email, below, "user", state, is_exact=is_exact)
