"""No view of the list of customers reads a whole table on PostgreSQL; the plans are the database's own."""

from contextlib import nullcontext
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from customers.browse.filters import CustomerFilter
from customers.browse.rows import as_rows
from customers.browse.views import SORTS
from customers.models import Customer, Tag
from customers.search.text import search_text
from shopadmin.lists.listing import Listing, chosen_sort

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
ROWS = 50_000
FILTERS = [
    "status=registered", "status=guest", "status=awaiting", "status=refused", "type=private", "type=business",
    "country=NL", "country=LU", "language=nl", "language=fr", "tag=1", "tag=2", "consent=yes", "consent=no",
    "created_from=2025-12-20", "created_to=2024-01-20", "last_order_from=2025-12-20", "last_order_to=2024-02-20",
    "orders_min=8", "orders_max=0", "spent_min=800", "spent_max=20", "unseen=on",
]  # fmt: skip
PAIRS = [
    "status=guest&country=NL", "status=awaiting&country=NL", "type=business&country=NL", "type=private&country=LU",
    "status=registered&consent=yes", "status=awaiting&consent=no", "tag=1&country=NL", "tag=2&country=LU",
    "created_from=2025-12-01&status=registered", "created_to=2024-02-01&status=guest",
]  # fmt: skip
SEARCHES = ["q=surname", "q=surname77", "q=xylofoon", "q=xq", "q=jo", "q=12345", "q=0612345", "q=jo surname42"]
VIEWS = [
    *(f"sort={sort.key}" for sort in SORTS),
    *(f"{view}&sort={sort}" for view in FILTERS + PAIRS for sort in ("newest", "name")),
    *SEARCHES,
]
# By SQL: what `Customer` objects would take a minute for. One in 300 awaits approval, every tenth is a company, ...
DAY = 60 * 24


def moment(minutes):
    return f"timestamp '2024-01-01' + {minutes} * interval '1 minute'"


def written_in_sql():
    """The columns of one customer, from its number n."""
    at = f"(n * {2 * 365 * DAY // ROWS})"
    numbered = search_text(0, names=["Jo", "Surname"], email="e", phones=[], places=[], order_numbers="")
    texts = {"email": "'p' || n || '@post.example'", "first_name": "'Jo'", "last_name": "'Surname' || n % 1000"}
    texts |= {"country": "CASE WHEN n % 90 = 0 THEN 'LU' ELSE 'NL' END", "origin": "'order'", "gender": "'other'"}
    texts |= {"language": "CASE WHEN n % 40 = 0 THEN 'fr' ELSE 'nl' END", "order_numbers": "''"}
    texts |= {"customer_type": "CASE WHEN n % 10 = 0 THEN 'business' ELSE 'private' END", "confirmed_numbers": "'{}'"}
    texts |= {"access": "CASE WHEN n % 300 = 0 THEN 'awaiting' WHEN n % 300 = 1 THEN 'refused' ELSE 'open' END"}
    texts |= {"search_text": f"replace('{numbered}', ' surname ', ' surname' || n % 1000 || ' ' || n || '99 ')"}
    facts = {"created_at": moment(at), "registered_at": f"CASE WHEN n % 2 = 0 THEN {moment(at)} END"}
    facts |= {"last_order_at": f"CASE WHEN n % 3 > 0 THEN {moment(f'({at} + n % 97 * {DAY})')} END"}
    facts |= {"orders_count": "n % 3 * (n % 5)", "spent": "n % 3 * (n % 500)", "marketing_consent": "n % 3 = 0"}
    return texts | facts


ADDRESSES = """INSERT INTO customers_address
    (customer_id, kind, country, attention, street, house_number, addition, line2, postcode, city, region)
    SELECT id, 'billing', country, '', '', '', '', '', '', 'Utrecht', '' FROM customers_customer"""
TAGGED = (
    "INSERT INTO customers_customertag (customer_id, tag_id) SELECT id, {} FROM customers_customer WHERE id % {} = 0"
)


@pytest.fixture
def many(store):
    """So many customers that a plan matters, with statistics; the names of tags of one in five and one in 500."""
    known = written_in_sql()
    for field in Customer._meta.concrete_fields:
        if field.column not in known and not (field.generated or field.primary_key or field.null):
            known[field.column] = {"BooleanField": "false"}.get(field.get_internal_type(), "''")
    numbers = f"FROM generate_series(1, {ROWS}) AS n"
    tags = [Tag.objects.create(name=name).pk for name in ("Frequent", "Rare")]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO customers_customer ({', '.join(known)}) SELECT {', '.join(known.values())} {numbers}"
        )
        cursor.execute(ADDRESSES)
        for tag, share in zip(tags, (5, 500), strict=True):
            cursor.execute(TAGGED.format(tag, share))
        cursor.execute("UPDATE customers_historyentry SET seen = (customer_id % 400 <> 0)")
        cursor.execute("ANALYZE")
    return {"tag=1": f"tag={tags[0]}", "tag=2": f"tag={tags[1]}"}


def statements(view):
    """What one page of a view asks the database."""
    request = RequestFactory().get(f"/?{view}")
    form, shoppers = CustomerFilter(request.GET), Customer.objects.shoppers()
    rows = as_rows(shoppers, *chosen_sort(request, SORTS).columns)
    listing = Listing(request, rows, form, SORTS, parts=form.parts_of(chosen_sort(request, SORTS).key))
    assert form.errors == {}
    # Each as it is asked where nothing limits its time, with its values in it.
    with (
        patch("shopadmin.lists.planner.read_rows.time_limit", lambda milliseconds: nullcontext()),
        CaptureQueriesContext(connection) as captured,
    ):
        assert isinstance(listing.page.rows, list)
    return [query["sql"] for query in captured.captured_queries if query["sql"].startswith("SELECT")]


def whole_tables_read(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        lines = [str(row[-1]).strip() for row in cursor.fetchall()]
    return [line for line in lines if "Seq Scan on customers_" in line]


def test_no_view_of_the_list_reads_a_whole_table(many):
    found = {}
    for view in VIEWS:
        view = "&".join(many.get(part, part) for part in view.split("&"))
        for sql in statements(view):
            if lines := whole_tables_read(sql):
                found.setdefault(view, []).extend([*lines, sql])
    assert found == {}
