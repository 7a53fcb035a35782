"""A query that takes too long is given up, and nothing else is touched by the limit."""

import pytest
from django.db import connection, transaction

from shopadmin.models import StoreSettings
from shopadmin.time_limit import TookTooLong, time_limit

ENDLESS = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 1000000000) SELECT MAX(n) FROM s"
A_WHILE = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 2000000) SELECT MAX(n) FROM s"


def answer_to(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.mark.django_db(transaction=True)
def test_a_quick_query_is_answered(store):
    with time_limit(2000):
        assert [settings.pk for settings in StoreSettings.objects.all()] == [store.pk]


@pytest.mark.django_db(transaction=True)
def test_a_slow_query_is_given_up():
    with pytest.raises(TookTooLong), time_limit(20):
        answer_to(ENDLESS)


@pytest.mark.django_db(transaction=True)
def test_what_comes_afterwards_has_all_the_time_it_needs():
    with pytest.raises(TookTooLong), time_limit(1):
        answer_to(ENDLESS)
    assert answer_to(A_WHILE) == [(2_000_000,)]


@pytest.mark.django_db(transaction=True)
def test_an_open_transaction_goes_on(store):
    with transaction.atomic():
        StoreSettings.objects.update(name="Changed")
        with pytest.raises(TookTooLong), time_limit(1):
            answer_to(ENDLESS)
        assert answer_to(A_WHILE) == [(2_000_000,)]
    assert StoreSettings.objects.get().name == "Changed"


@pytest.mark.django_db(transaction=True)
def test_the_limit_ends_with_the_query_in_an_open_transaction_too():
    with transaction.atomic():
        with time_limit(30):
            assert answer_to("SELECT 1") == [(1,)]
        assert answer_to(A_WHILE) == [(2_000_000,)]


@pytest.mark.django_db(transaction=True)
def test_another_error_is_not_taken_for_it():
    with pytest.raises(Exception, match="no_such_table"), time_limit(2000):
        answer_to("SELECT * FROM no_such_table")
