"""DATABASE_URL and CACHE_URL as Django's settings want them: our defaults, and whatever the address says itself."""

import re
from urllib.parse import quote, urlencode

from django.core.exceptions import ImproperlyConfigured
from environ import Env

# To open a connection and set it up takes 2 ms on SQLite, and longer on PostgreSQL.
KEPT = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;"
SQLITE_OPTIONS = {"timeout", "transaction_mode", "init_command", "isolation_level", "cached_statements"}
# Those that SQLite reads in the name of the file (https://www.sqlite.org/uri.html).
SQLITE_FILE_OPTIONS = {"mode", "cache", "immutable", "vfs", "nolock", "psow"}

SHORT = re.compile(r"^(locmem|dummy)(?=:)")
CACHES = {
    "django.core.cache.backends.db.DatabaseCache": "shopadmin.caches.DatabaseCache",
    "django.core.cache.backends.redis.RedisCache": "shopadmin.caches.RedisCache",
}


def database(url: str) -> dict:
    """What DATABASE_URL names; each option that stands in it counts more than our own."""
    config = Env.db_url_config(url)
    given = config.pop("OPTIONS", {})
    if config["ENGINE"] == "django.db.backends.sqlite3":
        return KEPT | config | _sqlite(config["NAME"], given)
    # A pooler gives each transaction another connection, on which a cursor opened before would not be known.
    return KEPT | {"DISABLE_SERVER_SIDE_CURSORS": True} | config | {"OPTIONS": {"connect_timeout": 5} | given}


def _sqlite(name: str, given: dict) -> dict:
    if unknown := set(given) - SQLITE_OPTIONS - SQLITE_FILE_OPTIONS:
        raise ImproperlyConfigured(f"DATABASE_URL: SQLite has no option {', '.join(sorted(unknown))}.")
    if of_file := {option: given.pop(option) for option in SQLITE_FILE_OPTIONS & set(given)}:
        name = f"file:{quote(name)}?{urlencode(of_file)}"
    # IMMEDIATE: a transaction that reads before it writes must not die of "database is locked".
    # FULL: an order confirmed on screen survives a power cut.
    options = {"timeout": 20, "transaction_mode": "IMMEDIATE"} | given
    return {"NAME": name, "OPTIONS": options | {"init_command": f"{PRAGMAS} {given.get('init_command', '')}".strip()}}


def cache(url: str) -> dict:
    """What CACHE_URL names, in the classes of ours that stand in for Django's."""
    # The library leaves `key_prefix` and `timeout` of a Redis in small letters, where Django does not look for them.
    config = {name.upper(): value for name, value in Env.cache_url_config(SHORT.sub(r"\1cache", url)).items()}
    return config | {"BACKEND": CACHES.get(config["BACKEND"], config["BACKEND"])}
