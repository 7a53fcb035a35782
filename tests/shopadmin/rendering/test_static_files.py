"""Static files of two releases at once, as while one takes the place of the other."""

import pytest
from django.test import Client

pytestmark = pytest.mark.any_database


@pytest.fixture
def running(db, settings):
    """A web process of a real shop, that began before the next release came."""
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    client = Client()
    assert client.get("/static/css/layers.1234567890ab.css").status_code == 404
    return client


def test_what_the_next_release_has_collected_is_served(running, settings):
    folder = settings.STATIC_ROOT / "css"
    folder.mkdir()
    (folder / "layers.1234567890ab.css").write_text("body { color: teal }")
    response = running.get("/static/css/layers.1234567890ab.css")
    assert (response.getvalue(), response["Content-Type"]) == (b"body { color: teal }", 'text/css; charset="utf-8"')


@pytest.mark.parametrize("name", ["../secret-key", "css/../../secret-key", "%2e%2e/secret-key", "a\0b", "css", ""])
def test_nothing_else_is(running, settings, name):
    (settings.STATIC_ROOT.parent / "secret-key").write_text("secret")
    (settings.STATIC_ROOT / "css").mkdir()
    assert running.get(f"/static/{name}").status_code in {400, 404}
