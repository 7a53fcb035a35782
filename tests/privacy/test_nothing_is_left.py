"""Whoever is erased is nowhere: no column, file or log holds a value of theirs but where the written list says."""

import shutil
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone

from customers.models import Customer, PrivacyRequest
from orders.models import WithdrawalNotice
from shopadmin.models import StoreSettings
from shopadmin.storage.areas import AREAS
from tests.orders.retention.old_orders import run as purge
from tests.privacy.people import BACK, DONE, NONE, OTHERS
from tests.privacy.reckoning import AFTER_ALL_TERMS, AT_FIRST, IN_THE_END, PAST_EVERY_TERM, all_is_done, left_behind
from tests.privacy.walking import held_on, remains_in_indexes
from tests.privacy.ways import WAYS, by_the_merchant

pytestmark = pytest.mark.slow
# Files in which they stand together, and their rows: whoever is erased takes the whole file along.
SHARED = {"imports/*.csv", "exports/*.csv", "customers.ImportReject.cells"}


@pytest.mark.parametrize("erase", WAYS)
def test_only_what_is_said_to_stay_is_left_and_others_keep_all(shop, erase, django_capture_on_commit_callbacks):
    before = held_on(OTHERS, shop.texts())
    with django_capture_on_commit_callbacks(execute=True):
        erase(shop)
    assert_others_keep_all(before, held_on(OTHERS, shop.texts()))
    assert left_behind(shop, AT_FIRST) == {}
    with django_capture_on_commit_callbacks(execute=True):
        all_is_done(shop)
    assert (left_behind(shop, IN_THE_END), remains_in_indexes("qux")) == ({}, [])
    with django_capture_on_commit_callbacks(execute=True):
        purge(at=timezone.now() + PAST_EVERY_TERM)
    assert left_behind(shop, AFTER_ALL_TERMS) == {}


def test_nothing_more_is_left_in_a_bucket_even_where_a_process_is_killed_after_each_commit(shop, bucket):
    """What is to be done on commit never is, and the worker does it."""
    move_files_into_bucket(shop)
    assert {place for place, _text in shop.texts() if place in SHARED} >= {"imports/*.csv", "exports/*.csv"}
    by_the_merchant(shop)
    all_is_done(shop)
    assert left_behind(shop, IN_THE_END) == {}
    purge(at=timezone.now() + PAST_EVERY_TERM)
    call_command("worker", "--once")
    assert left_behind(shop, AFTER_ALL_TERMS) == {}


def move_files_into_bucket(shop):
    for folder in (shop.folder / area for area in AREAS if (shop.folder / area).is_dir()):
        for path in folder.rglob("*.*"):
            storages[folder.name].save(str(path.relative_to(folder)), ContentFile(path.read_bytes()))
        shutil.rmtree(folder)


def assert_others_keep_all(before, after):
    for person in OTHERS:
        assert {place: words for place, words in before[person].items() if place not in SHARED} == after[person]


def test_guests_who_go_with_a_purge_leave_no_more(shop, django_capture_on_commit_callbacks):
    guests = (DONE, BACK, NONE)
    make_guests_with_nothing_open(guests)
    StoreSettings.objects.update(erase_guests_after_days=30)
    with django_capture_on_commit_callbacks(execute=True):
        purge(at=timezone.now() + timedelta(days=31))
    assert left_behind(shop, {person: IN_THE_END[person] for person in guests}) == {}


def make_guests_with_nothing_open(people):
    customers = Customer.objects.filter(email__in=[person.email for person in people])
    customers.update(registered_at=None, origin="order", marketing_consent=False)
    PrivacyRequest.objects.filter(customer__in=customers).update(state="declined")
    WithdrawalNotice.objects.update(answered_at=timezone.now())
