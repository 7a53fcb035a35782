"""The email about a sign-in from a browser that is new."""

import pytest
from django.test import Client

from shopadmin.models import Mail
from tests.accounts.doors import last_mail, sign_in
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


def names():
    return list(Mail.objects.values_list("name", flat=True))


def test_the_first_browser_and_a_known_one_are_nothing_new(ines):
    browser = Client()
    for _time in range(2):
        sign_in(browser, ines.email)
        browser.post("/account/sign-out/")
    assert names() == []


def test_another_browser_is_told_of_by_its_name(ines):
    sign_in(Client(), ines.email)
    sign_in(Client(headers={"user-agent": FIREFOX}), ines.email)
    mail = last_mail(ines.email)
    assert (mail.name, mail.language) == ("new_device", "nl")
    assert "Firefox, Windows" in mail.text
    assert "/account/sessions/" in mail.text


def test_a_wrong_password_is_no_sign_in(ines):
    sign_in(Client(), ines.email)
    sign_in(Client(), ines.email, "not the password at all")
    assert names() == []


def test_staff_are_led_to_their_own_door(mara):
    for _time in range(2):
        Client().post("/backoffice/sign-in/", {"login": mara.email, "password": PASSWORD})
    assert "/backoffice/sign-in/reset/" in last_mail(mara.email).text
