"""The second factor of staff: set up, asked for, and never in the way of its owner."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import SetUpCode
from accounts.security import recovery_codes, set_up_codes
from shopadmin.models import Mail
from tests.accounts.doors import code_in, is_signed_in, last_mail, wait
from tests.accounts.second_factor import app_of, code_of, secret_of, shown_by, with_factor
from tests.factories import PASSWORD
from tests.people import member_of_staff
from tests.shown_page import errors, value_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
DOOR, STEP, SECURITY = "/backoffice/sign-in/", "/backoffice/sign-in/second-step/", "/backoffice/security/"
ADD_APP, CODE = f"{SECURITY}app/add/", f"{SECURITY}code/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_STAFF_MFA = True


def enter(person, client=None, **extra):
    """Come as far as the password takes one."""
    wait()
    client = client or Client(**extra)
    client.post(DOOR, {"login": person.email, "password": PASSWORD})
    return client


def type_code(client, code):
    return client.post(STEP, {"code": code})


def is_in(client):
    return client.get("/backoffice/").status_code == 200


def add_app(client):
    page = client.get(ADD_APP)
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page.content.decode())[1].replace(" ", "")
    return client.post(ADD_APP, {"sealed": value_of(page, "sealed"), "code": shown_by(secret)})


# --- Signing in


def test_the_password_leads_to_the_second_step_and_no_further(mara):
    app = app_of(mara)
    client = enter(mara)
    assert client.get("/backoffice/").url.startswith(DOOR)
    assert not is_signed_in(client)
    assert errors(type_code(client, "000000")) == {"code": "This code is incorrect"}
    assert type_code(client, code_of(app)).url == "/backoffice/"
    assert is_in(client)


def test_a_code_of_the_app_works_once(mara):
    app = app_of(mara)
    code = code_of(app)
    first, second = enter(mara), enter(mara)
    assert type_code(first, code).status_code == 302
    assert errors(type_code(second, code)) == {"code": "This code is incorrect"}


def test_a_recovery_code_works_once_and_the_database_has_its_hash_alone(mara):
    app_of(mara)
    code = recovery_codes.make_codes(mara)[3]
    kept = Authenticator.objects.get(type="recovery_codes").data
    assert code.replace("-", "") not in str(kept)
    assert type_code(enter(mara), code.lower().replace("-", " ")).url == "/backoffice/"
    assert errors(type_code(enter(mara), code)) == {"code": "This code is incorrect"}
    assert recovery_codes.codes_left(mara) == 9


def test_the_secret_of_an_app_is_encrypted(mara):
    app = app_of(mara)
    assert not re.fullmatch("[A-Z2-7]{32}", app.data["secret"])


def test_a_mailed_code_or_a_new_password_is_no_way_round_it(mara):
    app_of(mara)
    client = Client()
    wait()
    client.post("/account/sign-in/code/", {"email": mara.email})
    done = client.post("/account/sign-in/code/confirm/", {"code": code_in(last_mail(mara.email))})
    assert done.url == STEP
    assert not is_signed_in(client)


def test_who_was_blocked_between_the_steps_stays_out(mara):
    app, client = app_of(mara), enter(mara)
    type(mara).objects.filter(pk=mara.pk).update(access="blocked")
    assert type_code(client, code_of(app)).url == "/account/not-open/"


def test_who_was_erased_between_the_steps_begins_anew(mara):
    app_of(mara)
    client = enter(mara)
    mara.delete()
    assert client.get(STEP).url == DOOR
    assert type_code(client, "000000").url == DOOR


# --- Setting it up


def test_the_password_alone_sets_up_nothing(mara):
    client = enter(mara)
    assert client.get("/backoffice/customers/").url == f"{SECURITY}?next=/backoffice/customers/"
    for page in (ADD_APP, f"{SECURITY}passkeys/add/"):
        assert {client.get(page).url, client.post(page).url} == {f"{CODE}?next={page}"}
    assert errors(client.post(CODE, {"code": "BCDF-GHJK"})) == {"code": "This code is incorrect"}


def test_a_mailed_code_lets_one_set_up_an_app(mara):
    client, elsewhere = enter(mara), enter(mara)
    client.post(f"{CODE}send/")
    assert client.post(f"{CODE}?next={ADD_APP}", {"code": code_in(last_mail(mara.email))}).url == ADD_APP
    key = client.session.session_key
    assert add_app(client).url == f"{SECURITY}recovery-codes/"
    assert (is_in(client), is_signed_in(elsewhere), client.session.session_key == key) == (True, False, False)
    assert "An authenticator app was added" in last_mail(mara.email).text


def test_a_code_of_the_server_does_it_once(mara):
    code = set_up_codes.make_code(mara)
    assert enter(mara).post(CODE, {"code": code.lower()}).url == SECURITY
    assert errors(enter(mara).post(CODE, {"code": code})) == {"code": "This code is incorrect"}


@pytest.mark.parametrize("theirs", [True, False])
def test_a_code_of_the_server_that_is_old_or_another_s_does_nothing(mara, sam, theirs):
    code = set_up_codes.make_code(mara if theirs else sam)
    if theirs:
        SetUpCode.objects.update(expires_at=timezone.now())
    assert errors(enter(mara).post(CODE, {"code": code})) == {"code": "This code is incorrect"}


def test_recovery_codes_are_shown_once(mara, client):
    app_of(mara)
    client.force_login(mara)
    with_factor(client)
    page = f"{SECURITY}recovery-codes/"
    shown = re.findall(r"<code>([A-Z2-7-]{29})</code>", client.post(page).content.decode())
    assert (len(set(shown)), "<code>" in client.get(page).content.decode()) == (10, False)
    assert type_code(enter(mara), shown[0]).url == "/backoffice/"


def test_another_s_sealed_secret_is_taken_from_nobody(mara, sam, client):
    client.force_login(sam)
    with_factor(client)
    app_of(sam)
    sealed = value_of(client.get(ADD_APP), "sealed")
    client.force_login(mara)
    with_factor(client)
    app_of(mara)
    assert errors(client.post(ADD_APP, {"sealed": sealed, "code": "123456"})) == {
        "code": "This page has expired. Scan the code again."
    }


# --- Losing it


def test_the_last_one_stays_while_it_is_required(mara, client, settings):
    app = app_of(mara)
    client.force_login(mara)
    with_factor(client)
    remove = f"{SECURITY}factors/{app.pk}/remove/"
    client.post(remove)
    assert Authenticator.objects.filter(pk=app.pk).exists()
    settings.REQUIRE_STAFF_MFA = False
    client.post(remove)
    assert not Authenticator.objects.exists()


def test_nobody_removes_another_s(mara, sam, client):
    app = app_of(sam)
    app_of(mara)
    client.force_login(mara)
    with_factor(client)
    assert client.post(f"{SECURITY}factors/{app.pk}/remove/").status_code == 404


def test_an_owner_resets_a_colleague_s(mara, sam, client):
    app_of(sam)
    recovery_codes.make_codes(sam)
    theirs = Client()
    theirs.force_login(sam)
    client.force_login(mara)
    with_factor(client)
    client.post(f"/backoffice/staff/{sam.pk}/second-factor/reset/")
    assert not Authenticator.objects.filter(user=sam).exists()
    assert not is_signed_in(theirs)
    assert "has reset your second factor" in last_mail(sam.email).text


def test_only_owners_do_and_nobody_their_own(mara, sam, client):
    app = app_of(mara)
    for person, number in ((sam, mara.pk), (mara, mara.pk)):
        client.force_login(person)
        assert with_factor(client).post(f"/backoffice/staff/{number}/second-factor/reset/").status_code == 403
    assert Authenticator.objects.filter(pk=app.pk).exists()


def test_the_command_resets_it_and_prints_a_code(mara, capsys):
    app_of(mara)
    call_command("reset_second_factor", "MARA@shop.example")
    code = capsys.readouterr().out.split()[-1]
    assert not Authenticator.objects.exists()
    assert "was reset on the server" in last_mail(mara.email).text
    assert enter(mara).post(CODE, {"code": code}).url == SECURITY


# --- Who has the password


def test_who_has_the_password_does_not_lock_the_owner_out(mara):
    app, known = app_of(mara), enter(mara)
    type_code(known, code_of(app))
    known.post("/backoffice/sign-out/")
    thieves = [enter(mara, REMOTE_ADDR=f"192.0.2.{number}") for number in range(3)]
    codes = recovery_codes.make_codes(mara)
    enter(mara, known), (elsewhere := enter(mara, REMOTE_ADDR="198.51.100.7"))
    answers = [type_code(thief, "000000").status_code for thief in thieves for _try in range(6)]
    assert (answers[:6], answers[11:]) == ([200] * 5 + [429], [429] * 7)
    assert type_code(known, shown_by(secret_of(app), later=1)).url == "/backoffice/"
    assert type_code(elsewhere, codes[0]).url == "/backoffice/"
    assert Mail.objects.filter(name="second_step_failed", to=mara.email).count() == 1


def test_a_browser_is_not_known_before_it_showed_a_second_factor(mara):
    assert "device" not in enter(mara).cookies


# --- Again


def test_what_cannot_be_undone_asks_again_after_a_while(mara, ines, client):
    app = app_of(mara)
    client.force_login(mara)
    with_factor(client, at=timezone.now().timestamp() - 16 * 60)
    page = f"/backoffice/customers/{ines.pk}/delete/"
    assert {client.get(page).url, client.post(page).url} == {f"/backoffice/confirm/?next={page}"}
    key = client.session.session_key
    assert client.post(f"/backoffice/confirm/?next={page}", {"code": code_of(app)}).url == page
    assert client.get(page).status_code == 200
    assert client.session.session_key != key


def test_without_a_second_factor_it_asks_for_the_password(client, settings):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(member_of_staff("olga@shop.example", "Olga", "owner"))
    session = client.session
    session["signed_in_at"] -= 16 * 60
    session.save()
    assert client.get("/backoffice/staff/invite/").url == "/backoffice/confirm/?next=/backoffice/staff/invite/"
    page = "/backoffice/confirm/?next=/backoffice/staff/invite/"
    assert errors(client.post(page, {"password": "wrong"})) == {"password": "This password is incorrect"}
    assert client.post(page, {"password": PASSWORD}).url == "/backoffice/staff/invite/"
    assert client.get("/backoffice/staff/invite/").status_code == 200
