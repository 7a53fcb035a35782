"""However the rows of a page are read, pages in both directions hold what the filter lets through, in order, once."""

import re

import pytest
from django.db import connection

from customers.models import Customer, CustomerTag, HistoryEntry, Tag
from shopadmin.lists import planner
from shopadmin.search.folding import folded_text
from tests.factories import CustomerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
URL = "/backoffice/customers/"
LINK = re.compile(r'class="cover" href="/backoffice/customers/(\d+)/"')
KEYS = {
    "newest": lambda customer: (customer.created_at, customer.pk),
    "name": lambda customer: (customer.last_name, customer.first_name, customer.pk),
    "last_order": lambda customer: (customer.last_order_sort, customer.pk),
    "spent": lambda customer: (customer.spent, customer.pk),
}


@pytest.fixture
def crowd(store):
    """120 customers whose columns repeat; every second one is tagged, every fourth was changed by a shopper."""
    tag = Tag.objects.create(name="Even")
    people = [
        CustomerFactory.build(
            first_name="Jo",
            last_name=f"Jansen{n % 7}",
            orders_count=n % 5,
            spent=n % 3,
            last_order_at=f"2026-0{1 + n % 6}-01T10:00Z",
            search_text=folded_text(["Jo", f"Jansen{n % 7}"], []),
        )
        for n in range(120)
    ]
    Customer.objects.bulk_create(people)
    CustomerTag.objects.bulk_create(CustomerTag(customer=customer, tag=tag) for customer in people[::2])
    HistoryEntry.objects.filter(customer_id__in=Customer.objects.filter(spent=2)).update(seen=False)
    return {"tag": tag.pk}


def test_those_whose_orders_came_in_later_are_found_along_the_order(as_mara, crowd, monkeypatch):
    monkeypatch.setattr(planner, "MOST", 0)
    late = CustomerFactory.create_batch(60, created_at="2026-09-01T10:00Z")
    early = CustomerFactory.create_batch(3, created_at="2024-01-01T10:00Z")
    Customer.objects.filter(pk__in=[customer.pk for customer in late + early]).update(last_order_at="2024-05-05T10:00Z")
    found = list(pages(as_mara, "?last_order_to=2024-12-31", "next"))
    expected = [customer.pk for customer in [*late[::-1], *early[::-1]]]
    assert [pk for page in found for pk in page] == expected
    last = f"?last_order_to=2024-12-31&{mark_of_the_next(as_mara, '?last_order_to=2024-12-31')}"
    assert list(pages(as_mara, last, "prev"))[::-1] == found


def mark_of_the_next(client, query):
    page = client.get(URL + query).content.decode()
    return re.search(r'href="[^"]*(after=[^"]+)" rel="next"', page)[1]


def slow():
    """A query of minutes."""
    numbers = (
        "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 1000000000) SELECT MAX(n) FROM s"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(600)" if connection.vendor == "postgresql" else numbers)


def pages(client, query, rel):
    """The customers of page after page, following the links to the next or the previous one."""
    url = query
    while url:
        page = client.get(URL + url).content.decode()
        yield [int(number) for number in LINK.findall(page)]
        link = re.search(rf'href="([^"]+)" rel="{rel}"', page)
        url = link and link[1].replace("&amp;", "&")


@pytest.mark.parametrize("stretch", [3, 80])
@pytest.mark.parametrize("sort", KEYS)
@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("last_order_to=2026-04-30", {"last_order_at__lt": "2026-05-01T00:00Z"}),
        ("spent_min=1", {"spent__gte": 1}),
        ("orders_max=3&q=jo", {"orders_count__lte": 3}),
        ("q=jansen", {}),
        ("tag={tag}", {"customer_tags__isnull": False}),
        ("unseen=on", {"spent": 2}),
    ],
)
def test_pages_hold_everybody_once_and_in_order(as_mara, crowd, monkeypatch, query, kept, sort, stretch):
    monkeypatch.setattr(planner, "STRETCH", stretch)
    found = list(pages(as_mara, f"?{query.format(**crowd)}&sort={sort}", "next"))
    expected = sorted(Customer.objects.shoppers().filter(**kept), key=KEYS[sort], reverse=sort != "name")
    assert [pk for page in found for pk in page] == [customer.pk for customer in expected]


@pytest.mark.parametrize("sort", KEYS)
def test_going_back_shows_the_pages_that_were_there(as_mara, crowd, monkeypatch, sort):
    monkeypatch.setattr(planner, "STRETCH", 3)
    query = f"?last_order_to=2026-06-30&spent_min=0&sort={sort}"
    there, last = list(pages(as_mara, query, "next")), query
    while link := re.search(r'href="([^"]+)" rel="next"', as_mara.get(URL + last).content.decode()):
        last = link[1].replace("&amp;", "&")
    assert list(pages(as_mara, last, "prev"))[::-1] == there


def test_a_walk_that_is_given_up_gives_the_same_pages(as_mara, crowd, monkeypatch):
    query = "?type=private&consent=no&sort=name"
    there = list(pages(as_mara, query, "next"))
    monkeypatch.setattr(planner.Reading, "along_the_order", lambda rows, count: slow())
    assert [len(page) for page in there] == [50, 50, 20]
    assert list(pages(as_mara, query, "next")) == there


@pytest.mark.parametrize("stretch", [3, 60, 110])
@pytest.mark.parametrize("words", ["jansen", "jansen3", "jo jansen2"])
def test_a_search_that_is_given_up_gives_the_same_pages(as_mara, crowd, monkeypatch, stretch, words):
    query = f"?q={words}&sort=newest"
    there = list(pages(as_mara, query, "next"))
    monkeypatch.setattr(planner.Reading, "along_the_order", lambda rows, count: slow())
    monkeypatch.setattr(planner, "STRETCH", stretch)
    assert list(pages(as_mara, query, "next")) == there


@pytest.mark.parametrize("size", [0, 3, 100_000])
def test_sets_of_any_size_give_the_same_page(as_mara, crowd, monkeypatch, size):
    monkeypatch.setattr(planner, "MOST", size)
    page = as_mara.get(URL, {"tag": crowd["tag"], "language": "nl", "sort": "name"}).content.decode()
    tagged = Customer.objects.filter(customer_tags__isnull=False).order_by("last_name", "first_name", "pk")
    assert [int(pk) for pk in LINK.findall(page)] == [customer.pk for customer in tagged[:50]]
