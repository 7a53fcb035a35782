"""Passkeys that were set before a mailbox was proved open nothing afterwards; the second factor of staff stays."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.email_verification.mailbox_proven import mailbox_proven
from customers.merging.merge import merge
from tests.accounts.doors import ask_for_link, code_in, is_signed_in, last_mail, sign_in_by_code, use_link
from tests.accounts.second_factor import app_of
from tests.accounts.soft_passkey import SoftPasskey, passkey_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
DOOR, NEW = "/account/sign-in/", "ines@new.example"


def use(client: Client, passkey: SoftPasskey):
    return client.post(f"{DOOR}passkey/", {"credential": passkey.get(client.post(f"{DOOR}passkey/options/"))})


@pytest.fixture
def moved(ines, mara):
    """Ines, whom the shop gave another address; what she signed in with came from who read the old one."""
    ines.change_email(NEW, by=mara)
    return ines


@pytest.mark.parametrize("way", ["code", "link"])
def test_the_proof_by_a_mail_discards_them(client, moved, way):
    passkey = passkey_of(moved)
    if way == "code":
        sign_in_by_code(client, NEW)
    else:
        ask_for_link(client, NEW)
        use_link(client, NEW)
    assert is_signed_in(client, moved)
    assert use(Client(), passkey).url == DOOR


def test_the_one_used_in_the_same_proof_stays_alone(client, moved):
    mine, other = passkey_of(moved), passkey_of(moved)
    use(client, mine)
    client.post("/account/confirm/", {"code": code_in(last_mail(NEW))})
    assert is_signed_in(client, moved)
    assert [use(Client(), one).url for one in (mine, other)] == ["/account/orders/", DOOR]


def test_later_proofs_leave_them(client, ines):
    passkey = passkey_of(ines)
    sign_in_by_code(client, ines.email)
    assert use(Client(), passkey).url == "/account/orders/"


def test_no_mail_takes_the_second_factor_of_staff(sam, mara):
    app = app_of(sam)
    sam.change_email("sam@new.example", by=mara)
    assert mailbox_proven(sam)
    assert Authenticator.objects.get() == app


def test_those_of_a_merged_record_are_gone(client, ines, otto):
    passkey = passkey_of(otto)
    merge(ines, otto, choices={}, by=None)
    assert use(client, passkey).url == DOOR
    assert not Authenticator.objects.exists()


def test_those_of_an_erased_record_are_gone_which_the_page_before_says(client, as_mara, ines):
    passkey = passkey_of(ines)
    assert (
        "They must be deleted separately on each device" in as_mara.get(f"/backoffice/customers/{ines.pk}/delete/").text
    )
    ines.delete()
    assert use(client, passkey).url == DOOR
