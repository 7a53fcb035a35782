"""What Prometheus is told; `make faults` asks real processes, one of them killed."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import Error, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from prometheus_client import REGISTRY, generate_latest

from shopadmin.management.commands.metrics import registry
from shopadmin.metrics.request_times import FOLDER, empty_folder, time_requests
from shopadmin.models import Mail, WorkerSeen
from tests.factories import MailFactory
from tests.style import ROOT

COUNT = "shopadmin_request_seconds_count"


@pytest.fixture
def told(monkeypatch):
    """`told()`: every line that has a value, without those of requests."""
    monkeypatch.setattr(connection, "close", lambda: None)  # that of the test

    def told() -> dict[str, float]:
        lines = [line for line in generate_latest(registry()).decode().splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}

    return told


@pytest.fixture
def counting(monkeypatch, tmp_path, settings):
    """Requests are counted from here on."""
    monkeypatch.setenv(FOLDER, str(tmp_path))


def counted(route: str, method: str = "GET", status: int = 200) -> float:
    return REGISTRY.get_sample_value(COUNT, {"route": route, "method": method, "status": str(status)}) or 0


def test_requests_are_counted_by_route_method_and_status(counting, client, store):
    before = [counted("/order/<str:token>/", status=404), counted("/robots.txt"), counted("none", status=404)]
    client.get("/order/a-key-that-opens-something/")
    client.get("/robots.txt")
    client.get("/nowhere/ines@post.example/")
    after = [counted("/order/<str:token>/", status=404), counted("/robots.txt"), counted("none", status=404)]
    assert after == [number + 1 for number in before]
    assert "ines" not in generate_latest(REGISTRY).decode()


def test_a_method_that_nobody_knows_makes_no_series_of_its_own(counting):
    answer = time_requests(lambda request: HttpResponse(status=405))
    before = counted("none", "other", 405)
    for method in ("ONE", "TWO"):
        answer(RequestFactory().generic(method, "/"))
    assert counted("none", "other", 405) == before + 2
    assert 'method="ONE"' not in generate_latest(REGISTRY).decode()


@pytest.mark.any_database
def test_nobody_loads_the_library_where_nobody_counts():
    asked = "import sys, django; django.setup(); import shopadmin.wsgi; print('prometheus_client' in sys.modules)"
    command = [sys.executable, "-c", asked]
    environment = {"DJANGO_SETTINGS_MODULE": "shopadmin.settings", "PATH": ""}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_start_begins_with_an_empty_folder(monkeypatch, tmp_path):
    monkeypatch.setenv(FOLDER, str(tmp_path / "made"))
    empty_folder()
    (tmp_path / "made" / "histogram_17.db").touch()
    empty_folder()
    assert list((tmp_path / "made").iterdir()) == []


def test_an_idle_shop(told, db):
    assert told() == {
        "shopadmin_database_up": 1, "shopadmin_workers": 0,
        **{f'shopadmin_mails{{state="{state}"}}': 0 for state in ("due", "paused", "sending")},
        **{f'shopadmin_tasks{{state="{state}"}}': 0 for state in ("ready", "running", "failed")},
        "shopadmin_mails_due_seconds": 0, "shopadmin_tasks_ready_seconds": 0,
        **{f'shopadmin_trouble{{report="{name}"}}': 0 for name in ("storage", "mail", "history", "erasure_log")},
    }  # fmt: skip


def test_lengths_and_ages_of_the_queues(told, db, settings):
    ago = timezone.now() - timedelta(hours=1)
    MailFactory(state=Mail.State.QUEUED, try_at=ago)
    MailFactory(state=Mail.State.QUEUED, try_at=timezone.now() + timedelta(hours=1))
    MailFactory(state=Mail.State.SENT)
    WorkerSeen.objects.create(pk="7c7dfb3e-58c0-4a10-b5c5-5bb7fd1b0a55", seen_at=ago)
    settings.ERASURE_LOG = settings.DATA_DIR
    now = told()
    assert [now[f'shopadmin_mails{{state="{state}"}}'] for state in ("due", "paused", "sending")] == [1, 1, 0]
    assert now["shopadmin_mails_due_seconds"] == pytest.approx(3600, abs=60)
    assert now["shopadmin_worker_seen_seconds"] == pytest.approx(3600, abs=60)
    assert (now["shopadmin_workers"], now['shopadmin_trouble{report="erasure_log"}']) == (0, 1)


def test_a_database_that_is_away_is_told_of(told, monkeypatch):
    def refuse(*args, **kwargs):
        raise Error("away")

    monkeypatch.setattr(connection, "cursor", refuse)
    assert told() == {"shopadmin_database_up": 0}


def test_a_port_that_cannot_be_had_is_named(settings):
    settings.METRICS_HOST, settings.METRICS_PORT = "192.0.2.1", 9108
    with pytest.raises(CommandError, match=r"METRICS_PORT 9108 of METRICS_HOST 192\.0\.2\.1 cannot be had"):
        call_command("metrics")


def test_without_a_port_nothing_is_served_and_the_setting_is_named(settings):
    assert settings.METRICS_PORT == 0
    with pytest.raises(CommandError, match="METRICS_PORT is not set"):
        call_command("metrics")
