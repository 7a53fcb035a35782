"""Every address there is, read and posted to by everybody: a new one that the table does not know fails.

The client of the tests posts as a browser does that has the token.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings as django_settings
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from customers.models import Customer
from shopadmin.roles import RIGHTS, Right, Role
from tests.accounts.second_factor import with_factor
from tests.every_address import URLS, every_url
from tests.every_page import WITH_DEBUG, path_to
from tests.people import member_of_staff
from tests.privacy.filling import rolled_back
from tests.who_may_enter import (
    DOORS,
    NOTES_OF_A_COLLEAGUE,
    POSTED_BY,
    SIGNED,
    STAFF_DOORS,
    STAFF_HAVE_ANOTHER,
    TABLE,
    THINGS_IN_AN_ACCOUNT,
    WITHOUT_SECOND_FACTOR,
    Who,
)

# Who may enter does not depend on the database.
pytestmark = pytest.mark.any_database
# What the table calls the roles.
STANDING = {Role.READONLY: Who.READ_ONLY, Role.SUPPORT: Who.SUPPORT, Role.MANAGER: Who.MANAGER, Role.OWNER: Who.OWNER}
# Addresses of which each walk goes through some, so that several processes share the work.
AREAS = {
    area: sorted(name for name, (route, _) in URLS.items() if re.match(begin, route))
    for area, begin in {
        "shop": "(?!account/|backoffice/)",
        "account": "account/",
        "customers": "backoffice/customers/",
        "orders": "backoffice/orders/",
        "products": "backoffice/products/",
        "else": "backoffice/(?!customers/|orders/|products/)",
    }.items()
}
BACKOFFICE = [name for name, (route, _) in URLS.items() if route.startswith("backoffice/")]
OF_A_CUSTOMER = [name for name, (route, _) in URLS.items() if route.startswith("backoffice/customers/<int:pk>/")]


@dataclass
class Visitor:
    """Somebody at the door: how much they may do, and the session of their browser."""

    words: str
    who: Who
    session: str = ""
    has_factor: bool = True
    is_ines: bool = False

    def ask(self, method: str, path: str) -> HttpResponse:
        """What one request gets; all that comes of it is taken back, so that the next finds everything as it was."""
        client = Client()
        if self.session:
            client.cookies[django_settings.SESSION_COOKIE_NAME] = self.session
        with rolled_back():
            return client.generic(method, path, content_type="application/x-www-form-urlencoded")


@pytest.fixture
def visitors(ines, otto, mara, sam, rosa, store) -> list[Visitor]:
    """A stranger, both shoppers, and staff of each role; without a second factor those who may least and most."""
    max_ = member_of_staff("max@shop.example", "Max", Role.MANAGER)
    return [
        Visitor("stranger", Who.ANYBODY),
        Visitor("other shopper", Who.SIGNED_IN, session_of(otto)),
        Visitor("shopper", Who.SIGNED_IN, session_of(ines, reauthenticated=True), is_ines=True),
        *(Visitor(f"{one.role} with it", STANDING[one.role], session_of(one)) for one in (rosa, sam, max_, mara)),
        Visitor("readonly without it", Who.READ_ONLY, session_of(rosa, factor=False), has_factor=False),
        Visitor("owner without it", Who.OWNER, session_of(mara, factor=False), has_factor=False),
    ]


def session_of(person: Customer, *, factor: bool = True, **record: bool) -> str:
    client = Client()
    client.force_login(person)
    return (with_factor(client, **record) if factor else client).session.session_key


def answer_in_words(response: HttpResponse) -> str:
    """What became of somebody: in, or how they were kept out."""
    to, _, on = response.get("Location", "").partition("?")
    if on.startswith("next="):
        return WAYS_OFF.get(to, "in")
    if response.request["PATH_INFO"].startswith("/account/") and to == "/backoffice/security/":
        return "to the page of staff"
    return KEPT_OUT.get(response.status_code, "in")


KEPT_OUT = {403: "refused", 404: "not there", 405: "no such method"}
WAYS_OFF = {
    "/account/sign-in/": "to sign in", "/backoffice/sign-in/": "to sign in", "/backoffice/security/": "to a factor",
}  # fmt: skip


def answer_due(name: str, visitor: Visitor, method: str) -> str:
    """What row C11 says: a missing right is 403 for staff, 404 for shoppers, the sign-in page for strangers."""
    door, is_backoffice = DOORS[name], name in BACKOFFICE
    if visitor.who < door.who and visitor.who < Who.READ_ONLY:
        return "to sign in" if visitor.who is Who.ANYBODY else "not there"
    if is_backoffice and door.who > Who.ANYBODY and not visitor.has_factor and name not in WITHOUT_SECOND_FACTOR:
        return "to a factor"
    if name in STAFF_HAVE_ANOTHER and visitor.who > Who.SIGNED_IN:
        return "to the page of staff"
    if visitor.who < door.who or method == "POST" and visitor.who < POSTED_BY.get(name, door.who):
        return "refused"
    if method not in door.methods:
        return "no such method"
    if name in THINGS_IN_AN_ACCOUNT and not visitor.is_ines or name in NOTES_OF_A_COLLEAGUE and visitor.who < Who.OWNER:
        return "not there"
    return "refused" if name in SIGNED else "in"


def test_every_address_has_a_name_of_its_own_and_one_place_in_the_table():
    names = [pattern.name for _route, pattern in every_url()]
    assert len(names) == len(set(names)) == sum(len(doors) for _who, doors in TABLE)
    assert set(names) == set(DOORS)


@pytest.fixture
def quiet():
    """Hundreds of refusals, each with its way through the code, would take longer to write than to make."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("area", AREAS)
