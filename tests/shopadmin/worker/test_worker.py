"""The real process: `manage.py worker`."""

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from shopadmin.models import Mail, WorkerSeen
from tests.factories import MailFactory
from tests.shopadmin.worker.worker_process import becomes_true, cut_all_connections, worker_at

pytestmark = pytest.mark.slow
DELIVERED = "Emails: {} sent, 0 to be tried again, {} failed. Tasks: "


@pytest.fixture
def worker(transactional_db, tmp_path, store) -> Iterator[subprocess.Popen]:
    """A worker on the test database, ready to work; it writes mails as files."""
    with worker_at(tmp_path) as process:
        yield process


def is_delivered(mail: Mail) -> bool:
    return Mail.objects.filter(pk=mail.pk, state=Mail.State.SENT).exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_delivers_until_it_is_told_to_stop(worker, number):
    mail = MailFactory()
    assert becomes_true(lambda: is_delivered(mail))
    worker.send_signal(number)
    assert worker.wait(timeout=10) == 0
    assert worker.stdout.read().startswith(DELIVERED.format(1, 0))


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
    assert cut_all_connections() > 0
    mail = MailFactory()
    assert becomes_true(lambda: is_delivered(mail))
    assert worker.poll() is None


@pytest.mark.django_db
def test_once_empties_the_queue_and_says_what_it_did(capsys, mailoutbox, store):
    MailFactory.create_batch(2)
    MailFactory(subject="two\nlines")
    call_command("worker", "--once")
    assert capsys.readouterr().out.startswith(DELIVERED.format(2, 1))
    assert len(mailoutbox) == 2


def test_its_help_has_an_example(capsys):
    with pytest.raises(SystemExit):
        call_command("worker", "--help")
    assert "Example: manage.py worker --once" in capsys.readouterr().out


@pytest.mark.django_db
def test_mails_are_files_unless_there_is_a_mail_server(settings, store):
    settings.EMAIL_BACKEND = "shopadmin.mail.files.MailFiles"
    mail = MailFactory()
    call_command("worker", "--once")
    [file] = Path(settings.EMAIL_FILE_PATH).iterdir()
    assert file.suffix == ".eml"
    assert f"Message-ID: {mail.message_id}" in file.read_text()
