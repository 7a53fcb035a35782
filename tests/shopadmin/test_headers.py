"""Every class of answer carries the same protection."""

import pytest
from django.test import Client

ANSWERS = [
    ("/privacy/", 200),
    ("/healthz", 200),
    ("/robots.txt", 200),
    ("/favicon.ico", 302),
    ("/static/css/tokens.css", 200),
    ("/backoffice/settings/", 302),
    ("/privacy", 301),
    ("/nowhere/", 404),
    ("/static/nowhere.css", 404),
    ("/privacy/?q=%00", 400),
    ("/language/", 403),
]


@pytest.fixture
def answer(store):
    """The answer to a path; the one of a form is refused for its missing token."""

    def ask(path, **headers):
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        return client.post(path, **headers) if path == "/language/" else client.get(path, **headers)

    return ask


def assert_protected(response):
    policy = {part.strip() for part in response["Content-Security-Policy"].split(";")}
    assert policy == {
        "default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'",
    }  # fmt: skip
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_every_class_of_answer_has_them(answer, path, status):
    response = answer(path)
    assert response.status_code == status
    assert_protected(response)


@pytest.mark.parametrize(("host", "status"), [("testserver", 301), ("elsewhere.example", 400)])
def test_the_redirect_to_https_and_the_refusal_of_a_wrong_host_have_them(answer, settings, host, status):
    settings.SECURE_SSL_REDIRECT = True
    response = answer("/privacy/", HTTP_HOST=host)
    assert response.status_code == status
    assert_protected(response)


def test_a_crash_has_them_too(answer, monkeypatch):
    monkeypatch.setattr("shopadmin.store.legal_view.TITLES", {})
    response = answer("/privacy/")
    assert response.status_code == 500
    assert_protected(response)


@pytest.mark.parametrize("path", [path for path, _status in ANSWERS])
def test_over_https_every_answer_asks_to_stay_there(answer, settings, path):
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    assert answer(path, secure=True)["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize("path", ["/account/orders/", "/backoffice/", "/cart/", "/checkout/", "/order/x/"])
def test_private_pages_are_stored_nowhere(answer, path):
    assert "no-store" in answer(path)["Cache-Control"]


def test_no_page_is_stored_for_somebody_who_is_signed_in(as_ines):
    assert "no-store" in as_ines.get("/privacy/")["Cache-Control"]


def test_pages_vary_by_language_and_cookie(answer):
    response = answer("/privacy/", HTTP_ACCEPT_LANGUAGE="de")
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in response["Vary"].split(",")}
    assert response["Content-Language"] == "de"
    assert '<html lang="de">' in response.content.decode()
