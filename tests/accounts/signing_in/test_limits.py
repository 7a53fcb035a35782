"""How many tries one gets; a stranger's tries never shut the owner out."""

from contextlib import suppress

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from django.test import Client, RequestFactory

from accounts.signing_in.devices import COOKIE
from accounts.signing_in.limits import count_guess
from shopadmin.models import Mail
from tests.accounts.doors import (
    OTHER_PASSWORD,
    code_in,
    confirm,
    is_signed_in,
    last_mail,
    reauthenticate,
    sign_in,
    sign_up,
)  # fmt: skip
from tests.accounts.second_factor import app_of, secret_of, shown_by
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def guess(email, *, ip="203.0.113.9", password="a wrong password", client=None):
    data = {"login": email, "password": password}
    return (client or Client()).post("/account/sign-in/", data, REMOTE_ADDR=ip)


def ask(path, email, ip="203.0.113.9", **fields):
    return Client().post(f"/account/{path}/", {"email": email, **fields}, REMOTE_ADDR=ip).status_code


def test_the_sixth_wrong_password_from_a_network_is_429(ines):
    assert [guess(ines.email).status_code for _try in range(7)] == [200] * 5 + [429] * 2
    assert guess(ines.email, password=PASSWORD).status_code == 429


def test_an_unknown_address_is_limited_alike():
    assert [guess("nobody@post.example").status_code for _try in range(6)] == [200] * 5 + [429]


def test_the_owner_comes_in_elsewhere_meanwhile(ines):
    for _try in range(6):
        guess(ines.email)
    owner = Client()
    guess(ines.email, ip="198.51.100.7", password=PASSWORD, client=owner)
    assert is_signed_in(owner, ines)


def test_guesses_from_many_networks_slow_strangers_down_but_not_a_known_browser(ines):
    owner = Client()
    sign_in(owner, ines.email)
    owner.post("/account/sign-out/")
    answers = [guess(ines.email, ip=f"203.0.113.{number}").status_code for number in range(12)]
    assert answers == [200] * 10 + [429] * 2
    guess(ines.email, ip="198.51.100.7", password=PASSWORD, client=owner)
    assert is_signed_in(owner, ines)


def test_the_mailed_code_passes_while_the_account_is_guessed_at(ines):
    for number in range(12):
        guess(ines.email, ip=f"203.0.113.{number}")
    owner = Client()
    owner.post("/account/sign-in/code/", {"email": ines.email})
    owner.post("/account/sign-in/code/confirm/", {"code": code_in(last_mail(ines.email))})
    assert is_signed_in(owner, ines)


def test_a_known_browser_is_known_for_its_own_address_only(ines, otto):
    client = Client()
    sign_in(client, otto.email)
    client.post("/account/sign-out/")
    assert client.cookies[COOKIE]["httponly"]
    for number in range(12):
        guess(ines.email, ip=f"203.0.113.{number}")
    assert guess(ines.email, ip="198.51.100.7", password=PASSWORD, client=client).status_code == 429


def test_spraying_one_password_over_many_addresses_is_429():
    answers = [guess(f"person{number}@post.example").status_code for number in range(12)]
    assert answers == [200] * 10 + [429] * 2


