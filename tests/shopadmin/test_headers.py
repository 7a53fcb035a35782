"""Every class of answer carries the same protection."""

import pytest
from django.db import OperationalError
from django.test import Client

from orders.documents.issue import issue_invoice
from tests.factories import MailFactory, OrderFactory, ProductFactory
from tests.orders.catalogue.picture_files import give_picture
from tests.shopadmin.protection import assert_protected

pytestmark = pytest.mark.any_database

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
    ("/media/products/nowhere.jpg", 404),
    ("/cart/add/mug/", 405),
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


def test_too_large_and_too_many_have_them(answer, settings):
    settings.BODY_MAX_SIZE = 10
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "1/m/ip"}
    client = Client()
    wrong = {"login": "gus@post.example", "password": "a wrong password"}
    refused = [client.post("/account/sign-in/", {"login": "x" * 100})]
    settings.BODY_MAX_SIZE = 1000
    refused += [client.post("/account/sign-in/", wrong) for _try in range(2)][1:]
    assert [response.status_code for response in refused] == [413, 429]
    for response in refused:
        assert_protected(response)


def test_a_database_that_takes_no_changes_has_them_too(answer, monkeypatch):
    def refuse(*args):
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("shopadmin.store.legal_view.is_link", refuse)
    response = answer("/privacy/")
    assert response.status_code == 503
    assert_protected(response)


def test_pictures_downloads_and_parts_of_pages_have_them(as_mara, ines):
    picture = give_picture(ProductFactory()).picture.thumb_url
    invoice = issue_invoice(OrderFactory(customer=ines))
    mail = MailFactory(name="invoice_issued", customer=ines, attachments=[invoice.path])
    paths = [picture, "/backoffice/products/export/", f"/backoffice/mails/{mail.pk}/attachments/1/"]
    for path in paths:
        assert_protected(as_mara.get(path))
    assert_protected(as_mara.get("/backoffice/orders/", headers={"HX-Request": "true"}))


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
