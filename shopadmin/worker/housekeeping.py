"""What has to be tidied once in a while, by whichever worker comes to it."""

import logging
from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection

from shopadmin.lists.search_index import forget_deleted_texts
from shopadmin.mail.delivery import forget_bodies
from shopadmin.mail.files import forget_old_files
from shopadmin.models import CacheRow, Host
from shopadmin.staff_log.retention import forget_old_entries
from shopadmin.storage.areas import AREAS
from shopadmin.storage.private_files import close_to_others
from shopadmin.store.pictures import forget_unused_files
from shopadmin.worker.task_runner import forget_tasks

LAST_LOOK = "last-look-at-tables"  # pages of the database, and tables with statistics
WAS_LOOKED_AT = "SELECT COUNT(*) FROM sqlite_master WHERE name = 'sqlite_stat1'"
LOOKED_AT = "SELECT COUNT(DISTINCT tbl) FROM sqlite_stat1"

log = logging.getLogger(__name__)


def forget_sessions() -> None:
    """Delete the sessions that ended by themselves."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def forget_cached() -> None:
    """Delete the cached values that nobody will ask for again."""
    CacheRow.objects.forget_expired()


def forget_hosts() -> None:
    """Delete the machines on which nothing runs any more."""
    Host.objects.forget_silent()


def close_folders() -> None:
    """Close folders that an earlier release left open: what lies in them is about people."""
    for name in (*AREAS, "mails"):
        close_to_others(settings.DATA_DIR / name, 0o700)


def look_at_tables() -> None:
    """Let SQLite count what its indexes lead to, once it has grown by half or `migrate` has remade a table.

    PostgreSQL does so by itself; SQLite guesses, and reads by the wrong index. It takes 0.7 s at 100,000 customers.
    """
    if connection.vendor != "sqlite":
        return
    size, last = _counted("SELECT page_count FROM pragma_page_count"), cache.get(LAST_LOOK)
    if last is None or size > 1.5 * last[0] or not _counted(WAS_LOOKED_AT) or _counted(LOOKED_AT) < last[1]:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        cache.set(LAST_LOOK, (size, _counted(LOOKED_AT)), timeout=None)


def _counted(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


# The apps above add theirs when they are ready. A chore can be done twice, or by two workers at once, without harm.
chores: list[Callable] = [
    forget_sessions,
    forget_cached,
    forget_hosts,
    forget_bodies,
    forget_old_files,
    forget_tasks,
    forget_unused_files,
    forget_deleted_texts,
    forget_old_entries,
    close_folders,
    look_at_tables,
]


def keep_house() -> None:
    """Do every chore; one that fails does not keep the others from being done."""
    for chore in chores:
        try:
            chore()
        except Error:
            raise
        except Exception:
            log.exception("The chore %s failed", chore.__name__)
