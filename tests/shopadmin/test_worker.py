"""The real process: `manage.py worker`."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from shopadmin.models import Mail, WorkerSeen
from tests.factories import MailFactory

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


def address_of_the_database() -> str:
    """The test database as DATABASE_URL."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    person = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
    return f"postgres://{person}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"


def becomes_true(question: Callable[[], object]) -> bool:
    """Whether the answer is yes within twenty seconds."""
    deadline = time.monotonic() + 20
    while not (answer := question()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return bool(answer)


@pytest.fixture
def worker(transactional_db, tmp_path, store) -> Iterator[subprocess.Popen]:
    """A worker on the test database, ready to work; it writes mails as files."""
    environment = os.environ | {"DATABASE_URL": address_of_the_database(), "DATA_DIR": str(tmp_path), "EMAIL_URL": ""}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "The worker is ready.\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def is_delivered(mail: Mail) -> bool:
    return Mail.objects.filter(pk=mail.pk, state=Mail.State.SENT).exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_delivers_until_it_is_told_to_stop(worker, number):
    mail = MailFactory()
    assert becomes_true(lambda: is_delivered(mail))
    worker.send_signal(number)
    assert worker.wait(timeout=10) == 0
    assert worker.stdout.read() == "Mails: 1 delivered, 0 to be tried again, 0 refused for good.\n"


def test_it_signs_that_it_is_alive_and_readyz_says_so(worker, client):
    assert becomes_true(WorkerSeen.objects.exists)
    seen_at = client.get("/readyz").json()["worker"]
    assert seen_at.startswith(f"{WorkerSeen.objects.get().seen_at:%Y-%m-%dT%H:%M:%S}")


def test_what_a_killed_worker_had_claimed_is_delivered_by_the_next(worker):
    worker.kill()
    worker.wait()
    mail = MailFactory(state=Mail.State.SENDING, claimed_at="2026-01-01T00:00Z", tries=1)
    call_command("worker", "--once")
    assert is_delivered(mail)


@pytest.mark.postgres
def test_it_goes_on_when_its_connections_are_cut(worker):
    assert becomes_true(WorkerSeen.objects.exists)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] > 0
    mail = MailFactory()
    assert becomes_true(lambda: is_delivered(mail))
    assert worker.poll() is None


@pytest.mark.django_db
def test_once_empties_the_queue_and_says_what_it_did(capsys, mailoutbox, store):
    MailFactory.create_batch(2)
    MailFactory(subject="two\nlines")
    call_command("worker", "--once")
    assert capsys.readouterr().out == "Mails: 2 delivered, 0 to be tried again, 1 refused for good.\n"
    assert len(mailoutbox) == 2


def test_its_help_has_an_example(capsys):
    with pytest.raises(SystemExit):
        call_command("worker", "--help")
    assert "Example: manage.py worker --once" in capsys.readouterr().out


@pytest.mark.django_db
def test_mails_are_files_unless_there_is_a_mail_server(settings, store):
    settings.EMAIL_BACKEND = "shopadmin.mail_files.MailFiles"
    mail = MailFactory()
    call_command("worker", "--once")
    [file] = Path(settings.EMAIL_FILE_PATH).iterdir()
    assert file.suffix == ".eml"
    assert f"Message-ID: {mail.message_id}" in file.read_text()
