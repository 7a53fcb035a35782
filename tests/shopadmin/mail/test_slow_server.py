"""A mail server that takes its time: other emails pass, and no conversation lasts for ever."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from shopadmin.mail import smtp
from shopadmin.mail.delivery import deliver_next
from shopadmin.models import Mail
from tests.factories import MailFactory
from tests.shopadmin.worker.worker_process import becomes_true, worker_at


def state_of(mail: Mail) -> str:
    return Mail.objects.values_list("state", flat=True).get(pk=mail.pk)


@pytest.mark.slow
def test_an_email_that_the_server_takes_long_over_holds_no_others(transactional_db, store, mail_server, tmp_path):
    mail_server.slow_about = {"slow@post.example"}
    mail_server.controller.start()
    slow, other = MailFactory(to="slow@post.example"), MailFactory()
    with worker_at(tmp_path, f"smtp://127.0.0.1:{mail_server.port}"):
        assert becomes_true(lambda: state_of(other) == Mail.State.SENT)
        assert state_of(slow) == Mail.State.SENDING
        mail_server.slow_about.clear()
        assert becomes_true(lambda: state_of(slow) == Mail.State.SENT)
    assert sorted(message["To"] for message in mail_server.taken) == sorted([slow.to, other.to])


@pytest.fixture
def trickle(settings) -> Iterator[None]:
    """A mail server that greets line by line, on and on, always before one loses patience."""
    ended = threading.Event()

    def greet() -> None:
        connected, _address = server.accept()
        with connected, suppress(OSError):  # the shop hangs up
            while not ended.wait(0.02):
                connected.sendall(b"220-Welcome\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = "shopadmin.mail.smtp.Backend", 5
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        threading.Thread(target=greet, daemon=True).start()
        yield
        ended.set()


@pytest.mark.django_db
@pytest.mark.any_database
def test_a_conversation_ends_however_it_drags_on(store, trickle, monkeypatch):
    monkeypatch.setattr(smtp, "LONGEST", 0.3)
    mail = MailFactory()
    assert deliver_next() == Mail.State.QUEUED
    mail.refresh_from_db()
    assert mail.error == "TimeoutError the conversation took too long"
