"""/account/password/reset/: a link by mail that works once; test_how_long_links_last.py has for how long."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from shopadmin.models import Mail
from shopadmin.worker.housekeeping import keep_house
from tests.accounts.doors import (
    OTHER_PASSWORD,
    ask_for_link,
    is_signed_in,
    last_mail,
    path_in,
    sign_in,
    use_link,
    wait,
)  # fmt: skip
from tests.factories import PASSWORD, CustomerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]


def link_for(email):
    ask_for_link(Client(), email)
    return path_in(last_mail(email), "/password/reset/key/")


def works(path):
    return b"password1" in Client().get(path, follow=True).content


def test_the_link_sets_a_password_signs_in_and_ends_every_session(ines):
    elsewhere, browser = Client(), Client()
    sign_in(elsewhere, ines.email)
    link_for(ines.email)
    response = use_link(browser, ines.email)
    assert (response.status_code, response.url) == (302, "/account/orders/")
    assert is_signed_in(browser, ines)
    assert not is_signed_in(elsewhere)
    sign_in(elsewhere, ines.email, PASSWORD)
    assert not is_signed_in(elsewhere)
    assert last_mail(ines.email).name == "password_changed"


def test_opening_it_changes_nothing_however_often(ines):
    path = link_for(ines.email)
    before = ines.password
    for _scanner in range(3):
        assert works(path)
    ines.refresh_from_db()
    assert ines.password == before


def test_opening_it_signs_nobody_else_out(otto, ines):
    browser = Client()
    sign_in(browser, otto.email)
    browser.get(link_for(ines.email), follow=True)
    assert is_signed_in(browser, otto)


def test_setting_it_leaves_the_account_of_somebody_else_in_that_browser(otto, ines):
    browser = Client()
    sign_in(browser, otto.email)
    link_for(ines.email)
    use_link(browser, ines.email)
    assert is_signed_in(browser, ines)


def test_it_leads_to_an_address_without_the_key(client, ines):
    path = link_for(ines.email)
    response = client.get(path)
    assert response.status_code == 302
    assert response.url.endswith("-set-password/")
    assert client.get(response.url)["Referrer-Policy"] == "same-origin"


def test_it_works_once(ines):
    path = link_for(ines.email)
    use_link(Client(), ines.email)
    assert not works(path)


def test_two_windows_that_are_open_at_once_set_one_password(ines):
    path = link_for(ines.email)
    one, two = Client(), Client()
    forms = [browser.get(path, follow=True).request["PATH_INFO"] for browser in (one, two)]
    one.post(forms[0], {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD})
    late = two.post(forms[1], {"password1": "a third long sentence", "password2": "a third long sentence"})
    assert "This link is no longer valid" in late.content.decode()
    assert not is_signed_in(two)


def test_it_is_dead_once_the_password_or_the_address_has_changed(ines, otto):
    paths = [link_for(ines.email), link_for(otto.email)]
    ines.set_password(OTHER_PASSWORD)
    ines.save()
    otto.change_email("otto@new.example", by=None)
    assert [works(path) for path in paths] == [False, False]


def test_the_mail_says_until_when_and_cannot_be_read_by_staff(ines):
    link_for(ines.email)
    mail = last_mail(ines.email)
    assert (mail.name, mail.secret, mail.language) == ("password_link", True, "nl")


def test_its_host_is_from_the_settings_whatever_a_request_says(client, ines, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for path in ("sign-up", "password/reset", "sign-in/code"):
        cache.clear()
        data = {"email": ines.email, "first_name": "I", "last_name": "M", "password1": PASSWORD}
        client.post(f"/account/{path}/", data, headers={"host": "evil.example"})
    assert len(Mail.objects.all()) == 3
    assert not [mail for mail in Mail.objects.all() if "evil" in mail.text + mail.html]


def test_a_merchants_link_makes_a_guest_registered(gus):
    gus.send_password_link()
    browser = Client()
    use_link(browser, gus.email)
    gus.refresh_from_db()
    assert is_signed_in(browser, gus)
    assert gus.is_registered


def test_no_link_lifts_the_wait_for_approval():
    customer = CustomerFactory(registered=True, access="awaiting")
    customer.send_password_link()
    browser = Client()
    assert use_link(browser, customer.email).url == "/account/not-open/"
    assert not is_signed_in(browser)


def test_an_unknown_address_gets_a_mail_that_says_so(client):
    ask_for_link(client, "nobody@post.example")
    assert last_mail("nobody@post.example").name == "unknown_account"


def test_the_mail_to_an_unknown_address_is_kept_for_a_month(client, ines):
    for email in ("nobody@post.example", ines.email):
        ask_for_link(client, email)
    for days, left in ((29, ["nobody@post.example", ines.email]), (31, [ines.email])):
        Mail.objects.update(created_at=timezone.now() - timedelta(days=days))
        keep_house()
        assert list(Mail.objects.order_by("pk").values_list("to", flat=True)) == left


@pytest.mark.parametrize("uid", ["zzzzzzzzzzzzz", "0", "1", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzz"])
@pytest.mark.parametrize("key", ["x", "set-password", "a-b-c", "%F0%9F%98%80", "x" * 5000])
def test_a_link_that_was_made_up_says_that_it_does_not_work(client, uid, key):
    wait()
    page = client.get(f"/account/password/reset/key/{uid}-{key}/", follow=True)
    assert "This link is no longer valid" in page.content.decode()


def test_two_different_passwords_are_refused(client, ines):
    page = client.get(link_for(ines.email), follow=True)
    response = client.post(page.request["PATH_INFO"], {"password1": OTHER_PASSWORD, "password2": PASSWORD})
    assert "Enter the same password in both fields" in response.content.decode()
