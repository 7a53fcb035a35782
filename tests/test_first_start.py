"""The first start of a shop: an empty SQLite file, and everything at once."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest

ROOT = Path(__file__).resolve().parents[1]
OWNER = {"DJANGO_SUPERUSER_EMAIL": "nora@shop.example", "DJANGO_SUPERUSER_PASSWORD": "a sentence that nobody guesses"}
# What a web server does for a first visitor.
VISIT = (
    "import shopadmin.wsgi; from django.test import Client;"
    "answer = Client(raise_request_exception=False).get('/', headers={'host': 'localhost'});"
    "print(answer.status_code, answer.content.decode())"
)
pytestmark = [pytest.mark.slow, pytest.mark.any_database]


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen]]:
    """`start("manage.py", "worker")`: a process of a shop that has nothing but an empty folder."""
    folder = mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
    address = {"DATABASE_URL": f"sqlite:///{folder}/shop.sqlite3", "DATA_DIR": folder, "EMAIL_URL": ""}
    environment = os.environ | address | OWNER | {"DJANGO_SETTINGS_MODULE": "shopadmin.settings"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    yield lambda *command: subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, **pipes)
    rmtree(folder)


def test_before_and_during_migrate_everything_waits_or_says_so(start):
    worker = start("manage.py", "worker")
    owner, visit = start("manage.py", "createsuperuser", "--noinput"), start("-c", VISIT)
    said, seen = owner.communicate()[0], visit.communicate()[0]
    assert (owner.returncode, said) == (
        1, "CommandError: The database is not migrated. Run `manage.py migrate` first.\n",
    )  # fmt: skip
    assert "503 " in seen
    assert "We will be right back" in seen
    migrate = start("manage.py", "migrate", "--verbosity", "0")
    assert (migrate.wait(), migrate.stdout.read()) == (0, "")
    waiting = json.loads(worker.stdout.readline())
    assert waiting["message"] == "The database is not migrated: the worker waits"
    assert worker.stdout.readline() == "The worker is ready.\n"
    worker.send_signal(signal.SIGTERM)
    rest = worker.communicate()[0]
    assert [text for text in (said, seen, rest) if "Traceback" in text] == []
    assert start("manage.py", "createsuperuser", "--noinput").wait() == 0
