"""The database of the tests: migrated once a run, and copied for each process that shares in it."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from shopadmin import connection_settings
from tests.cutting import cut


def name_original() -> None:
    """Name what is copied; on SQLite it is a file, which threads and processes share as they would a shop's."""
    known = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        folder = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(tempfile.gettempdir())
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", os.getpid())
        known["TEST"]["NAME"] = str(folder / f"shopadmin-test-{run}.sqlite3")
    else:
        known["TEST"]["NAME"] = f"test_{known['NAME']}"


def take_copy(process: str, folder: Path) -> None:
    """Have this process work on a copy of its own; the first one migrates, and `folder` is where they all see that."""
    creation = connection.creation
    with one_at_a_time(folder):
        if not has_copies(folder):
            creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        (folder / f"copy-of-{process}").touch()
        use(settings.DATABASES["default"]["TEST"]["NAME"])
        creation.clone_test_db(process, verbosity=0)
        use(creation.get_test_db_clone_settings(process)["NAME"])
        connection_settings.write_settings()  # PostgreSQL keeps them beside the database: they are not copied with it


def destroy_copy(process: str, folder: Path) -> None:
    """Destroy the copy of this process; the last one takes the original with it."""
    with one_at_a_time(folder):
        if connection.vendor == "postgresql":
            cut()  # a statement goes on after the process that sent it was killed, and keeps its database in use
        connection.creation.destroy_test_db(verbosity=0)
        (folder / f"copy-of-{process}").unlink()
        if not has_copies(folder):
            use(settings.DATABASES["default"]["TEST"]["NAME"])
            connection.creation.destroy_test_db(verbosity=0)


def use(name: str) -> None:
    """Connect to the database of that name from now on, in other threads too."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def has_copies(folder: Path) -> bool:
    return any(folder.glob("copy-of-*"))


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """While it lasts, the other processes wait here."""
    with (folder / "database.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