def test_everybody_gets_the_answer_that_the_table_says(area, visitors, ines, settings):
    settings.ACCOUNT_RATE_LIMITS, settings.RATE_LIMITS, settings.REQUIRE_STAFF_MFA = False, False, True
    wrong = []
    for name in AREAS[area]:
        if (name in WITH_DEBUG) != settings.DEBUG:  # setting it has Django read all templates anew
            settings.DEBUG = name in WITH_DEBUG
        ines.refresh_from_db()  # some things to try take more than rows
        with rolled_back():
            wrong += wrong_answers(name, visitors, ines)
    assert not wrong, "\n".join(wrong)


def wrong_answers(name: str, visitors: list[Visitor], ines: Customer) -> Iterator[str]:
    """Each answer at an address that is another than is due, and doors shown to somebody for whom they are shut."""
    path = path_to(name, ines)
    for visitor in visitors:
        if visitor.words == "other shopper" and name in BACKOFFICE:
            continue  # where she herself is one who must not enter
        for method in ("GET", "POST"):
            response = visitor.ask(method, path)
            answer, due = answer_in_words(response), answer_due(name, visitor, method)
            if answer != due:
                yield f"{name}: {method} by {visitor.words}: {answer} ({response.status_code}), not {due}"
            if method == "GET" and answer == "in" and name in BACKOFFICE:
                yield from (f"{name} shows {visitor.words} {shut}" for shut in shut_doors_in(response, visitor))


def shut_doors_in(response: HttpResponse, visitor: Visitor) -> Iterator[str]:
    """Names of the pages that a page leads or posts to, and that refuse whoever is shown them."""
    is_page = response.status_code == 200 and response["Content-Type"].startswith("text/html")
    if is_page and visitor.who < Who.OWNER:
        for path in set(re.findall(r'(?:href|action)="(/backoffice/[^"?#]*)', response.content.decode())):
            if DOORS[resolve(path).url_name].who > visitor.who:
                yield resolve(path).url_name


@pytest.mark.usefixtures("quiet")
def test_whoever_has_their_data_restricted_is_shown_to_owners_alone(visitors, ines, settings):
    Customer.objects.filter(pk=ines.pk).update(restricted_at=timezone.now())
    others = [one for one in visitors if Who.SIGNED_IN < one.who < Who.OWNER and one.has_factor]
    for name in OF_A_CUSTOMER:
        asked = [(one, method) for one in others for method in DOORS[name].methods]
        assert {one.ask(method, path_to(name, ines)).status_code for one, method in asked} == {403}, name


def test_the_code_asks_for_what_the_table_says():
    """Both ways, so that the table is what is read: the lowest role with the right, and pages without second factor."""
    lowest = {right: min(STANDING[role] for role in Role if right in RIGHTS[role]) for right in Right}
    guards = {name: URLS[name][1].callback for name in BACKOFFICE if name not in STAFF_DOORS}
    assert {name: lowest[guard.right] for name, guard in guards.items()} == {name: DOORS[name].who for name in guards}
    assert {name for name, guard in guards.items() if not guard.second_factor} == WITHOUT_SECOND_FACTOR
