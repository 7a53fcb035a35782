"""`check --deploy` of a shop that is running: what its processes and its database have shown."""

import sys
import time
from datetime import timedelta
from threading import Event

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test import Client
from django.utils import timezone

from shopadmin import heartbeat
from shopadmin.connection_urls import cache as cache_of
from shopadmin.models import Host
from shopadmin.worker.housekeeping import keep_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(capsys):
    """Everything that `check --deploy` has to say."""

    def check() -> str:
        try:
            call_command("check", "--deploy", fail_level="WARNING")
        except SystemCheckError as error:
            return str(error)
        return ""

    return check


@pytest.fixture
def forwarded(monkeypatch) -> Event:
    """As when a process has just begun: no header was seen."""
    monkeypatch.setattr(heartbeat, "forwarded", event := Event())
    monkeypatch.setattr(connection, "close", lambda: None)  # that of the test
    return event


def on(name: str, monkeypatch) -> None:
    """From here on this process runs on another machine."""
    monkeypatch.setattr("socket.gethostname", lambda: name)


def seen(name: str, *, since: int, until: int) -> None:
    """A host that was at work from so many minutes ago to so many."""
    now = timezone.now()
    Host.objects.create(name=name, since=now - timedelta(minutes=since), seen_at=now - timedelta(minutes=until))


def test_sqlite_on_two_machines_at_once_is_refused(check, monkeypatch):
    for name in ("web-1", "worker-1"):
        on(name, monkeypatch)
        Host.sign()
    refused = (
        "(shopadmin.E006) The database is SQLite, and web server or worker run on several machines: web-1, worker-1"
    )
    assert (refused in check()) == (connection.vendor == "sqlite")


def test_a_container_that_took_the_place_of_another_is_no_second_machine(check):
    seen("before", since=300, until=60)
    seen("after", since=57, until=0)
    assert "E006" not in check()


def test_a_machine_that_was_silent_begins_anew(monkeypatch):
    seen("back-again", since=600, until=100)
    seen("meanwhile", since=90, until=30)
    on("back-again", monkeypatch)
    Host.sign()
    assert Host.objects.at_once() == []
    assert Host.objects.get(pk="back-again").since > timezone.now() - timedelta(minutes=1)


def test_what_was_not_seen_for_a_day_is_forgotten():
    seen("old", since=3000, until=1500)
    seen("new", since=3000, until=5)
    keep_house()
    assert [host.name for host in Host.objects.all()] == ["new"]


def test_redis_without_its_client_is_refused(check, monkeypatch, settings):
    settings.CACHES = {"default": cache_of("redis://127.0.0.1:1/0")}
    monkeypatch.setitem(sys.modules, "redis", None)
    assert "(shopadmin.E005) CACHE_URL names a Redis, but the Python package `redis` is not installed" in check()


def test_headers_of_a_proxy_are_warned_of_and_never_refused(check, settings, store, forwarded):
    Client().get("/", headers={"x-forwarded-for": "203.0.113.9"})
    assert heartbeat.show() is True
    assert "(shopadmin.W001) Requests came with headers of a proxy" in check().partition("WARNINGS:")[2]
    settings.TRUSTED_PROXIES = 1
    assert "shopadmin.W001" not in check()


def test_without_such_headers_or_behind_a_known_proxy_there_is_nothing_to_warn_of(check, settings, store, forwarded):
    Client().get("/")
    settings.TRUSTED_PROXIES = 1
    Client().get("/", headers={"x-forwarded-for": "203.0.113.9"})
    assert heartbeat.show() is False
    settings.TRUSTED_PROXIES = 0
    assert "shopadmin.W001" not in check()


def test_a_request_writes_nothing_of_it(store, forwarded, django_assert_num_queries):
    client = Client()
    client.get("/robots.txt")
    with django_assert_num_queries(0):
        client.get("/healthz", headers={"x-forwarded-proto": "https"})
    assert forwarded.is_set()


def test_each_process_writes_twice_at_most_however_many_headers_come(forwarded, monkeypatch):
    pauses = []
    monkeypatch.setattr(heartbeat, "show", forwarded.is_set)
    monkeypatch.setattr(forwarded, "wait", lambda pause: (pauses.append(("may be woken", pause)), forwarded.set()))

    def sleep(pause):
        pauses.append(("sleeps", pause))
        raise SystemExit

    monkeypatch.setattr(time, "sleep", sleep)
    with pytest.raises(SystemExit):
        heartbeat._go_on()
    assert pauses == [("may be woken", 60), ("sleeps", 60)]


def test_a_missing_trigger_of_the_history_is_refused(check):
    with connection.cursor() as cursor:
        table = " ON customers_customer" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER customers_customer_history_update{table}")
    said = check()
    assert "(customers.E001) Changes of customers are not written into their history" in said
    assert "lacks the triggers customers_customer_history_update." in said


def test_nothing_is_missing_after_migrate(check):
    assert "customers.E" not in check()
