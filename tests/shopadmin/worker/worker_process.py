"""Real workers on the test database."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from shopadmin.models import WorkerSeen

ROOT = Path(__file__).resolve().parents[3]


def address_of_the_database() -> str:
    """The test database as DATABASE_URL."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    person = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
    return f"postgres://{person}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"


@contextmanager
def worker_at(folder: Path, email_url: str = "") -> Iterator[subprocess.Popen]:
    """A worker on the test database, ready to work; it writes its files below `folder`, its mails too by default."""
    addresses = {"DATABASE_URL": address_of_the_database(), "EMAIL_URL": email_url}
    environment = os.environ | addresses | {"DATA_DIR": str(folder)}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "The worker is ready.\n"
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def becomes_true(question: Callable[[], object]) -> bool:
    """Whether the answer is yes within a minute, which a busy machine may need."""
    deadline = time.monotonic() + 60
    while not (answer := question()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return bool(answer)


def cut_all_connections() -> int:
    """End every other connection to the database (PostgreSQL); returns how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def let_time_pass(**time_passed: int) -> None:
    """Let the queue of tasks believe that the workers were silent for so long."""
    past = timezone.now() - timedelta(**time_passed)
    WorkerSeen.objects.update(seen_at=past)
    DBTaskResult.objects.running().update(started_at=past)
