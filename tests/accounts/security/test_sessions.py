"""Sessions: own rows, listed and ended, with limits, and dead as soon as the door closes."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Session
from accounts.signing_in.sessions import reference_of
from shopadmin.models import StoreSettings
from shopadmin.roles import Role
from tests.accounts.doors import OTHER_PASSWORD, browsers, is_signed_in, reauthenticate, sign_in
from tests.factories import PASSWORD
from tests.shown_page import html_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def two(ines):
    """Ines in two browsers."""
    pair = browsers(2)
    for browser in pair:
        sign_in(browser, ines.email)
    return pair


def row_of(client):
    return Session.objects.get(pk=client.session.session_key)


def age(client, **since):
    Session.objects.filter(pk=client.session.session_key).update(**since)


def test_a_session_is_a_row_of_its_customer(ines):
    client = Client(headers={"user-agent": FIREFOX})
    sign_in(client, ines.email)
    row = row_of(client)
    assert (row.customer, row.client) == (ines, "Firefox, Linux")
    assert timezone.now() - row.created_at < timedelta(minutes=1)


def test_the_page_lists_them_and_marks_this_one(two):
    two[0].cookies["language"] = "en"
    page = two[0].get("/account/sessions/").content.decode()
    assert page.count("This device") == 1
    assert reference_of(two[1].session.session_key) in page
    assert two[1].session.session_key not in page


def test_another_one_can_be_ended(two, ines):
    reference = reference_of(two[1].session.session_key)
    reauthenticate(two[0])
    assert two[0].post("/account/sessions/", {"session": reference}).url == "/account/security/"
    assert [is_signed_in(browser) for browser in two] == [True, False]


def test_ending_one_asks_first_who_it_is_and_comes_back_to_it(two):
    two[0].cookies["language"] = "en"
    reference = reference_of(two[1].session.session_key)
    asked = two[0].post("/account/sessions/", {"session": reference}).url
    assert [is_signed_in(browser) for browser in two] == [True, True]
    back = two[0].post(asked, {"password": PASSWORD, "next": f"/account/sessions/?session={reference}"}).url
    main = html_of(two[0].get(back)).get_element_by_id("main")
    assert main.xpath(".//button[contains(@class, 'is-main')]/@value") == [reference]


def test_all_others_can_be_ended(two, ines):
    reauthenticate(two[0])
    two[0].post("/account/sessions/", {"session": "others"})
    assert [is_signed_in(browser) for browser in two] == [True, False]


def test_nobody_ends_anothers(two, otto):
    intruder = Client()
    sign_in(intruder, otto.email)
    reauthenticate(intruder)
    intruder.post("/account/sessions/", {"session": reference_of(two[0].session.session_key)})
    intruder.post("/account/sessions/", {"session": "others"})
    assert [is_signed_in(browser) for browser in two] == [True, True]


@pytest.mark.parametrize("change", [{"access": "blocked"}, {"access": "awaiting"}, {"access": "refused"}])
def test_a_door_that_closes_ends_them_and_opening_it_does_not_bring_them_back(two, ines, change):
    type(ines).objects.filter(pk=ines.pk).update(**change)
    assert not is_signed_in(two[0])
    type(ines).objects.filter(pk=ines.pk).update(access="open")
    assert not is_signed_in(two[0])


def test_deleting_the_customer_ends_them(two, ines):
    ines.delete()
    assert [is_signed_in(browser) for browser in two] == [False, False]
    assert not Session.objects.filter(customer__isnull=False).exists()


@pytest.mark.parametrize("loss", [{"is_staff": False, "role": ""}, {"role": Role.READONLY}])
def test_losing_staff_rights_or_a_role_ends_them(client, sam, loss):
    client.force_login(sam)
    assert is_signed_in(client)
    type(sam).objects.filter(pk=sam.pk).update(**loss)
    assert not is_signed_in(client)


def test_changing_the_password_ends_the_others(two, ines):
    data = {"oldpassword": PASSWORD, "password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
    assert two[0].post("/account/password/", data).status_code == 302
    assert [is_signed_in(browser) for browser in two] == [True, False]
    assert ines.sessions.count() == 1


def test_switching_accounts_off_ends_shoppers_and_leaves_staff(two, sam):
    staff = Client()
    staff.force_login(sam)
    StoreSettings.objects.update(accounts_enabled=False)
    assert [is_signed_in(browser) for browser in (*two, staff)] == [False, False, True]


def test_one_that_is_not_used_ends_after_the_idle_limit(two, settings):
    seen = timezone.now() - timedelta(seconds=settings.SESSION_IDLE_LIMIT)
    assert abs(row_of(two[0]).expire_date - row_of(two[0]).seen_at - timedelta(days=14)) < timedelta(seconds=2)
    age(two[0], seen_at=seen, expire_date=seen + timedelta(seconds=settings.SESSION_IDLE_LIMIT))
    assert not is_signed_in(two[0])


def test_using_one_keeps_it_alive_without_writing_at_every_page(two):
    seen = timezone.now() - timedelta(days=3)
    age(two[0], seen_at=seen, expire_date=seen + timedelta(days=14))
    is_signed_in(two[0])
    kept = row_of(two[0])
    assert timezone.now() - kept.seen_at < timedelta(minutes=1)
    assert kept.expire_date - timezone.now() > timedelta(days=13)
    is_signed_in(two[0])
    assert row_of(two[0]).seen_at == kept.seen_at


def test_none_lasts_longer_than_the_absolute_limit_however_much_it_is_used(two, settings):
    age(two[0], created_at=timezone.now() - timedelta(seconds=settings.SESSION_ABSOLUTE_LIMIT + 1))
    assert not is_signed_in(two[0])


def test_the_worker_clears_away_what_has_ended_and_nothing_else(two):
    stranger = Client()
    assert stranger.session.session_key
    for browser in (two[0], stranger):
        age(browser, expire_date=timezone.now() - timedelta(seconds=1))
    call_command("worker", "--once")
    assert [row.pk for row in Session.objects.all()] == [two[1].session.session_key]


def test_the_time_of_signing_in_outlives_later_writes(two):
    began = row_of(two[0]).created_at
    session = two[0].session
    session["anything"] = True
    session.save()
    assert row_of(two[0]).created_at == began


@pytest.mark.parametrize("cookie", ['"\\000\\000\\000\\000\\000\\000\\000\\000"', "x" * 5000, "é" * 32, "' OR 1=1 --"])
def test_what_is_no_session_key_is_nobody(client, cookie):
    response = client.get("/account/sessions/", headers={"cookie": f"session={cookie}"})
    assert response.status_code in (302, 400)


def test_strangers_are_sent_to_sign_in(client):
    assert client.get("/account/sessions/").url == "/account/sign-in/?next=/account/sessions/"
