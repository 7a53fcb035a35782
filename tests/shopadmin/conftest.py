from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest

from tests.mail_server import MailServer


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """The mail server of the shop; it is away until `mail_server.controller.start()`."""
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 5
    yield server
    server.controller.stop(no_assert=True)


@pytest.fixture
def own_templates(settings) -> None:
    """The mail `parcel`, which only these tests know."""
    settings.TEMPLATES = deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"].insert(0, Path(__file__).parent / "templates")
