"""Merging forgets no relation and no field: each moves, stays or, in the end, is blanked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.merging import merge as merging
from customers.merging import tables as merging_tables
from customers.models import Consent, Customer, Merge
from tests.customers.every_field import fill_every_field
from tests.customers.merging.merging import fill, merged_by
from tests.factories import AddressFactory

pytestmark = pytest.mark.django_db
# Relations to a customer that no merge moves, and why.
NOT_MOVED = {
    "address": "chosen", "customer": "points to the kept one", "duplicate": "a pair", "merge": "of both",
    "session": "ended", "emailaddress": "not in use", "bulkskip": "of an action that is over",
    "staffinvitation": "of an address", "customer_groups": "own", "customer_user_permissions": "own",
    "authenticator": "its passkeys go, since it signs in no more; staff are not merged",
    "setupcode": "of staff, who are not merged",
}  # fmt: skip
WHO_DID_IT = {"by", "actor", "author", "answered_by", "closed_by", "dismissed_by"}


def test_each_relation_is_moved_or_said_not_to_be():
    moved = {table._meta.model_name for table in merging_tables.TABLES.values()} | {"order", "customertag", "signin"}
    relations = [one for one in Customer._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete]
    found = {one.related_model._meta.model_name for one in relations if one.field.name not in WHO_DID_IT}
    assert found - moved == set(NOT_MOVED)


def test_consents_move_whole(as_mara, ines, gus):
    fill(gus, "his")
    before = list(Consent.objects.filter(customer=gus).values())
    merged_by(as_mara, ines, gus)
    kept = list(Consent.objects.filter(customer=ines).values())
    assert kept == [row | {"customer_id": ines.pk} for row in before]


def test_after_a_month_every_field_is_blank_but_those_that_stay(as_mara, ines, gus):
    AddressFactory(customer=gus)
    merge = merged_by(as_mara, ines, gus)
    filled = fill_every_field(gus, but=("email", "merged_into", "is_staff", "role", "access"))
    Merge.objects.filter(pk=merge.pk).update(at=timezone.now() - timedelta(days=31), before={"fields": {}})
    merging.forget_old_merges()
    left, fresh = Customer.objects.get(pk=gus.pk), Customer()
    left_over = [name for name in filled if getattr(left, name) != getattr(fresh, name)]
    assert sorted(left_over) == ["created_at", "origin"]
    assert (left.email, left.merged_into, left.access) == (gus.email, ines, "open")
    assert not left.addresses.exists()
