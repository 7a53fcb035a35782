"""Erasures on two hosts: each way there is, undisturbed and killed, and what else may be going on just then."""

from collections.abc import Callable
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from customers.models import CustomerImport
from tests.accounts.doors import reauthenticate
from tests.customers.importing.imports import IMPORTS, brought, start
from tests.faults.holding_store import Moment
from tests.faults.shop_on_two_hosts import ShopOnTwoHosts
from tests.orders.retention.old_orders import run as purge
from tests.privacy.people import DONE, ERASED
from tests.privacy.reckoning import AFTER_ALL_TERMS, AT_FIRST, IN_THE_END, PAST_EVERY_TERM, all_is_done
from tests.privacy.ways import (
    WAYS,
    Way,
    by_command,
    by_replay,
    by_the_merchant,
    by_the_shopper,
    confirm,
    from_a_request,
    in_bulk,
    record_of,
)

Scenario = Callable[[ShopOnTwoHosts], None]
# After the commit, and with half of the work behind it.
FIRST_FILE, SECOND_FILE = Moment("DELETE"), Moment("DELETE", nth=2)
ROWS = 40_000
FILE = "email;first_name;notes\n"


def undisturbed(erase: Way) -> Scenario:
    """Until the last of them is gone."""

    def scenario(shop: ShopOnTwoHosts) -> None:
        shop.machines.start_workers()
        erase(shop)
        shop.must_have_forgotten(AT_FIRST)
        all_is_done(shop)
        shop.must_have_forgotten(IN_THE_END)
        purge(at=timezone.now() + PAST_EVERY_TERM)
        shop.must_have_forgotten(AFTER_ALL_TERMS)

    return scenario


def killed(erase: Way, moment: Moment) -> Scenario:
    """Whoever is not erased then is so afterwards."""

    def scenario(shop: ShopOnTwoHosts) -> None:
        shop.machines.start_workers()
        shop.killed_at(moment, partial(erase, shop))
        shop.machines.settle()
        erase(shop)
        shop.must_have_forgotten(AT_FIRST)

    return scenario


def killed_while_a_purge_deletes_documents(shop: ShopOnTwoHosts) -> None:
    """The store is away for this process, which stays: a worker has to do what was to be done on commit."""
    shop.machines.start_workers()
    by_the_merchant(shop)
    shop.must_have_forgotten(AT_FIRST)
    all_is_done(shop)
    shop.must_have_forgotten(IN_THE_END)
    shop.killed_at(Moment("DELETE", "documents/"), partial(purge, at=timezone.now() + PAST_EVERY_TERM))
    shop.must_have_forgotten(AFTER_ALL_TERMS)


def killed_while_an_export_is_written(shop: ShopOnTwoHosts) -> None:
    """A worker has stored a file with somebody who is erased before the worker can say so."""
    stored = Moment("PUT", "exports/", is_done=True)
    shop.killed_while(shop.machines.start_workers, stored, partial(by_the_merchant, shop))
    shop.must_have_forgotten(AT_FIRST)


def killed_while_an_import_runs(shop: ShopOnTwoHosts) -> None:
    """Somebody is erased whose row came, and others before theirs come."""
    shop.machines.start_workers()
    job = brought(shop.staff, large_file(), name="large.csv")
    start(shop.staff, job)
    while CustomerImport.objects.get(pk=job.pk).done == 0:
        pass
    confirm(shop, f"/backoffice/customers/{record_of(ERASED[0]).pk}/delete/")
    shop.kill()
    job.refresh_from_db()
    assert job.is_under_way, "the import was over before anything was killed"
    shop.start()
    by_the_merchant(shop)
    shop.must_have_forgotten(AT_FIRST)
    job.refresh_from_db()
    assert (job.state, job.file) == ("done", "")


def killed_while_an_import_is_read(shop: ShopOnTwoHosts) -> None:
    """A worker is copying the file to its own machine."""
    shop.machines.start_workers()
    job = brought(shop.staff, large_file(), name="large.csv")
    read = Moment("GET", "imports/", is_done=True)
    shop.killed_while(partial(start, shop.staff, job), read, partial(by_the_merchant, shop))
    shop.must_have_forgotten(AT_FIRST)


def killed_while_a_file_comes_in(shop: ShopOnTwoHosts) -> None:
    """A web process has received it, and not stored it yet."""
    file = SimpleUploadedFile("large.csv", (large_file() * 4).encode())
    bring = partial(shop.staff.post, IMPORTS, {"file": file})
    shop.killed_while(bring, Moment("PUT", "imports/"), lambda: None)
    by_the_merchant(shop)
    shop.must_have_forgotten(AT_FIRST)


def killed_while_an_archive_is_made(shop: ShopOnTwoHosts) -> None:
    """Somebody fetches what is kept about them, and it is being packed."""
    browser = shop.browsers[DONE]
    reauthenticate(browser)
    fetch = partial(browser.post, "/account/export/")
    shop.killed_while(fetch, Moment("GET", "documents/", is_done=True), lambda: None)
    by_the_shopper(shop)
    shop.must_have_forgotten(AT_FIRST)


def killed_while_a_mail_is_sent(shop: ShopOnTwoHosts) -> None:
    """The mail server takes long over somebody who is erased meanwhile."""
    machines, slow = shop.machines, {person.email for person in ERASED}
    machines.mails.slow_about |= slow
    machines.start_workers()
    machines.let_what_waits_go()
    being_sent = """SELECT count(*) FROM shopadmin_mail WHERE state = 'sending' AND "to" = ANY(%s)"""
    while machines.ask(being_sent, [*slow]) == [(0,)]:
        pass
    by_the_merchant(shop)
    shop.kill()
    machines.mails.slow_about -= slow
    shop.start()
    shop.must_have_forgotten(AT_FIRST)


def large_file() -> str:
    """They stand at its beginning and at its end."""
    people = [f"{one.email};{one.word('first')};{one.word('filed')}\n" for one in ERASED]
    others = [f"nobody{number}@post.example;Nobody;\n" for number in range(ROWS)]
    return FILE + "".join([*people[:1], *others, *people[1:]])


SCENARIOS: dict[str, Scenario] = {
    **{f"{erase.__name__}, undisturbed": undisturbed(erase) for erase in WAYS},
    "by_the_shopper, killed before the files": killed(by_the_shopper, FIRST_FILE),
    "by_the_merchant, killed before the files": killed(by_the_merchant, FIRST_FILE),
    "by_the_merchant, killed among the files": killed(by_the_merchant, SECOND_FILE),
    "from_a_request, killed among the files": killed(from_a_request, SECOND_FILE),
    "in_bulk, killed before the files": killed(in_bulk, FIRST_FILE),
    "in_bulk, killed among the files": killed(in_bulk, SECOND_FILE),
    "by_command, killed before the files": killed(by_command, FIRST_FILE),
    "by_replay, killed before the files": killed(by_replay, FIRST_FILE),
    **{
        scenario.__name__.replace("_", " "): scenario
        for scenario in (
            killed_while_a_purge_deletes_documents,
            killed_while_an_export_is_written,
            killed_while_an_import_runs,
            killed_while_an_import_is_read,
            killed_while_a_file_comes_in,
            killed_while_an_archive_is_made,
            killed_while_a_mail_is_sent,
        )
    },
}
