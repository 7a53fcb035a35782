"""Each way to erase somebody, as whoever goes it: all who are to be erased, and still there."""

from collections.abc import Callable

from customers.models import Customer, PrivacyRequest
from tests.customers.bulk.bulk_actions import confirm as confirm_in_bulk
from tests.factories import PASSWORD
from tests.privacy.filling import FilledShop
from tests.privacy.people import ERASED, Person
from tests.shown_page import form_with, sent_by


def record_of(person: Person) -> Customer:
    return Customer.objects.get(email=person.email)


def still_there() -> list[Person]:
    emails = Customer.objects.filter(email__in=[person.email for person in ERASED]).values_list("email", flat=True)
    return [person for person in ERASED if person.email in {*emails}]


def by_the_shopper(shop: FilledShop) -> None:
    for person in still_there():
        answer = shop.browsers[person].post("/account/delete/", {"password": PASSWORD})
        assert answer.url == "/account/delete/done/"


def by_the_merchant(shop: FilledShop) -> None:
    for person in still_there():
        confirm(shop, f"/backoffice/customers/{record_of(person).pk}/delete/")


def from_a_request(shop: FilledShop) -> None:
    for person in still_there():
        asked = PrivacyRequest.objects.get(customer=record_of(person), state="open", kind="erasure")
        confirm(shop, f"{asked.get_absolute_url()}erasure/")


def in_bulk(shop: FilledShop) -> None:
    if people := still_there():
        shop.carry_out(confirm_in_bulk(shop.staff, "erase", *map(record_of, people), number=len(people)))


def by_command(shop: FilledShop) -> None:
    if people := still_there():
        shop.command("erase_customer", *(person.email for person in people), "--noinput")


def by_replay(shop: FilledShop) -> None:
    """A backup from before the erasure is restored."""
    with shop.restored_afterwards():
        by_the_merchant(shop)
    shop.command("replay_erasures", *map(str, shop.erasure_logs))


def confirm(shop: FilledShop, page: str) -> None:
    """Press the button below what goes and what stays, with the tags that are ticked."""
    assert shop.staff.post(page, sent_by(form_with(shop.staff.get(page), "tags"))).status_code == 302


Way = Callable[[FilledShop], None]
WAYS: list[Way] = [by_the_shopper, by_the_merchant, from_a_request, in_bulk, by_command, by_replay]
