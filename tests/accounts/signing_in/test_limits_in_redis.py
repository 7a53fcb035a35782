"""CACHE_URL=redis://…: signing in while Redis is there, and while it is not."""

import os
import socket
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.test import Client

from shopadmin.caches import RedisCache
from shopadmin.connection_urls import cache as cache_of
from shopadmin.models import CacheRow
from tests.accounts.doors import is_signed_in, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")


@pytest.fixture
def redis(settings, monkeypatch):
    """A Redis that the shop counts in, under keys of this test's own."""
    settings.CACHES = {"default": cache_of(f"{REDIS}?key_prefix=shopadmin-test-{uuid4().hex}")}
    monkeypatch.setattr(RedisCache, "away_until", float("-inf"))
    cache = caches["default"]
    if cache.trouble():
        pytest.skip(f"No Redis answers at {REDIS} (TEST_REDIS_URL).")
    yield cache
    client = cache.redis._cache.get_client()
    if keys := client.keys(f"{cache.key_prefix}*"):
        client.delete(*keys)


@pytest.fixture
def dead_redis(settings, monkeypatch):
    """A CACHE_URL at which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.CACHES = {"default": cache_of(f"redis://127.0.0.1:{taken.getsockname()[1]}/0")}
        monkeypatch.setattr(RedisCache, "away_until", float("-inf"))
        yield


def guesses(email: str, times: int) -> list[int]:
    """How wrong passwords for an address are answered."""
    form = {"login": email, "password": "a wrong password"}
    return [Client().post("/account/sign-in/", form).status_code for _try in range(times)]


def test_limits_are_counted_in_redis(redis, ines):
    assert guesses(ines.email, 7) == [200] * 5 + [429] * 2
    assert not CacheRow.objects.exists()


def test_people_sign_in(redis, client, ines):
    sign_in(client, ines.email)
    assert is_signed_in(client, ines)


def test_readyz_says_that_it_answers(redis, client):
    assert client.get("/readyz").json()["cache"] == "ok"


def test_without_it_people_sign_in(dead_redis, client, ines):
    sign_in(client, ines.email)
    assert is_signed_in(client, ines)


def test_without_it_limits_are_counted_in_the_database(dead_redis, ines):
    assert guesses(ines.email, 7) == [200] * 5 + [429] * 2
    assert CacheRow.objects.exists()


def test_without_it_readyz_says_so_and_stays_ready(dead_redis, client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()["cache"]) == (200, "away: limits are counted in the database")


def test_it_is_asked_again_after_a_while(redis, ines, monkeypatch):
    monkeypatch.setattr(RedisCache, "away_until", float("inf"))
    redis.set("a", 1)
    assert redis.redis.get("a") is None
    monkeypatch.setattr(RedisCache, "away_until", float("-inf"))
    redis.set("a", 2)
    assert redis.redis.get("a") == 2


def test_without_its_client_people_sign_in(dead_redis, client, ines, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "redis", None)
    sign_in(client, ines.email)
    assert is_signed_in(client, ines)
