"""Whoever is erased is nowhere: no column, file or log holds a value of theirs but where the written list says."""

import os
import shutil
import time
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone

from customers.models import Customer, PrivacyRequest
from orders.models import Order, WithdrawalNotice
from shopadmin.models import Mail, StoreSettings
from shopadmin.storage.areas import AREAS
from tests.orders.retention.old_orders import run as purge
from tests.privacy import filling_orders
from tests.privacy.declared import places_that_stay
from tests.privacy.people import BACK, DONE, ERASED, NONE, OPEN, OTHERS
from tests.privacy.walking import everything, held_on, remains_in_indexes
from tests.privacy.ways import WAYS, by_the_merchant

pytestmark = pytest.mark.slow
# What of each person stays at first, and when all is done.
AT_FIRST = {
    OPEN: ("under way", "invoiced", "notice"),
    DONE: ("invoiced", "notice"),
    BACK: ("invoiced", "notice"),
    NONE: ("notice",),
}
IN_THE_END = {OPEN: ("invoiced",), DONE: ("invoiced",), BACK: ("invoiced",), NONE: ()}
PAST_EVERY_TERM = timedelta(days=12 * 366)
# Files in which they stand together, and their rows: whoever is erased takes the whole file along.
SHARED = {"imports/*.csv", "exports/*.csv", "customers.ImportReject.cells"}


@pytest.mark.parametrize("erase", WAYS)
def test_only_what_is_said_to_stay_is_left_and_others_keep_all(shop, erase, django_capture_on_commit_callbacks):
    before = held_on(OTHERS, log=shop.log.getvalue())
    with django_capture_on_commit_callbacks(execute=True):
        erase(shop)
    assert_others_keep_all(before, held_on(OTHERS, log=shop.log.getvalue()))
    assert left_behind(shop, AT_FIRST) == {}
    with django_capture_on_commit_callbacks(execute=True):
        all_is_done(shop)
    assert (left_behind(shop, IN_THE_END), remains_in_indexes("qux")) == ({}, [])
    with django_capture_on_commit_callbacks(execute=True):
        purge(at=timezone.now() + PAST_EVERY_TERM)
    assert left_behind(shop, dict.fromkeys(ERASED, ())) == {}


def test_nothing_more_is_left_in_a_bucket_even_where_a_process_is_killed_after_each_commit(shop, bucket):
    """What is to be done on commit never is, and the worker does it."""
    move_files_into_bucket(shop)
    assert {place for place, _text in everything("") if place in SHARED} >= {"imports/*.csv", "exports/*.csv"}
    by_the_merchant(shop)
    all_is_done(shop)
    assert left_behind(shop, IN_THE_END) == {}
    purge(at=timezone.now() + PAST_EVERY_TERM)
    call_command("worker", "--once")
    assert left_behind(shop, dict.fromkeys(ERASED, ())) == {}


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


def left_behind(shop, what_stays):
    """By person and place: what is left where nothing should be."""
    found = held_on(what_stays, log=shop.log.getvalue())
    left = {person.stem: not_said_to_stay(person, found[person], what_stays[person]) for person in what_stays}
    return {stem: places for stem, places in left.items() if places}


def not_said_to_stay(person, found, reasons):
    """A notice says of a person no more than who it was."""
    stays, notices = places_that_stay(*reasons), places_that_stay("notice" if "notice" in reasons else "")
    names = person.words_in(f"{person.stem} {person.email} {person.full_name}".lower())
    return {
        place: words
        for place, words in found.items()
        if place not in stays or (place in notices and not words <= names)
    }


def all_is_done(shop):
    """The order under way is paid and sent, the notices are delivered, and three days pass."""
    [order] = Order.objects.exclude(erased_at=None).filter(state="open")
    filling_orders.pay(shop.staff, order)
    filling_orders.ship(shop.staff, OPEN, order)
    call_command("worker", "--once")
    long_ago = timedelta(days=4)
    for mail in Mail.objects.all():
        Mail.objects.filter(pk=mail.pk).update(created_at=mail.created_at - long_ago)
    for path in (shop.folder / "mails").iterdir():
        os.utime(path, (time.time() - long_ago.total_seconds(),) * 2)
    call_command("worker", "--once")
