"""A query that takes too long is given up on PostgreSQL, and nothing else is touched by the limit."""

import pytest
from django.db import connection, transaction
from django.db.models import Func, TextField
from django.test.utils import CaptureQueriesContext

from shopadmin.lists.planner.statement_timeout import TimeLimitExceeded, time_limit
from shopadmin.models import StoreSettings

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ENDLESS = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 1000000000) SELECT MAX(n) FROM s"
A_WHILE = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 2000000) SELECT MAX(n) FROM s"


def answer_to(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_a_quick_query_is_answered(store):
    with time_limit(2000):
        assert [settings.pk for settings in StoreSettings.objects.all()] == [store.pk]


def test_a_slow_query_is_given_up():
    with pytest.raises(TimeLimitExceeded), time_limit(20):
        answer_to(ENDLESS)


def test_what_comes_afterwards_has_all_the_time_it_needs():
    with pytest.raises(TimeLimitExceeded), time_limit(1):
        answer_to(ENDLESS)
    assert answer_to(A_WHILE) == [(2_000_000,)]


def test_an_open_transaction_goes_on(store):
    with transaction.atomic():
        StoreSettings.objects.update(name="Changed")
        with pytest.raises(TimeLimitExceeded), time_limit(1):
            answer_to(ENDLESS)
        assert answer_to(A_WHILE) == [(2_000_000,)]
    assert StoreSettings.objects.get().name == "Changed"


def test_the_limit_ends_with_the_query_in_an_open_transaction_too():
    with transaction.atomic():
        with time_limit(30):
            assert answer_to("SELECT 1") == [(1,)]
        assert answer_to(A_WHILE) == [(2_000_000,)]


def test_another_error_is_not_taken_for_it():
    with pytest.raises(Exception, match="no_such_table"), time_limit(2000):
        answer_to("SELECT * FROM no_such_table")


def test_what_may_be_given_up_is_sent_without_its_values(store):
    """PostgreSQL writes a query that is given up to its log as it was sent."""
    sent = Func(function="current_query", output_field=TextField())
    with time_limit(2000):
        queries = StoreSettings.objects.filter(name=store.name).values_list(sent, flat=True)
        assert ["$1" in query for query in queries] == [True]
        assert [store.name in query for query in queries] == [False]


@pytest.mark.parametrize("page", [f"{page}/?q=Vandermeulen+7" for page in ("customers", "orders", "mails")])
def test_no_query_of_a_search_that_may_be_given_up_names_anybody(as_mara, page):
    with CaptureQueriesContext(connection) as captured:
        as_mara.get(f"/backoffice/{page}")
    queries = [query["sql"] for query in captured]
    limited = [query for query in queries if "$1" in query]
    assert limited
    assert not [query for query in queries if "vandermeulen" in query and "LIMIT 51" in query]