def test_behind_a_proxy_one_who_guesses_shuts_nobody_else_out(ines, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    form = {"login": ines.email, "password": PASSWORD}
    for number in range(12):
        by_proxy = {"HTTP_X_FORWARDED_FOR": "203.0.113.9", "REMOTE_ADDR": "10.0.0.1"}
        Client(**by_proxy).post("/account/sign-in/", form | {"login": f"person{number}@post.example"})
    others = Client(HTTP_X_FORWARDED_FOR="198.51.100.7", REMOTE_ADDR="10.0.0.1")
    assert others.post("/account/sign-in/", form).status_code == 302


def test_right_passwords_are_not_counted(ines):
    for _try in range(8):
        assert guess(ines.email, password=PASSWORD).status_code == 302


def test_no_mailbox_can_be_flooded(ines):
    resets = [ask("password/reset", ines.email, ip=f"203.0.113.{number}") for number in range(8)]
    assert resets == [302] * 5 + [429] * 3
    codes = [ask("sign-in/code", ines.email, ip=f"198.51.100.{number}") for number in range(5)]
    assert codes == [302] * 3 + [429] * 2
    fields = {"first_name": "I", "last_name": "M", "password1": PASSWORD}
    assert [ask("sign-up", ines.email, **fields) for _try in range(4)] == [302, 302, 429, 429]
    assert Mail.objects.filter(to=ines.email).count() == 10


def test_pressing_sign_up_twice_leads_to_the_code_twice_and_mails_once(ines):
    fields = {"first_name": "N", "last_name": "N", "password1": PASSWORD}
    for email in ("nina@post.example", ines.email):
        browser = Client()
        answers = [browser.post("/account/sign-up/", {"email": email, **fields}).url for _press in range(2)]
        assert answers == ["/account/confirm/"] * 2
        assert Mail.objects.filter(to=email).count() == 1


def test_pressed_twice_before_there_is_a_session_the_newest_code_opens_the_newest_page():
    fields = {"first_name": "N", "last_name": "N", "email": "nina@post.example", "password1": PASSWORD}
    answers = [(browser := Client()).post("/account/sign-up/", fields).url for _press in range(2)]
    assert answers == ["/account/confirm/"] * 2
    confirm(browser, "nina@post.example")
    assert is_signed_in(browser)


def test_the_password_of_the_second_press_counts(client):
    sign_up(client, "nina@post.example")
    fields = {"first_name": "N", "last_name": "N", "email": "nina@post.example", "password1": OTHER_PASSWORD}
    client.post("/account/sign-up/", fields)
    confirm(client, "nina@post.example")
    sign_in(again := Client(), "nina@post.example", OTHER_PASSWORD)
    assert is_signed_in(again)


def test_asking_twice_for_a_new_address_leads_to_the_code_twice(client, ines):
    sign_in(client, ines.email)
    reauthenticate(client)
    answers = [client.post("/account/email/", {"email": "new@post.example"}).url for _press in range(2)]
    assert answers == ["/account/confirm/"] * 2
    assert Mail.objects.filter(to="new@post.example").count() == 1


def test_a_day_has_ten_resets(ines, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"reset_password": "10/d/key"}
    answers = [ask("password/reset", ines.email, ip=f"203.0.113.{number}") for number in range(12)]
    assert answers == [302] * 10 + [429] * 2


def test_the_page_of_a_limit_says_what_to_do(ines):
    for _try in range(6):
        response = guess(ines.email)
    assert "Nothing has been blocked or lost." in response.content.decode()


@pytest.mark.parametrize("header", ["", "junk", "203.0.113.1", "a,b", "1.1.1.1, \0", "x" * 9000, "::1, [::1]:80"])
def test_forwarded_headers_of_any_kind_are_no_error(ines, settings, header):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    client = Client(headers={"x-forwarded-for": header})
    assert client.post("/account/sign-in/", {"login": ines.email, "password": "wrong"}).status_code == 200


def test_without_an_address_of_the_other_side_pages_work(ines):
    response = Client().post("/account/sign-in/", {"login": ines.email, "password": "wrong"}, REMOTE_ADDR="")
    assert response.status_code == 200


def test_limits_can_be_switched_off_for_measuring(ines, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    assert [guess(ines.email).status_code for _try in range(12)] == [200] * 12


@pytest.fixture
def a_thousand_guesses():
    """`a_thousand_guesses(email)`: counted where pages count them, each from a network of its own."""

    def guess_everywhere(email: str) -> int:
        """How many of them were looked at."""
        looked_at = 0
        for number in range(1000):
            request = RequestFactory().post("/", REMOTE_ADDR=f"198.18.{number // 250}.{number % 250}")
            with suppress(ImmediateHttpResponse):
                count_guess(request, email)
                looked_at += 1
        return looked_at

    return guess_everywhere


@pytest.mark.any_database  # a thousand rows
def test_after_a_thousand_guesses_a_shopper_comes_in_known_at_once_and_new_by_code(ines, a_thousand_guesses):
    sign_in(known := Client(), ines.email)
    known.post("/account/sign-out/")
    assert a_thousand_guesses(ines.email) == 10
    guess(ines.email, password=PASSWORD, client=known)
    assert is_signed_in(known, ines)
    assert guess(ines.email, password=PASSWORD, client=(new := Client())).status_code == 429
    assert_code_leads_on(new, ines.email)
    assert is_signed_in(new, ines)


@pytest.mark.any_database  # a thousand rows
def test_and_staff_no_less_with_their_second_factor(mara, settings, a_thousand_guesses):
    settings.REQUIRE_STAFF_MFA = True
    secret, form = secret_of(app_of(mara)), {"login": mara.email, "password": PASSWORD}
    known, new = Client(), Client()
    known.post("/backoffice/sign-in/", form)
    show_factor(known, shown_by(secret, later=-1))
    known.post("/backoffice/sign-out/")
    assert a_thousand_guesses(mara.email) == 10
    known.post("/backoffice/sign-in/", form)
    show_factor(known, shown_by(secret))
    assert new.post("/backoffice/sign-in/", form).status_code == 429
    assert_code_leads_on(new, mara.email)
    show_factor(new, shown_by(secret, later=1))


def show_factor(client: Client, code: str) -> None:
    client.post("/backoffice/sign-in/second-step/", {"code": code})
    assert client.get("/backoffice/").status_code == 200


def assert_code_leads_on(client: Client, email: str) -> None:
    client.post("/account/sign-in/code/", {"email": email})
    response = client.post("/account/sign-in/code/confirm/", {"code": code_in(last_mail(email))})
    assert response.status_code == 302
