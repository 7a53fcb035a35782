"""Customers in the search of the backoffice."""

import re

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from customers.browse.filters import CustomerFilter
from customers.browse.rows import Row, as_rows, in_words
from customers.browse.views import SORTS
from customers.models import Customer
from customers.models.customer_manager import CustomerQuerySet
from customers.privacy.restriction.restriction import shoppers_seen_by
from shopadmin.lists.listing import Listing, Page
from shopadmin.rendering.badges import Badge
from shopadmin.search.everywhere import READ, ROWS, Group, Hit, best

# What is an order's number stands first among the orders, and is not asked for here as well.
IS_OF_ORDER = re.compile("[A-Za-z]{1,4}[0-9]{1,6}")


def find_customers(request: HttpRequest, words: str) -> Group:
    """Return the newest customers whom the words find; one of whom they are the email or number comes first."""
    seen = shoppers_seen_by(request.user)
    exact = None if IS_OF_ORDER.fullmatch(words) else seen.exactly(words)
    page = _page(request, words, seen, exact)
    hits = [_hit(row, is_exact=row.pk in page.exact_ids) for row in in_words(page.rows, request.store.currency, {})]
    more = f"{reverse('customers')}?{urlencode({'q': words})}" if len(hits) > ROWS else ""
    return Group(_("Customers"), best(hits, words), more)


def customers_found(request: HttpRequest, words: str) -> list[Row]:
    """Return the newest customers whom the words find and who may be worked with, for a page that has one chosen."""
    usable = Customer.objects.shoppers().unrestricted()
    return in_words(_page(request, words, usable, usable.exactly(words)).rows, request.store.currency, {})


def _page(request: HttpRequest, words: str, among: CustomerQuerySet, exact: CustomerQuerySet | None) -> Page:
    rows = as_rows(among, *SORTS[0].columns)
    return Listing(
        request, rows, CustomerFilter({"q": words}), SORTS[:1], size=READ, shares_page=True, exact=exact
    ).page


def _hit(row: Row, *, is_exact: bool) -> Hit:
    below = " · ".join(filter(None, [row.company, row.email, row.place]))
    state = Badge(row.status, row.status_css)
    return Hit(row.url, row.name or row.email, below, "user", state, is_exact=is_exact)
