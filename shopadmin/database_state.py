"""What is wrong when nothing can be saved: the database takes no changes or is not migrated, a disk is full."""

import errno
import os
import sys
from collections.abc import Iterator
from functools import cache

from django.db import InterfaceError, InternalError, OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

# PostgreSQL's codes of errors, and SQLite's words for the same.
READ_ONLY, FULL, NO_SUCH_TABLE, NO_SUCH_COLUMN = "25006", "53100", "42P01", "42703"
# Trouble with the connection, a server that ends or starts, too many connections, a transaction that was idle too long.
GONE = ("08", "57P", "53300", "25P03")
# A lock that was not had, a statement that took too long, locks in a circle.
BUSY = ("55P03", "57014", "40P01")
OF_SQLITE = {
    READ_ONLY: "attempt to write a readonly database",
    FULL: "database or disk is full",
    NO_SUCH_TABLE: "no such table",
    NO_SUCH_COLUMN: "no such column",
}


def takes_changes() -> bool:
    """Whether anything could be written now; a database where somebody else writes just now can be."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT current_setting('transaction_read_only')")
            return cursor.fetchone()[0] == "off"
        return _sqlite_takes_changes(cursor)


def missing_migrations() -> set[tuple[str, str]]:
    """What this release expects to be applied, and is not.

    One that replaces others is, once they all are: `migrate` will have nothing to do but to write that down.
    """
    applied = set(MigrationRecorder(connection).applied_migrations())
    missing = {key: replaced for key, replaced in _migrations_on_disk().items() if key not in applied}
    return {key for key, replaced in missing.items() if not replaced or replaced - applied}


def is_read_only(error: BaseException | None) -> bool:
    """Whether something failed because the database takes no changes: a standby, a file that can only be read."""
    return any(_is(READ_ONLY, one) for one in _with_causes(error))


def is_full(error: BaseException | None) -> bool:
    """Whether something failed because a disk is full, the database's or our own."""
    full = {errno.ENOSPC, errno.EDQUOT}
    return any(_is(FULL, one) or isinstance(one, OSError) and one.errno in full for one in _with_causes(error))


def is_away(error: BaseException | None) -> bool:
    """Whether something failed because the database was not to be had, or the connection was cut meanwhile."""
    kinds = (OperationalError, InterfaceError, InternalError)
    return any(isinstance(one, kinds) and _is_of_the_connection(one) for one in _with_causes(error))


def is_passing(error: BaseException) -> bool:
    """Whether the database or the connection to it failed, and not what was asked of it: it may be asked again.

    Behind a pooler, a connection that is cut within a transaction is an internal error.
    """
    return isinstance(error, (OperationalError, InterfaceError)) or is_away(error)


def is_busy(error: BaseException | None) -> bool:
    """Whether something was given up because others held it up for too long."""
    return any(
        isinstance(one, OperationalError) and (_code_of(one) in BUSY or "database is locked" in str(one))
        for one in _with_causes(error)
    )


def is_not_migrated(error: BaseException | None) -> bool:
    """Whether something failed for want of a table or column that a migration would make."""
    kinds = (NO_SUCH_TABLE, NO_SUCH_COLUMN)
    return any(_is(kind, one) for one in _with_causes(error) for kind in kinds) and bool(missing_migrations())


def migrate_first() -> str:
    """What a command says that came too early."""
    return f"The database is not migrated. Run `{os.path.basename(sys.argv[0])} migrate` first."


def trouble(error: BaseException) -> str:
    """What is wrong with the database, in words for whoever runs the shop."""
    if is_read_only(error):
        return "The database takes no changes"
    if is_full(error):
        return "The disk is full"
    return f"The database is away ({type(error).__name__})"


def _sqlite_takes_changes(cursor) -> bool:
    timeout = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
    cursor.execute("PRAGMA busy_timeout = 0")
    try:
        cursor.execute("UPDATE cache SET expires = expires WHERE 1 = 0")
    except OperationalError as error:
        return not is_read_only(error)
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {timeout}")
    return True


@cache
def _migrations_on_disk() -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Each with those that it replaces."""
    return {key: set(migration.replaces) for key, migration in MigrationLoader(None).disk_migrations.items()}


def _is(kind: str, error: BaseException) -> bool:
    return getattr(error, "sqlstate", "") == kind or OF_SQLITE[kind] in str(error)


def _is_of_the_connection(error: BaseException) -> bool:
    code = _code_of(error)
    return code is None or code.startswith(GONE) or "unable to open database file" in str(error)


def _code_of(error: BaseException) -> str | None:
    # psycopg knows no code of what the server did not say itself; SQLite has no codes.
    return getattr(error.__cause__, "sqlstate", "")


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__
