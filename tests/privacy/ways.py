"""Each way to erase somebody, as whoever goes it."""

from collections.abc import Callable

from customers.models import Customer, PrivacyRequest
from tests.customers.bulk.bulk_actions import do
from tests.factories import PASSWORD
from tests.privacy.filling import FilledShop
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
    do(shop.staff, "erase", *map(record_of, ERASED), number=len(ERASED))


def confirm(shop: FilledShop, page: str) -> None:
    """Press the button below what goes and what stays, with the tags that are ticked."""
    assert shop.staff.post(page, sent_by(form_with(shop.staff.get(page), "tags"))).status_code == 302


WAYS: list[Callable[[FilledShop], None]] = [by_the_shopper, by_the_merchant, from_a_request, in_bulk]
