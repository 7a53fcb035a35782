"""The list of the orders of one tag or product: whole, in each sort, page after page, and how it is read."""

from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from customers.models import Tag
from orders.handling import listing
from orders.models import OrderLine
from shopadmin.lists.planner import list_view, read_rows
from shopadmin.lists.planner.statement_timeout import TimeLimitExceeded
from tests.factories import OrderFactory, ProductFactory
from tests.shown_page import html_of, row_names

pytestmark = pytest.mark.django_db
postgres = pytest.mark.postgres
URL = "/backoffice/orders/"
NEWEST, BY_TOTAL = ["W4", "W3", "W2", "W1"], ["W2", "W4", "W1", "W3"]


@pytest.fixture
def asked(store, monkeypatch) -> dict[str, dict]:
    """W1 to W4 have the tag and two lines of the mug each, the last one is the newest; W5 has neither."""
    monkeypatch.setattr(listing, "Listing", partial(listing.Listing, size=2))
    mug, tag = ProductFactory(sku="MUG-1"), Tag.objects.named("Gift")
    for number, total in enumerate(("20", "40", "10", "30", "50"), start=1):
        at = timezone.now() - timedelta(days=10 - number)
        order = OrderFactory(number=f"W{number}", placed_at=at, channel="guest" if number < 3 else "signed_in")
        type(order).objects.filter(pk=order.pk).update(total=total)
        if number < 5:
            order.order_tags.create(tag=tag)
            OrderLine.objects.bulk_create([line_of(order, mug), line_of(order, mug)])
    return {"tag": {"tag": tag.pk}, "product": {"product": "mug-1"}}


def line_of(order, product):
    line = order.lines.first()
    line.pk, line.product = None, product
    return line


@pytest.fixture
def ways(monkeypatch) -> list[str]:
    """In which ways pages are read."""
    taken = []
    for name in ("ids_in_sort", "ids_in_parts", "ids_from_below", "filter_first"):
        way = getattr(list_view.View, name)
        monkeypatch.setattr(list_view.View, name, lambda *args, name=name, way=way: taken.append(name) or way(*args))
    return taken


def pages(client, rel, **query) -> list[list[str]]:
    """The rows of each page, following the link to the next or previous one."""
    found, address = [], f"{URL}?{urlencode(query)}"
    while address:
        page = client.get(address)
        found.append(row_names(page))
        address = "".join(URL + link for link in html_of(page).xpath(f"//a[@rel='{rel}']/@href"))
    return found


@pytest.mark.parametrize("by", ["tag", "product"])
@pytest.mark.parametrize(("sort", "rows"), [("newest", NEWEST), ("total", BY_TOTAL)])
def test_each_order_is_listed_once_in_each_sort(as_mara, asked, by, sort, rows):
    assert pages(as_mara, "next", **asked[by], sort=sort) == [rows[:2], rows[2:]]


@pytest.mark.parametrize("by", ["tag", "product"])
@pytest.mark.parametrize(("sort", "rows"), [("newest", NEWEST), ("total", BY_TOTAL)])
def test_a_page_leads_back_to_the_one_before(as_mara, asked, by, sort, rows):
    query = {**asked[by], "sort": sort}
    last = html_of(as_mara.get(URL, query)).xpath("//a[@rel='next']/@href")[0]
    back = html_of(as_mara.get(URL + last)).xpath("//a[@rel='prev']/@href")[0]
    assert row_names(as_mara.get(URL + back)) == rows[:2]


@pytest.mark.parametrize("by", ["tag", "product"])
@pytest.mark.parametrize("narrowed", [{"channel": "guest"}, {"placed_to": "8d"}, {"tag": True, "product": True}])
def test_other_filters_narrow_it(as_mara, asked, by, narrowed):
    both = asked["tag"] | asked["product"] if True in narrowed.values() else narrowed
    expected = [["W4", "W3"], ["W2", "W1"]] if True in narrowed.values() else [["W2", "W1"]]
    assert pages(as_mara, "next", **asked[by] | both) == expected


@pytest.mark.parametrize("by", ["tag", "product"])
def test_an_order_leads_to_those_beside_it(as_mara, asked, by):
    page = as_mara.get(f"{URL}W4/", {**asked[by], "sort": "total"})
    beside = [html_of(page).xpath(f"//a[@rel='{rel}']/@href")[0].split("?")[0] for rel in ("prev", "next")]
    assert beside == [f"{URL}W2/", f"{URL}W1/"]


@postgres
@pytest.mark.parametrize("by", ["tag", "product"])
def test_its_ids_are_read_from_the_rows_below(as_mara, asked, ways, by):
    assert (pages(as_mara, "next", **asked[by]), ways) == ([NEWEST[:2], NEWEST[2:]], ["ids_from_below"] * 2)


@postgres
def test_one_that_takes_longer_than_25_ms_filters_first(as_mara, asked, ways, monkeypatch):
    @contextmanager
    def give_up(milliseconds):
        yield
        raise TimeLimitExceeded

    monkeypatch.setattr(read_rows, "time_limit", give_up)
    assert row_names(as_mara.get(URL, asked["tag"])) == NEWEST[:2]
    assert ways == ["ids_from_below", "filter_first"]


@postgres
def test_a_search_among_them_is_read_as_a_search(as_mara, asked, ways):
    assert row_names(as_mara.get(URL, {**asked["tag"], "q": "w3"})) == ["W3"]
    assert "ids_from_below" not in ways
