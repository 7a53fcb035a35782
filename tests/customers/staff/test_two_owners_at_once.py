"""Two owners who act on each other at the same moment: one of them stays an owner."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from customers.models import Customer
from customers.models.history import ActorKind
from customers.privacy.erasure.erasure import erase
from customers.staff import colleagues
from shopadmin.roles import Role
from tests.people import member_of_staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.usefixtures("store")]
VERBS = {
    "demote": lambda other, by: colleagues.change_role(other, "support", by=by),
    "remove": lambda other, by: colleagues.remove(other, by=by),
    "block": lambda other, by: other.block(by=by),
    "erase": lambda other, by: erase(other, by=ActorKind.MERCHANT, notify=False, actor=by),
}


def at_once(verb, *pairs):
    """Have each owner do it to the other; returns how many were refused."""
    ready = Barrier(len(pairs))

    def act(pair):
        ready.wait()
        try:
            VERBS[verb](pair[0], pair[1])
        except PermissionDenied:
            return 1
        finally:
            connection.close()
        return 0

    with ThreadPoolExecutor(len(pairs)) as pool:
        return sum(pool.map(act, pairs))


@pytest.mark.parametrize("verb", VERBS)
def test_one_of_two_stays_an_owner(mara, verb):
    olga = member_of_staff("olga@shop.example", "Olga", Role.OWNER)
    assert at_once(verb, (mara, olga), (olga, mara)) == 1
    assert Customer.objects.filter(role=Role.OWNER, access="open").count() == 1
