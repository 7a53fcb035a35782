"""/backoffice/sign-in/: the door of staff."""

import pytest
from django.test import Client

from shopadmin.models import Mail
from tests.accounts.doors import is_signed_in, wait
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
DOOR = "/backoffice/sign-in/"


def enter(client, customer, **fields):
    wait()
    return client.post(DOOR, {"login": customer.email, "password": PASSWORD, **fields})


def test_it_leads_to_the_dashboard(client, sam):
    assert "Sign in to the backoffice" in client.get(DOOR).content.decode()
    assert enter(client, sam).url == "/backoffice/"
    assert is_signed_in(client, sam)


def test_it_leads_back_to_where_one_came_from(client, sam):
    assert enter(client, sam, next="/backoffice/customers/").url == "/backoffice/customers/"


def test_a_shoppers_right_password_is_answered_like_a_wrong_one(client, ines, sam):
    right = enter(client, ines).content.decode()
    assert "The email address or password is incorrect" in right
    assert not is_signed_in(client)


def test_a_blocked_member_of_staff_stays_out(client, sam):
    type(sam).objects.filter(pk=sam.pk).update(access="blocked")
    assert enter(client, sam).url == "/account/not-open/"
    assert not is_signed_in(client)


def test_signing_out_leads_back_to_it(client, sam):
    enter(client, sam)
    response = client.post("/backoffice/sign-out/")
    assert response.url == DOOR
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_signed_in(client)


def test_only_staff_get_a_link(ines, sam):
    for email in (ines.email, sam.email, "nobody@post.example"):
        wait()
        assert Client().post("/backoffice/sign-in/reset/", {"email": email}).url == "/backoffice/sign-in/reset/done/"
    assert [mail.to for mail in Mail.objects.all()] == [sam.email]
