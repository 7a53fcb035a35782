"""Each row of the table in `read_rows`: in which ways a page of customers is read, and that its rows are the same."""

import re
from contextlib import contextmanager

import pytest

from customers.models import Customer
from shopadmin.lists.planner import list_view, read_rows
from shopadmin.lists.planner.statement_timeout import TimeLimitExceeded
from shopadmin.search.folding import folded_text
from tests.factories import CustomerFactory

pytestmark = pytest.mark.django_db
postgres = pytest.mark.postgres
URL = "/backoffice/customers/"
LINK = re.compile(r'class="cover" href="/backoffice/customers/(\d+)/"')
WAYS = ("in_sort", "ids_in_sort", "ids_in_parts", "near_the_beginning", "filter_first")


@pytest.fixture
def jansens(store):
    """Ninety customers called Jansen; the newest ten are companies."""
    texts = {"first_name": "Jo", "last_name": "Jansen", "search_text": folded_text(["Jansen"], ["2000"])}
    people = [CustomerFactory.build(customer_type="private", **texts) for _ in range(80)]
    companies = [CustomerFactory.build(customer_type="business", **texts) for _ in range(10)]
    return [customer.pk for customer in Customer.objects.bulk_create(people + companies)]


@pytest.fixture
def ways(monkeypatch):
    """The names of the ways that were taken, and that still are."""
    taken = []

    def recorded(name, way):
        return lambda *args: taken.append(name) or way(*args)

    for name in WAYS:
        monkeypatch.setattr(list_view.View, name, recorded(name, getattr(list_view.View, name)))
    return taken


@pytest.fixture
def limits(monkeypatch):
    """The limits in milliseconds that queries were given up after: all are."""
    given_up = []

    @contextmanager
    def give_up(milliseconds):
        yield
        given_up.append(milliseconds)
        raise TimeLimitExceeded

    monkeypatch.setattr(read_rows, "time_limit", give_up)
    return given_up


def listed(client, query):
    return [int(pk) for pk in LINK.findall(client.get(URL + query).content.decode())]


def test_a_list_without_filters_is_read_in_its_sort(as_mara, jansens, ways):
    assert (listed(as_mara, ""), ways) == (jansens[:-51:-1], ["in_sort"])


@pytest.mark.parametrize("query", ["?type=private", "?q=jansen&type=private", "?q=jansen&type=private&sort=name"])
def test_without_the_planner_ids_are_read_in_the_sort(as_mara, jansens, ways, settings, query):
    settings.LIST_PLANNER = False
    private = jansens[:80]
    expected = private[:50] if "name" in query else private[:-51:-1]
    assert (listed(as_mara, query), ways) == (expected, ["ids_in_sort"])


@postgres
def test_filters_that_are_quick_in_the_sort_are_read_so(as_mara, jansens, ways):
    assert (listed(as_mara, "?type=business"), ways) == (jansens[:-11:-1], ["ids_in_parts"])


@postgres
def test_filters_that_take_longer_than_25_ms_come_before_the_sort(as_mara, jansens, ways, limits):
    assert listed(as_mara, "?type=private") == jansens[79:29:-1]
    assert (ways, limits) == (["ids_in_parts", "filter_first"], [25])


@postgres
def test_a_search_for_letters_reads_near_the_beginning_before_all_else(as_mara, jansens, ways, monkeypatch):
    monkeypatch.setattr(read_rows, "NEAR", 80)
    assert (listed(as_mara, "?q=jansen"), ways) == (jansens[:-51:-1], ["near_the_beginning"])


@postgres
def test_letters_that_few_have_near_the_beginning_are_read_as_other_words_are(as_mara, jansens, ways, monkeypatch):
    monkeypatch.setattr(read_rows, "NEAR", 20)
    assert (listed(as_mara, "?q=jansen"), ways) == (jansens[:-51:-1], ["near_the_beginning", "ids_in_parts"])


@postgres
def test_a_search_that_takes_longer_than_10_ms_reads_near_the_beginning(as_mara, jansens, ways, limits, monkeypatch):
    monkeypatch.setattr(read_rows, "FARTHER", 80)
    assert listed(as_mara, "?q=2000") == jansens[:-51:-1]
    assert (ways, limits) == (["ids_in_parts", "near_the_beginning"], [10])


@postgres
def test_a_search_that_finds_few_near_the_beginning_filters_first(as_mara, jansens, ways, limits, monkeypatch):
    monkeypatch.setattr(read_rows, "FARTHER", 20)
    assert listed(as_mara, "?q=2000") == jansens[:-51:-1]
    assert (ways, limits) == (["ids_in_parts", "near_the_beginning", "filter_first"], [10])


@postgres
def test_a_search_sorted_by_name_that_takes_longer_than_5_ms_filters_first(as_mara, jansens, ways, limits):
    assert listed(as_mara, "?q=jansen&sort=name") == jansens[:50]
    assert (ways, limits) == (["ids_in_parts", "filter_first"], [5])
