"""A Redis that stops, dies and comes back empty, by a server of our own: limits hold, and used codes stay used."""

import logging
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import which

import pytest
from django.core.cache import caches
from django.test import Client

from accounts.security.factors import factor_with_code
from shopadmin.caches import RedisCache
from shopadmin.connection_urls import cache as cache_of
from shopadmin.models import CacheRow
from tests.accounts.second_factor import app_of, code_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("store")]
LOGGER = "shopadmin.caches"


class Redis:
    """A server on a free port, which keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.process = folder, None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def start(self) -> None:
        options = ["--port", str(self.port), "--save", "", "--bind", "127.0.0.1", "--dir", str(self.folder)]
        self.process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        for _try in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.05)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis(settings, monkeypatch, tmp_path) -> Iterator[Redis]:
    """The Redis that the shop counts in; the shop asks it again after each test at once."""
    if not which("redis-server"):
        pytest.skip("redis-server is not on this machine.")
    server = Redis(tmp_path)
    settings.CACHES = {"default": cache_of(f"redis://127.0.0.1:{server.port}/0")}
    monkeypatch.setattr(RedisCache, "away_until", float("-inf"))
    monkeypatch.setattr(RedisCache, "is_away", False)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def pause_is_over(monkeypatch):
    """Call it, and the shop asks Redis again."""
    return lambda: monkeypatch.setattr(RedisCache, "away_until", float("-inf"))


def guesses(email: str, times: int) -> list[int]:
    """How wrong passwords for an address are answered."""
    form = {"login": email, "password": "a wrong password"}
    return [Client().post("/account/sign-in/", form).status_code for _try in range(times)]


def stop(redis: Redis) -> None:
    redis.process.send_signal(signal.SIGSTOP)


@pytest.mark.parametrize("go_away", [stop, Redis.kill], ids=["stopped", "killed"])
def test_a_limit_holds_while_redis_is_away(redis, ines, pause_is_over, caplog, go_away):
    assert guesses(ines.email, 6) == [200] * 5 + [429]
    go_away(redis)
    with caplog.at_level(logging.WARNING, LOGGER):
        assert guesses(ines.email, 7) == [200] * 5 + [429] * 2
        pause_is_over()
        assert guesses(ines.email, 2) == [429] * 2
    assert [record.getMessage().partition(" (")[0] for record in caplog.records if record.name == LOGGER] == [
        "Redis does not answer"
    ]


def test_each_outage_is_told_and_redis_is_used_again_after_it(redis, pause_is_over, caplog):
    cache = caches["default"]
    with caplog.at_level(logging.WARNING, LOGGER):
        for _outage in range(2):
            redis.kill()
            cache.set("kept", "in the table")
            redis.start()
            pause_is_over()
            cache.set("kept", "in Redis")
            assert cache.redis.get("kept") == "in Redis"
    assert len([record for record in caplog.records if record.name == LOGGER]) == 2


def test_a_code_that_was_used_is_used_when_redis_comes_back_empty(redis, mara, pause_is_over):
    code = code_of(app_of(mara))
    assert factor_with_code(mara, code)
    redis.kill()
    assert factor_with_code(mara, code) is None
    redis.start()
    pause_is_over()
    assert factor_with_code(mara, code) is None
    assert CacheRow.objects.filter(pk__startswith="used:").exists()
