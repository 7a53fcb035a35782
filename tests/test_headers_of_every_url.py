"""TRUST 12 at every address: what it answers to reading and to an empty form, over https."""

import pytest
from django.http import HttpResponse

from accounts.signing_in import devices
from shopadmin.middleware import PRIVATE
from shopadmin.shortcuts import single_keys
from tests.every_address import URLS
from tests.every_page import visit
from tests.factories import PASSWORD
from tests.shopadmin.protection import assert_protected

__all__ = ["visit"]
# Headers do not depend on the database.
pytestmark = [pytest.mark.slow, pytest.mark.any_database]
COOKIES = ("SESSION", "CSRF", "LANGUAGE")
EMAIL_POLICY = {
    "default-src 'none'", "style-src 'unsafe-inline'", "img-src 'self'", "frame-ancestors 'self'",
    "sandbox allow-same-origin",
}  # fmt: skip
AS_EMAIL = {"policy": EMAIL_POLICY, "framing": "SAMEORIGIN"}


@pytest.fixture
def over_https(settings, monkeypatch):
    """As the settings are where SITE_URL begins with https."""
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    for cookie in COOKIES:
        setattr(settings, f"{cookie}_COOKIE_SECURE", True)
        setattr(settings, f"{cookie}_COOKIE_NAME", f"__Host-{cookie.lower()}")
    monkeypatch.setattr(devices, "COOKIE", "__Host-device")
    monkeypatch.setattr(single_keys, "COOKIE", "__Host-single_keys")


def assert_cookies_are_guarded(response: HttpResponse) -> None:
    for name, cookie in response.cookies.items():
        if cookie["max-age"] == 0:  # taken back: nothing is left to guard
            continue
        facts = [cookie[fact] for fact in ("secure", "httponly", "samesite", "path", "domain")]
        assert (name[:7], facts) == ("__Host-", [True, True, "Lax", "/", ""])


@pytest.mark.parametrize("name", URLS)
def test_every_answer_is_protected(name, over_https, visit):
    there = visit(name)
    for send in (there.client.get, there.client.post):
        response = send(there.path, secure=True)
        assert_protected(
            response, **(AS_EMAIL if name in {"mail_html", "mail_preview_html"} and response.status_code == 200 else {})
        )
        assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
        assert_cookies_are_guarded(response)
        if there.path.startswith(PRIVATE):
            assert "no-store" in response["Cache-Control"]


def test_signing_in_and_choosing_a_language_set_guarded_cookies(over_https, client, ines, store):
    page = client.get("/account/sign-in/", secure=True)
    signed_in = client.post("/account/sign-in/", {"login": ines.email, "password": PASSWORD}, secure=True)
    chosen = client.post("/language/", {"language": "nl"}, secure=True)
    names = {name for response in (page, signed_in, chosen) for name in response.cookies}
    assert names >= {"__Host-session", "__Host-csrf", "__Host-language", "__Host-device"}
    for response in (page, signed_in, chosen):
        assert_cookies_are_guarded(response)
