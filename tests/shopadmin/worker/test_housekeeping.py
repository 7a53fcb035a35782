from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import cache
from django.db import Error, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shopadmin.models import CacheRow
from shopadmin.worker import housekeeping
from shopadmin.worker.housekeeping import keep_house

pytestmark = pytest.mark.django_db


def test_cached_values_that_ran_out_are_deleted():
    cache.set("old", 1, timeout=60)
    CacheRow.objects.update(expires=timezone.now() - timedelta(minutes=1))
    cache.set("young", 1, timeout=60)
    keep_house()
    assert (cache.get("old"), cache.get("young")) == (None, 1)
    assert not CacheRow.objects.filter(cache_key=":1:old").exists()


def test_a_chore_that_fails_does_not_keep_the_others(monkeypatch):
    done = []
    monkeypatch.setattr(housekeeping, "chores", [lambda: 1 / 0, lambda: done.append("tidied")])
    keep_house()
    assert done == ["tidied"]


def test_a_database_that_is_away_ends_the_round(monkeypatch):
    def away():
        raise Error("away")

    monkeypatch.setattr(housekeeping, "chores", [away])
    with pytest.raises(Error):
        keep_house()


def test_sessions_that_ended_by_themselves_are_deleted(as_ines, client, settings):
    store: SessionBase = client.session
    keep_house()
    assert store.exists(store.session_key)
    type(store)().model.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    keep_house()
    assert not store.exists(store.session_key)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks at its tables by itself")
def test_sqlite_knows_its_tables_again_once_some_were_remade(store):
    keep_house()
    assert statistics_of("shopadmin_storesettings") == 1
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl = 'shopadmin_storesettings'")
    keep_house()
    assert statistics_of("shopadmin_storesettings") == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks at its tables by itself")
def test_a_new_database_beside_an_old_cache_is_looked_at(store):
    keep_house()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE sqlite_stat1")
    keep_house()
    assert statistics_of("shopadmin_storesettings") == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks at its tables by itself")
def test_sqlite_is_not_kept_busy_with_what_it_knows(store):
    keep_house()
    with CaptureQueriesContext(connection) as asked:
        keep_house()
    assert [query["sql"] for query in asked if query["sql"] == "ANALYZE"] == []


def statistics_of(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM sqlite_stat1 WHERE tbl = %s", [table])
        return cursor.fetchone()[0]
