"""Each way to erase somebody, as whoever goes it."""

from collections.abc import Callable
from io import StringIO

from django.core.management import call_command

from customers.models import Customer, PrivacyRequest
from customers.tasks import run_bulk_action
from tests.customers.bulk.bulk_actions import confirm as confirm_in_bulk
from tests.factories import PASSWORD
from tests.privacy.filling import FilledShop, rolled_back
from tests.privacy.people import ERASED, Person
from tests.shown_page import form_with, sent_by


def record_of(person: Person) -> Customer:
    return Customer.objects.get(email=person.email)


def by_the_shopper(shop: FilledShop) -> None:
    for person in ERASED:
        answer = shop.browsers[person].post("/account/delete/", {"password": PASSWORD})
        assert answer.url == "/account/delete/done/"


def by_the_merchant(shop: FilledShop) -> None:
    for person in ERASED:
        confirm(shop, f"/backoffice/customers/{record_of(person).pk}/delete/")


def from_a_request(shop: FilledShop) -> None:
    for person in ERASED:
        asked = PrivacyRequest.objects.get(customer=record_of(person), state="open", kind="erasure")
        confirm(shop, f"{asked.get_absolute_url()}erasure/")


def in_bulk(shop: FilledShop) -> None:
    """Only this: a worker would do all that waits, for others too."""
    action = confirm_in_bulk(shop.staff, "erase", *map(record_of, ERASED), number=len(ERASED))
    run_bulk_action.call(action.pk)


def by_command(shop: FilledShop) -> None:
    call_command("erase_customer", *(person.email for person in ERASED), "--noinput", stdout=StringIO())


def by_replay(shop: FilledShop) -> None:
    """A backup from before the erasure is restored, with its files; what survives is ERASURE_LOG alone."""
    log = shop.folder / "erasures.log"
    with rolled_back():
        by_the_merchant(shop)
        survives = log.read_bytes()
    log.write_bytes(survives)
    call_command("replay_erasures", log, stdout=StringIO())


def confirm(shop: FilledShop, page: str) -> None:
    """Press the button below what goes and what stays, with the tags that are ticked."""
    assert shop.staff.post(page, sent_by(form_with(shop.staff.get(page), "tags"))).status_code == 302


Way = Callable[[FilledShop], None]
WAYS: list[Way] = [by_the_shopper, by_the_merchant, from_a_request, in_bulk, by_command, by_replay]
