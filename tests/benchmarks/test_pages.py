"""What the benchmark visits is there, and is within the number of queries that a page may make."""

import pytest
from django.test import Client

from customers.models import Customer
from tests.benchmarks import pages
from tests.benchmarks.facts import facts
from tests.benchmarks.shop import OWNER, fill
from tests.shown_page import page_link, row_names

CUSTOMERS = 200


@pytest.fixture
def visited(django_db_reset_sequences, monkeypatch, settings) -> tuple[Client, dict]:
    """A shop of the benchmark and its owner's browser, with the addresses and middleware of its server.

    Outside a transaction, as requests are: in one, a time limit would add a savepoint to the queries that are counted.
    """
    monkeypatch.setattr("tests.benchmarks.shop.tidy", lambda: None)
    fill(CUSTOMERS)
    settings.ROOT_URLCONF = "tests.benchmarks.urls"
    settings.MIDDLEWARE = ["tests.benchmarks.counting.count_queries", *settings.MIDDLEWARE]
    client = Client(headers={"X-Count-Queries": "1"})
    client.force_login(Customer.objects.get(email=OWNER))
    return client, facts()


@pytest.mark.slow
def test_every_page_answers_within_eight_queries(visited):
    client, known = visited
    wrong = {}
    for page in pages.pages(known):
        response = client.get(page.path, headers=page.headers)
        if response.status_code != 200 or int(response["X-Queries"]) > pages.QUERIES or page.missing:
            wrong[page.name] = (response.status_code, response.get("X-Queries"), page.missing)
    assert wrong == {}


@pytest.mark.any_database
def test_no_pair_of_filters_is_unknown_to_the_list(visited):
    _client, known = visited
    assert [page.name for page in pages.pairs(known) if page.missing] == []


@pytest.mark.any_database
def test_the_bare_view_shows_fifty_customers_to_staff_alone(visited):
    client, _known = visited
    assert (client.get("/bare/").content.count(b"<tr>"), Client().get("/bare/").status_code) == (50, 403)


@pytest.mark.any_database
def test_the_last_page_holds_the_last_fifty(visited):
    client, known = visited
    for page in pages.pages(known):
        if page.group == "last page":
            last = client.get(page.path)
            assert (len(row_names(last)), page_link(last, "next")) == (50, "")
