"""What every process must share for a while, limits above all: rows of a table, or Redis with that table behind it."""

import base64
import logging
import pickle
import time
from collections.abc import Iterable
from datetime import timedelta
from itertools import count

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.redis import RedisCache as DjangoRedisCache
from django.core.cache.backends.redis import RedisCacheClient
from django.db import connection
from django.db.models.functions import Now

from shopadmin.models import CacheRow

NEVER = timedelta(days=100 * 365)
# By the database's clock: now, and in so many seconds.
NOW = {"postgresql": "STATEMENT_TIMESTAMP()", "sqlite": "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'now')"}
IN_SECONDS = {
    "postgresql": "STATEMENT_TIMESTAMP() + make_interval(secs => %s)",
    "sqlite": "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'now', %s || ' seconds')",
}
PUT = (
    "INSERT INTO cache (cache_key, value, expires) VALUES (%s, %s, {in_seconds})"
    " ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"
)
TIDIED_EVERY = 1000  # writes of a process
# Seconds for Redis, which answers within a thousandth or not at all: no page waits longer for it.
PATIENCE = {"socket_connect_timeout": 0.3, "socket_timeout": 0.5}
LEFT_ALONE = 5  # seconds after Redis has failed

log = logging.getLogger(__name__)


class DatabaseCache(BaseCache):
    """Rows of a table; only what has expired is ever dropped.

    Django's counts all rows at each write, drops limits that hold when there are many, and says "taken" when a
    write fails.
    """

    writes = count(1)

    def __init__(self, table: str, params: dict) -> None:
        super().__init__(params)

    def get(self, key, default=None, version=None):
        return self.get_many([key], version).get(key, default)

    def get_many(self, keys: Iterable[str], version=None) -> dict:
        names = {self.make_and_validate_key(key, version=version): key for key in keys}
        rows = CacheRow.objects.filter(pk__in=names, expires__gt=Now()).values_list("pk", "value")
        return {names[name]: pickle.loads(base64.b64decode(value)) for name, value in rows}

    def has_key(self, key, version=None) -> bool:
        return key in self.get_many([key], version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        return self._put(PUT, key, value, timeout, version)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        """Set what is not there; whoever adds the same at the same moment is told that it is."""
        return self._put(f"{PUT} WHERE cache.expires <= {{now}}", key, value, timeout, version)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        rows = CacheRow.objects.filter(pk=self.make_and_validate_key(key, version=version), expires__gt=Now())
        return bool(rows.update(expires=Now() + self._lasts(timeout)))

    def delete(self, key, version=None) -> bool:
        deleted, _of_each = CacheRow.objects.filter(pk=self.make_and_validate_key(key, version=version)).delete()
        return bool(deleted)

    def clear(self) -> None:
        CacheRow.objects.all().delete()

    def _put(self, sql: str, key, value, timeout, version) -> bool:
        if next(self.writes) % TIDIED_EVERY == 0:
            CacheRow.objects.forget_expired()
        written = base64.b64encode(pickle.dumps(value)).decode()
        name, seconds = self.make_and_validate_key(key, version=version), self._lasts(timeout).total_seconds()
        now, in_seconds = NOW[connection.vendor], IN_SECONDS[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(sql.format(in_seconds=in_seconds, now=now), [name, written, seconds])
            return cursor.rowcount > 0

    def _lasts(self, timeout) -> timedelta:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return NEVER if seconds is None else timedelta(seconds=seconds)


class RedisCache(BaseCache):
    """Redis; while it does not answer, the table: limits go on, and nobody is kept from signing in.

    Counts do not move from one to the other: an outage gives whoever guesses one more budget when it begins, and one
    more when it ends.
    """

    away_until = float("-inf")
    is_away = False

    def __init__(self, server: str, params: dict) -> None:
        super().__init__(params)
        options = PATIENCE | params.get("OPTIONS", {})
        self.redis = DjangoRedisCache(server, params | {"OPTIONS": options})
        self.redis._class = _Client
        self.table = DatabaseCache("", params)

    def get(self, key, default=None, version=None):
        return self._ask("get", key, default, version)

    def get_many(self, keys, version=None) -> dict:
        return self._ask("get_many", list(keys), version)

    def has_key(self, key, version=None) -> bool:
        return self._ask("has_key", key, version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> None:
        self._ask("set", key, value, timeout, version)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        return self._ask("add", key, value, timeout, version)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        return self._ask("touch", key, timeout, version)

    def delete(self, key, version=None) -> bool:
        return self._ask("delete", key, version)

    def clear(self) -> None:
        self._ask("clear")

    def trouble(self) -> str:
        """What is wrong with Redis now, however long ago it was last asked; nothing where it takes what we write."""
        try:
            self.redis.set("readyz", 1, timeout=1)
        except Exception as error:
            _expect(error)
            return "read-only" if type(error).__name__ == "ReadOnlyError" else "away"
        return ""

    def _ask(self, verb: str, *args):
        if time.monotonic() >= self.away_until:
            try:
                answer = getattr(self.redis, verb)(*args)
            except Exception as error:
                _expect(error)
                self._leave_alone(error)
            else:
                type(self).is_away = False
                return answer
        return getattr(self.table, verb)(*args)

    @classmethod
    def _leave_alone(cls, error: Exception) -> None:
        """Ask the table alone for a while; an outage is told once, however long it lasts."""
        if not cls.is_away:
            log.warning("Redis does not answer (%s): limits are counted in the database", type(error).__name__)
        cls.is_away, cls.away_until = True, time.monotonic() + LEFT_ALONE


class _Client(RedisCacheClient):
    def __init__(self, servers: list[str], **options) -> None:
        # Reason: a shop without Redis does not load its client.
        from redis import ConnectionError
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        # Once more at once: a connection that was kept is a dead one after Redis has been started anew. Not so one
        # that takes too long: Redis will not be quicker the second time.
        once_more = Retry(NoBackoff(), 1, supported_errors=(ConnectionError,))
        super().__init__(servers, **{"retry": once_more} | options)


def _expect(error: Exception) -> None:
    """Raise what is not the fault of Redis, or of its client not being there."""
    if isinstance(error, ImportError):
        return
    # Reason: a shop without Redis does not load its client.
    from redis import RedisError

    if not isinstance(error, RedisError | OSError):
        raise error
