"""Several at the same moment, with real threads and connections: one row, no error page."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client

from customers.models import Customer
from shopadmin.models import Mail
from tests.accounts.doors import (
    OTHER_PASSWORD,
    ask_for_link,
    code_in,
    last_mail,
    path_in,
    reauthenticate,
    sign_in,
    wait,
)  # fmt: skip
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.usefixtures("store")]
NINA = "nina@post.example"


def at_once(do: Callable[[int], object], count: int = 6) -> list:
    """What `do(0)`, `do(1)`, … answer when they start together."""
    start, answers = Barrier(count), [None] * count

    def run(number: int) -> None:
        start.wait()
        answers[number] = do(number)
        connection.close()

    threads = [Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def sign_up_as_nina(number):
    data = {"first_name": "N", "last_name": "N", "email": [NINA, NINA.upper()][number % 2], "password1": PASSWORD}
    return Client().post("/account/sign-up/", data).status_code


def test_six_sign_ups_make_one_customer_and_six_codes(settings):
    settings.ACCOUNT_RATE_LIMITS = False
    assert at_once(sign_up_as_nina) == [302] * 6
    assert Customer.objects.get(email=NINA).is_registered
    assert Mail.objects.filter(to=NINA, name="confirm_address").count() == 6
    assert EmailAddress.objects.get().verified is False


def test_two_presses_at_the_same_moment_both_lead_to_a_code():
    assert at_once(sign_up_as_nina, 2) == [302, 302]
    assert (Customer.objects.count(), Mail.objects.count()) == (1, 2)


def test_six_sign_ups_within_the_limits_make_one_customer_and_two_mails():
    assert set(at_once(sign_up_as_nina)) == {302, 429}
    assert (Customer.objects.count(), Mail.objects.count()) == (1, 2)


def test_six_first_sign_ins_make_one_address_row(ines, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    data = {"login": ines.email, "password": PASSWORD}
    answers = at_once(lambda number: Client().post("/account/sign-in/", data).url)
    assert answers == ["/account/orders/"] * 6
    assert EmailAddress.objects.filter(user=ines, verified=True).count() == 1
    assert ines.sessions.count() == 6


def test_a_link_used_in_four_windows_at_once_sets_one_password(ines):
    ask_for_link(Client(), ines.email)
    path = path_in(last_mail(ines.email), "/password/reset/key/")
    windows = [Client() for _number in range(4)]
    forms = [window.get(path, follow=True).request["PATH_INFO"] for window in windows]
    wait()

    def use(number):
        password = f"{OTHER_PASSWORD} {number}"
        return windows[number].post(forms[number], {"password1": password, "password2": password}).status_code

    answers = at_once(use, 4)
    assert sorted(answers) == [200, 200, 200, 302]
    ines.refresh_from_db()
    assert ines.check_password(f"{OTHER_PASSWORD} {answers.index(302)}")


def test_two_who_change_to_one_address_at_once_are_not_both_given_it(ines, otto):
    people, browsers = [ines, otto], [Client(), Client()]
    codes = []
    for person, browser in zip(people, browsers, strict=True):
        sign_in(browser, person.email)
        reauthenticate(browser)
        wait()
        browser.post("/account/email/", {"email": "both@new.example"})
        codes.append(code_in(last_mail("both@new.example")))
    answers = at_once(lambda number: browsers[number].post("/account/confirm/", {"code": codes[number]}).status_code, 2)
    assert set(answers) <= {200, 302}
    assert Customer.objects.filter(email="both@new.example").count() == 1


def test_one_proof_at_a_time_counts(gus, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    browsers = [Client() for _number in range(4)]
    codes = []
    for browser in browsers:
        browser.post("/account/sign-in/code/", {"email": gus.email})
        codes.append(code_in(last_mail(gus.email)))
    path = "/account/sign-in/code/confirm/"
    answers = at_once(lambda number: browsers[number].post(path, {"code": codes[number]}).status_code, 4)
    assert answers == [302] * 4
    assert gus.history.filter(field="registered_at").count() == 1
    assert EmailAddress.objects.filter(user=gus, verified=True).count() == 1
