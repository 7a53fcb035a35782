"""However the rows of a page are read, pages in both directions hold what the filter lets through, in order, once."""

import re
from contextlib import contextmanager

import pytest
from django.db import connection

from customers.models import Customer, CustomerTag, HistoryEntry, Tag
from shopadmin.lists.planner import list_view, read_rows
from shopadmin.lists.planner.statement_timeout import TimeLimitExceeded, time_limit
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
VIEWS = [
    ("last_order_to=2026-04-30", {"last_order_at__lt": "2026-05-01T00:00Z"}),
    ("spent_min=1", {"spent__gte": 1}),
    ("orders_max=3&q=jo", {"orders_count__lte": 3}),
    ("q=jansen", {}),
    ("tag={tag}", {"customer_tags__isnull": False}),
    ("unseen=on", {"spent": 2}),
]


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


@pytest.fixture
def given_up(monkeypatch):
    """Whatever has a time limit takes longer."""

    @contextmanager
    def give_up(milliseconds):
        yield
        raise TimeLimitExceeded

    monkeypatch.setattr(read_rows, "time_limit", give_up)


def pages(client, query, rel="next"):
    """The customers of page after page, following the links to the next or the previous one."""
    url = query
    while url:
        page = client.get(URL + url).content.decode()
        yield [int(number) for number in LINK.findall(page)]
        link = re.search(rf'href="([^"]+)" rel="{rel}"', page)
        url = link and link[1].replace("&amp;", "&")


def mark_of_the_next(client, query):
    page = client.get(URL + query).content.decode()
    return re.search(r'href="[^"]*(after=[^"]+)" rel="next"', page)[1]


def test_those_whose_orders_came_in_later_are_found_along_the_order(as_mara, crowd):
    late = CustomerFactory.create_batch(60, created_at="2026-09-01T10:00Z")
    early = CustomerFactory.create_batch(3, created_at="2024-01-01T10:00Z")
    Customer.objects.filter(pk__in=[customer.pk for customer in late + early]).update(last_order_at="2024-05-05T10:00Z")
    shown = list(pages(as_mara, "?last_order_to=2024-12-31"))
    expected = [customer.pk for customer in [*late[::-1], *early[::-1]]]
    assert [pk for page in shown for pk in page] == expected
    last = f"?last_order_to=2024-12-31&{mark_of_the_next(as_mara, '?last_order_to=2024-12-31')}"
    assert list(pages(as_mara, last, "prev"))[::-1] == shown


@pytest.mark.parametrize("sort", KEYS)
def test_those_who_never_ordered_are_found_in_every_sort(as_mara, crowd, sort):
    Customer.objects.filter(orders_count=0).update(spent=0, last_order_at=None)
    never = sorted(Customer.objects.shoppers().filter(orders_count=0), key=KEYS[sort], reverse=sort != "name")
    (shown,) = pages(as_mara, f"?orders_max=0&sort={sort}")
    assert shown == [customer.pk for customer in never]


@pytest.mark.parametrize("sort", KEYS)
@pytest.mark.parametrize(("query", "condition"), VIEWS)
def test_pages_hold_everybody_once_and_in_sort(as_mara, crowd, query, condition, sort):
    assert_complete(as_mara, query.format(**crowd), condition, sort)


@pytest.mark.parametrize(("near", "farther"), [(3, 3), (3, 80), (80, 80)])
@pytest.mark.parametrize("sort", KEYS)
@pytest.mark.parametrize(("query", "condition"), VIEWS)
@pytest.mark.postgres
def test_pages_that_are_given_up_hold_the_same(
    as_mara, crowd, given_up, monkeypatch, query, condition, sort, near, farther
):
    monkeypatch.setattr(read_rows, "NEAR", near)
    monkeypatch.setattr(read_rows, "FARTHER", farther)
    assert_complete(as_mara, query.format(**crowd), condition, sort)


@pytest.mark.parametrize("sort", KEYS)
@pytest.mark.parametrize(("query", "condition"), VIEWS)
def test_without_the_planner_pages_hold_the_same(as_mara, crowd, settings, query, condition, sort):
    settings.LIST_PLANNER = False
    assert_complete(as_mara, query.format(**crowd), condition, sort)


def assert_complete(client, query, condition, sort):
    shown = list(pages(client, f"?{query}&sort={sort}"))
    expected = sorted(Customer.objects.shoppers().filter(**condition), key=KEYS[sort], reverse=sort != "name")
    assert [pk for page in shown for pk in page] == [customer.pk for customer in expected]


@pytest.mark.parametrize("sort", KEYS)
def test_going_back_shows_the_same_pages(as_mara, crowd, sort):
    query = f"?last_order_to=2026-06-30&spent_min=0&sort={sort}"
    shown, last = list(pages(as_mara, query)), query
    while link := re.search(r'href="([^"]+)" rel="next"', as_mara.get(URL + last).content.decode()):
        last = link[1].replace("&amp;", "&")
    assert list(pages(as_mara, last, "prev"))[::-1] == shown


@pytest.mark.postgres
@pytest.mark.parametrize("query", ["?type=private&consent=no&sort=name", "?q=jansen&sort=newest"])
def test_a_query_of_minutes_is_given_up_for_the_same_pages(as_mara, crowd, monkeypatch, query):
    shown = list(pages(as_mara, query))
    monkeypatch.setattr(read_rows, "time_limit", time_limit)
    monkeypatch.setattr(list_view.View, "ids_in_parts", lambda rows, count: sleep())
    assert [len(page) for page in shown] == [50, 50, 20]
    assert list(pages(as_mara, query)) == shown


def sleep():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(600)")
