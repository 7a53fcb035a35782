"""What may be left of people who were erased, by what became of their orders, and what is left where nothing may be."""

import os
import time
from collections.abc import Mapping
from datetime import timedelta

from django.core.management import call_command

from orders.models import Order
from shopadmin.models import Mail
from tests.privacy import filling_orders
from tests.privacy.declared import places_that_stay
from tests.privacy.filling import FilledShop
from tests.privacy.people import BACK, DONE, ERASED, NONE, OPEN, Person
from tests.privacy.walking import Found, held_on

WhatStays = Mapping[Person, tuple[str, ...]]
# What of each person stays at first, and when all is done.
AT_FIRST: WhatStays = {
    OPEN: ("under way", "invoiced", "notice"),
    DONE: ("invoiced", "notice"),
    BACK: ("invoiced", "notice"),
    NONE: ("notice",),
}
IN_THE_END: WhatStays = {OPEN: ("invoiced",), DONE: ("invoiced",), BACK: ("invoiced",), NONE: ()}
AFTER_ALL_TERMS: WhatStays = dict.fromkeys(ERASED, ())
PAST_EVERY_TERM = timedelta(days=12 * 366)


def left_behind(shop: FilledShop, what_stays: WhatStays) -> dict[str, Found]:
    """By person and place: what is left where nothing should be."""
    found = held_on(what_stays, shop.texts())
    left = {person.stem: _not_said_to_stay(person, found[person], what_stays[person]) for person in what_stays}
    return {stem: places for stem, places in left.items() if places}


def _not_said_to_stay(person: Person, found: Found, reasons: tuple[str, ...]) -> Found:
    """A notice says of a person no more than who it was."""
    stays, notices = places_that_stay(*reasons), places_that_stay("notice" if "notice" in reasons else "")
    names = person.words_in(f"{person.stem} {person.email} {person.full_name}".lower())
    return {
        place: words
        for place, words in found.items()
        if place not in stays or (place in notices and not words <= names)
    }


def all_is_done(shop: FilledShop) -> None:
    """Orders under way are paid and sent, the notices are delivered, and three days pass."""
    for order in Order.objects.exclude(erased_at=None).filter(state="open"):
        filling_orders.pay(shop.staff, order)
        filling_orders.ship(shop.staff, OPEN, order)
    call_command("worker", "--once")
    long_ago = timedelta(days=4)
    for mail in Mail.objects.all():
        Mail.objects.filter(pk=mail.pk).update(created_at=mail.created_at - long_ago)
    for path in (shop.folder / "mails").glob("*"):
        os.utime(path, (time.time() - long_ago.total_seconds(),) * 2)
    call_command("worker", "--once")
