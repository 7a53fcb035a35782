"""How a member of staff signs in is changed by owners alone, whichever page or command asks."""

import pytest
from django.core.exceptions import PermissionDenied

from customers.models import Customer

pytestmark = pytest.mark.django_db
VERBS = {
    "change_email": lambda staff, by: staff.change_email("thief@post.example", by=by),
    "send_password_link": lambda staff, by: staff.send_password_link(by=by),
    "await_approval": lambda staff, by: staff.await_approval(by=by),
    "block": lambda staff, by: staff.block(by=by),
    "unblock": lambda staff, by: staff.unblock(by=by),
}


@pytest.mark.parametrize("verb", VERBS)
def test_support_may_not(mara, sam, store, verb):
    with pytest.raises(PermissionDenied):
        VERBS[verb](mara, sam)
    mara.refresh_from_db()
    assert (mara.email, mara.access) == ("mara@shop.example", "open")


def test_the_owner_may(mara, sam, store):
    sam.change_email("Sam@elsewhere.example", by=mara)
    sam.block(by=mara)
    sam.refresh_from_db()
    assert (sam.email, sam.access, sam.is_active) == ("sam@elsewhere.example", "blocked", False)


@pytest.mark.parametrize("verb", VERBS)
def test_support_may_with_a_customer(ines, sam, store, verb):
    VERBS[verb](ines, sam)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"registered_at": None}, "Guest"),
        ({}, "Registered"),
        ({"access": Customer.Access.AWAITING}, "Awaiting approval"),
        ({"access": Customer.Access.REFUSED}, "Refused"),
        ({"access": Customer.Access.BLOCKED, "registered_at": None}, "Blocked"),
    ],
)
def test_one_word_says_who_it_is(ines, fields, status):
    Customer.objects.filter(pk=ines.pk).update(**fields)
    assert Customer.objects.get(pk=ines.pk).status.label == status
