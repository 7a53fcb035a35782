"""The table that limits are counted in."""

import pytest
from django.core.cache import cache

from shopadmin import caches
from shopadmin.connection_urls import cache as cache_of
from shopadmin.models import CacheRow

pytestmark = pytest.mark.django_db


def test_what_is_added_is_there_until_it_expires():
    assert cache.add("lock", True, timeout=10) is True
    assert cache.add("lock", False, timeout=10) is False
    assert cache.get("lock") is True
    CacheRow.objects.update(expires="2026-01-01T00:00Z")
    assert cache.get("lock") is None
    assert cache.add("lock", "anew", timeout=10) is True
    assert cache.get("lock") == "anew"


def test_values_are_set_touched_and_deleted():
    cache.set("a", [1.5], timeout=None)
    cache.set("a", [2.5], timeout=60)
    assert cache.get_many(["a", "b"]) == {"a": [2.5]}
    assert ("a" in cache, cache.touch("a", 5), cache.touch("b", 5)) == (True, True, False)
    assert (cache.delete("a"), cache.delete("a"), cache.get("a", "none")) == (True, False, "none")


def test_a_write_is_one_statement_however_many_rows_there_are(django_assert_num_queries):
    with django_assert_num_queries(1):
        cache.set("a", 1)
    with django_assert_num_queries(1):
        cache.add("a", 1)


def test_only_what_has_expired_is_dropped_when_there_is_much(monkeypatch):
    monkeypatch.setattr(caches, "TIDIED_EVERY", 2)
    cache.set("kept", 1, timeout=60)
    CacheRow.objects.bulk_create(CacheRow(cache_key=f"old-{n}", expires="2026-01-01T00:00Z") for n in range(50))
    cache.set("another", 1, timeout=60)
    cache.set("third", 1, timeout=60)
    assert sorted(CacheRow.objects.values_list("pk", flat=True)) == [":1:another", ":1:kept", ":1:third"]


def test_what_stands_in_the_address_counts():
    config = cache_of("redis://:secret@cache:6380/3?key_prefix=shop&timeout=30&socket_timeout=0.5")
    assert config == {
        "BACKEND": "shopadmin.caches.RedisCache", "LOCATION": "redis://:secret@cache:6380/3",
        "KEY_PREFIX": "shop", "TIMEOUT": 30, "OPTIONS": {"socket_timeout": 0.5},
    }  # fmt: skip
