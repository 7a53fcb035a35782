"""/account/sign-in/ and /account/sign-out/."""

import pytest
from django.conf import settings
from django.test import Client

from shopadmin.models import Mail
from tests.accounts.doors import (
    ask_for_code,
    code_in,
    is_signed_in,
    last_mail,
    sign_in,
    sign_in_by_code,
    wait,
)  # fmt: skip
from tests.factories import PASSWORD, CustomerFactory
from tests.shown_page import errors, html_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]


def test_the_page_lets_password_managers_help(client):
    page = client.get("/account/sign-in/").content.decode()
    assert 'name="login" autocomplete="username"' in page
    assert 'name="password" autocomplete="current-password"' in page


@pytest.mark.parametrize("sent", [{"by": "code"}, {"password": ""}, {"by": "code", "password": PASSWORD}])
def test_the_page_mails_a_code_to_who_wants_one_or_typed_no_password(client, ines, sent):
    page = client.post("/account/sign-in/", {"login": ines.email, "next": "/checkout/", **sent})
    assert page.url == "/account/sign-in/code/confirm/?next=%2Fcheckout%2F"
    client.post(page.url, {"code": code_in(last_mail(ines.email))})
    assert is_signed_in(client, ines)


def test_whoever_wanted_the_password_is_asked_for_it(client, ines):
    page = client.post("/account/sign-in/", {"login": ines.email, "password": "", "by": "password"})
    assert "password" in errors(page)
    assert not Mail.objects.exists()


def test_an_address_that_is_none_is_asked_for_again_where_codes_are_mailed(client):
    page = client.post("/account/sign-in/", {"login": "nobody", "by": "code"})
    assert html_of(page).xpath("//form[@action='/account/sign-in/code/']//input[@name='email']/@value") == ["nobody"]


def test_the_right_password_leads_to_the_orders_with_a_new_session(client, ines):
    client.get("/account/sign-in/")
    client.session["cart"] = "kept"
    before = client.session.session_key
    response = sign_in(client, " INES@vandermeulen.example ")
    assert (response.status_code, response.url) == (302, "/account/orders/")
    assert is_signed_in(client, ines)
    assert client.session.session_key != before


def test_whatever_is_wrong_the_words_are_the_same(client, ines, gus):
    for email in (ines.email, gus.email, "nobody@post.example"):
        page = sign_in(client, email, "a wrong password").content.decode()
        assert "The email address or password is incorrect" in page
        assert "<title>Error: Sign in" in page


def test_staying_signed_in_is_a_choice(client, ines):
    sign_in(client, ines.email, remember="on")
    assert client.cookies["session"]["max-age"] == settings.SESSION_ABSOLUTE_LIMIT
    other = Client()
    sign_in(other, ines.email)
    assert other.cookies["session"]["max-age"] == ""


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:evil.example"]
)
def test_no_way_leads_out_of_the_shop(ines, target):
    client = Client()
    assert sign_in(client, ines.email, next=target).url == "/account/orders/"
    assert client.post("/account/sign-out/", {"next": target}).url == "/"


def test_a_path_of_ours_is_followed(client, ines):
    assert sign_in(client, ines.email, next="/checkout/").url == "/checkout/"


def test_the_code_signs_in_and_is_only_good_once(client, ines):
    response = sign_in_by_code(client, ines.email)
    assert (response.status_code, response.url) == (302, "/account/orders/")
    assert is_signed_in(client, ines)
    code = code_in(last_mail(ines.email))
    assert client.post("/account/sign-in/code/confirm/", {"code": code}).url == "/account/orders/"
    stranger = Client()
    stranger.post("/account/sign-in/code/confirm/", {"code": code})
    assert not is_signed_in(stranger)


def test_the_code_is_worth_nothing_in_another_browser(ines):
    asker, other = Client(), Client()
    ask_for_code(asker, ines.email)
    code = code_in(last_mail(ines.email))
    ask_for_code(other, "nobody@post.example")
    other.post("/account/sign-in/code/confirm/", {"code": code})
    assert not is_signed_in(other)


def test_three_wrong_codes_end_it(client, ines):
    ask_for_code(client, ines.email)
    for _try in range(3):
        client.post("/account/sign-in/code/confirm/", {"code": "BBBB-BBBB"})
    client.post("/account/sign-in/code/confirm/", {"code": code_in(last_mail(ines.email))})
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("access", "words"),
    [
        ("awaiting", "Awaiting approval"),
        ("refused", "You cannot sign in to this account"),
        ("blocked", "You cannot sign in to this account"),
    ],
)
def test_who_may_not_come_in_learns_it_only_with_the_right_password(client, access, words):
    customer = CustomerFactory(registered=True, access=access)
    assert (
        "The email address or password is incorrect" in sign_in(client, customer.email, "a wrong one!").content.decode()
    )
    response = sign_in(client, customer.email)
    assert response.url == "/account/not-open/"
    assert f'<h1 class="shop__title">{words}</h1>' in client.get(response.url).content.decode()
    assert not is_signed_in(client)


def test_who_waits_gets_words_instead_of_a_code(client):
    customer = CustomerFactory(registered=True, access="awaiting")
    ask_for_code(client, customer.email)
    client.post("/account/password/reset/", {"email": customer.email})
    assert [mail.name for mail in Mail.objects.all()] == ["account_not_open", "account_not_open"]


def test_pages_speak_the_customers_language_after_signing_in(client, ines):
    client.cookies["language"] = "de"
    response = sign_in(client, ines.email)
    assert response.cookies["language"]["max-age"] == 0
    assert 'lang="nl"' in client.get("/account/sessions/").content.decode()[:60]


def test_signing_out_asks_first_and_ends_the_session_on_the_server(client, ines):
    sign_in(client, ines.email)
    key = client.session.session_key
    assert client.get("/account/sign-out/").status_code == 200
    assert is_signed_in(client)
    response = client.post("/account/sign-out/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_signed_in(client)
    assert not ines.sessions.filter(pk=key).exists()


def test_json_is_not_answered(client, ines):
    wait()
    response = client.post(
        "/account/sign-in/", {"login": ines.email, "password": "no"}, headers={"accept": "application/json"}
    )
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("path", ["sign-in", "sign-up", "sign-in/code", "password/reset"])
@pytest.mark.parametrize("value", ["\0", "a\0@b.example", "x" * 100_000, "\ud800", "@", "ü@ü.example"])
def test_whatever_is_typed_is_no_error_of_ours(client, path, value):
    wait()
    names = ("login", "password", "email", "password1", "first_name", "last_name", "next", "remember")
    body = {name: value.encode("utf-8", "surrogatepass").decode("latin-1") for name in names}
    assert client.post(f"/account/{path}/", body).status_code in (200, 302, 400)


def test_a_wrong_password_of_a_hundred_thousand_bytes_is_answered_at_once(client, ines):
    page = sign_in(client, ines.email, "x" * 100_000).content.decode()
    assert "Use at most 4096 characters." in page


def test_the_password_that_signs_in_is_nowhere_in_the_page(client):
    assert PASSWORD not in sign_in(client, "nobody@post.example").content.decode()
