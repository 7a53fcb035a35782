"""A shop in which several people have left something in every field and flow."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from django.db import transaction
from django.test import Client

from shopadmin.models import StoreSettings
from shopadmin.roles import Role
from tests.people import member_of_staff
from tests.privacy import filling_account, filling_orders, filling_work
from tests.privacy.people import ERASED, OTHERS, OTTO, Person


@dataclass
class FilledShop:
    """A shop with something of several people everywhere: its files, its log so far, and everybody's browser."""

    folder: Path
    log: StringIO
    staff: Client
    browsers: dict[Person, Client]


@contextmanager
def rolled_back() -> Iterator[None]:
    """A transaction of which nothing is left."""
    whole = transaction.atomic()
    whole._from_testcase = True  # so that Django lets a transaction that must be the outermost begin inside of it
    with whole:
        yield
        transaction.set_rollback(True)


def open_shop() -> Client:
    """A Dutch shop and a browser of its owner."""
    store = StoreSettings.current()
    store.languages, store.contact_email = ["en", "nl", "de"], "shop@shop.example"
    store.notification_email = "merchant@shop.example"
    store.save()
    staff = Client()
    staff.force_login(member_of_staff("mara@shop.example", "Mara", Role.OWNER))
    return staff


def fill(staff: Client, folder: Path) -> dict[Person, Client]:
    """Fill the shop, from a folder of the merchant's too; returns the browser in which each person is signed in."""
    browsers = {person: filling_account.account_of(person) for person in (*ERASED, *OTHERS)}
    for person, browser in browsers.items():
        filling_account.fill_in_backoffice(staff, person)
        filling_orders.orders_of(person, browser, staff)
    for person in (*ERASED, OTTO):
        filling_work.merge_records(staff, person)
    filling_work.bring_files(staff)
    filling_work.bring_files_by_command(folder)
    filling_work.act_in_bulk(staff)
    filling_work.fail_at_work(staff)
    filling_work.let_the_worker_work()
    for person in ERASED:
        filling_work.look_alike(person)
    for person in browsers:
        filling_account.leave_things_undone(person)
    filling_work.fail_to_deliver()
    filling_work.leave_work_waiting(staff)
    for person in browsers:
        filling_account.fail_to_sign_in(person)
    return browsers
