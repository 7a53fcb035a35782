"""Sessions of staff end sooner than shoppers', and their owner ends them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Session
from tests.accounts.doors import is_signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def row_of(client):
    return Session.objects.get(pk=client.session.session_key)


def signed_in(person, *, ago=timedelta(0)):
    """A browser in which somebody signed in some time ago, and was busy since."""
    client = Client()
    client.force_login(person)
    session = client.session
    session["signed_in_at"] -= ago.total_seconds()
    session.save()
    return client


@pytest.mark.parametrize(("person", "idle"), [("sam", timedelta(hours=2)), ("ines", timedelta(days=14))])
def test_they_end_so_long_after_their_last_use(request, person, idle):
    row = row_of(signed_in(request.getfixturevalue(person)))
    assert abs(row.expire_date - row.seen_at - idle) < timedelta(seconds=1)


def test_being_busy_prolongs_them_to_a_working_day_and_no_further(sam):
    client = signed_in(sam, ago=timedelta(hours=11))
    Session.objects.update(seen_at=timezone.now() - timedelta(minutes=10))
    assert is_signed_in(client)
    assert row_of(client).expire_date - timezone.now() < timedelta(hours=1)
    assert not is_signed_in(signed_in(sam, ago=timedelta(hours=13)))


def test_one_s_own_are_ended_on_the_page_security(sam):
    here, there = signed_in(sam), signed_in(sam)
    assert here.post("/backoffice/security/sessions/end/", {"session": "others"}).url == "/backoffice/security/"
    assert [is_signed_in(here), is_signed_in(there)] == [True, False]
