"""Another SECRET_KEY, with the one before it in SECRET_KEY_FALLBACKS: nobody notices."""

from datetime import timedelta

import pytest
from django.conf import settings as current
from django.http import HttpResponse
from django.utils import timezone

from accounts.signing_in import devices
from accounts.signing_in.password_tokens import password_tokens
from customers.privacy.archive.archive import Person
from customers.privacy.archive.links import link_to, person_of
from shopadmin.worker.housekeeping import keep_house
from tests.accounts.doors import is_signed_in
from tests.accounts.second_factor import app_of, secret_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def rotate(settings):
    """`rotate()`: another key, and the last one known; `rotate(forget=True)`: none but the newest."""

    def rotate(*, forget: bool = False) -> None:
        settings.SECRET_KEY_FALLBACKS = [] if forget else [settings.SECRET_KEY]
        settings.SECRET_KEY = settings.SECRET_KEY if forget else f"another {settings.SECRET_KEY}"

    return rotate


def test_sessions_go_on_and_take_the_new_key(client, ines, store, rotate):
    client.force_login(ines)
    rotate()
    assert client.get("/account/orders/").status_code == 200
    rotate(forget=True)
    assert is_signed_in(client, ines)


def test_a_known_browser_stays_known_until_the_old_key_goes(rf, ines, rotate):
    devices.get_to_know(response := HttpResponse(), ines.email)
    request = rf.get("/")
    request.COOKIES[devices.COOKIE] = response.cookies[devices.COOKIE].value
    known = devices.known_device(request, ines.email)
    rotate()
    assert (len(known), devices.known_device(request, ines.email)) == (16, known)
    rotate(forget=True)
    assert devices.known_device(request, ines.email) == ""


def test_links_to_set_a_password_and_to_an_archive_hold(ines, rotate):
    until = timezone.now() + timedelta(hours=1)
    token, link = password_tokens.make_token(ines), link_to(Person(ines), until=until).split("/")[-2]
    rotate()
    assert (password_tokens.check_token(ines, token), person_of(link).customer) == (True, ines)
    rotate(forget=True)
    assert (password_tokens.check_token(ines, token), person_of(link)) == (False, None)


def test_an_authenticator_app_works_for_good_once_a_worker_has_seen_the_new_key(sam, store, rotate):
    app = app_of(sam)
    secret, sealed = secret_of(app), app.data["secret"]
    rotate()
    assert secret_of(app) == secret
    keep_house()
    app.refresh_from_db()
    assert app.data["secret"] != sealed
    rotate(forget=True)
    assert secret_of(app) == secret


def test_what_no_known_key_has_sealed_is_left_as_it_is(sam, store, rotate):
    app = app_of(sam)
    rotate()
    rotate()
    current.SECRET_KEY_FALLBACKS = ["none of ours"]
    keep_house()
    before = dict(app.data)
    app.refresh_from_db()
    assert app.data == before
