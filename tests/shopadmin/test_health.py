from datetime import timedelta

import psycopg
import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from psycopg.errors import AdminShutdown, LockNotAvailable
from redis import ReadOnlyError, TimeoutError

from shopadmin.caches import RedisCache
from shopadmin.database_state import is_away
from shopadmin.models import Mail
from shopadmin.storage import private_files
from tests.factories import MailFactory

HERE = {"HTTP_HOST": "10.0.0.7"}


@pytest.fixture
def no_database(db, monkeypatch):
    """A database that does not answer."""

    def refuse(*args, **kwargs):
        raise OperationalError("away") from psycopg.OperationalError("away")

    with monkeypatch.context() as patches:
        patches.setattr(connection, "cursor", refuse)
        yield


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_asking_is_allowed(client, db, path):
    assert client.post(path).status_code == 405


def test_healthz_needs_no_database(client):
    response = client.get("/healthz", **HERE)
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_readyz_is_ready_while_the_database_answers_and_is_migrated(client, db):
    response = client.get("/readyz", **HERE)
    assert response.status_code == 200
    assert response.json() == {
        "database": "ok", "migrations": "ok", "cache": "ok", "worker": None, "storage": "ok", "mail": "ok",
        "history": "ok", "erasure_log": "ok",
    }  # fmt: skip


def test_readyz_says_why_the_log_of_erasures_cannot_be_written(client, db, settings):
    settings.ERASURE_LOG = settings.DATA_DIR
    response = client.get("/readyz", **HERE)
    assert (response.status_code, response.json()["erasure_log"]) == (200, "Is a directory")


def test_readyz_says_that_no_file_can_be_kept(client, db, settings, monkeypatch):
    monkeypatch.setattr(private_files, "LEAST_FREE", 2**62)
    assert client.get("/readyz").json()["storage"].startswith("nearly full: ")
    settings.DATA_DIR = settings.DATA_DIR / "none"
    response = client.get("/readyz")
    assert (response.status_code, response.json()["storage"]) == (200, "No such file or directory")


@pytest.mark.parametrize(
    ("error", "report"),
    [
        ("ConnectionRefusedError [Errno 111] Connection refused", "emails wait: ConnectionRefusedError"),
        ("535 5.7.8 ines@post.example: wrong password", "emails wait: 535"),
        ("450 4.2.0 ines@post.example: greylisted", "ok"),
    ],
)
def test_readyz_says_that_the_mail_server_takes_nothing_until_it_has(client, db, error, report):
    now = timezone.now()
    MailFactory(tries=1, claimed_at=now, error=error)
    assert client.get("/readyz").json()["mail"] == report
    MailFactory(state=Mail.State.SENT, sent_at=now - timedelta(minutes=1))
    assert client.get("/readyz").json()["mail"] == report
    MailFactory(state=Mail.State.SENT, sent_at=now + timedelta(minutes=1))
    assert client.get("/readyz").json()["mail"] == "ok"


@pytest.mark.parametrize(("error", "state"), [(ReadOnlyError, "read-only"), (TimeoutError, "away"), (None, "")])
def test_readyz_says_what_is_wrong_with_redis(client, db, monkeypatch, error, state):
    def answer(*args, **kwargs):
        if error:
            raise error

    redis = RedisCache("redis://127.0.0.1:1/0", {})
    monkeypatch.setattr(redis.redis, "set", answer)
    monkeypatch.setattr("shopadmin.health.cache", redis)
    report = f"{state}: limits are counted in the database" if state else "ok"
    assert client.get("/readyz").json()["cache"] == report


def test_readyz_is_not_ready_without_a_database(client, no_database):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["database"] == "away"


def test_readyz_says_that_a_file_cannot_be_opened_to_write(client, db, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("attempt to write a readonly database")

    with monkeypatch.context() as patches:
        patches.setattr(connection, "cursor", refuse)
        response = client.get("/readyz")
    assert (response.status_code, response.json()["database"]) == (503, "read-only: nothing can be saved")


def test_readyz_is_not_ready_before_everything_is_migrated(client, db):
    count, _by_model = MigrationRecorder.Migration.objects.filter(app="shopadmin").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] == f"{count} to be applied"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_who_asks_is_never_sent_to_https(client, db, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "is not available"), ("nl", "is op dit moment niet bereikbaar"), ("de", "ist gerade nicht erreichbar")],
)
def test_without_a_database_other_pages_say_so_and_keep_their_headers(client, no_database, language, words):
    client.raise_request_exception = False
    response = client.get("/privacy/", HTTP_ACCEPT_LANGUAGE=language)
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert words in response.content.decode()
    assert response["Content-Security-Policy"]


def test_a_lock_that_was_not_had_is_not_taken_for_a_database_that_is_away():
    for cause, is_it in [(LockNotAvailable(), False), (AdminShutdown(), True), (psycopg.OperationalError(), True)]:
        error = OperationalError("said")
        error.__cause__ = cause
        assert is_away(error) is is_it
