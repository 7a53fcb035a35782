"""Customers for the benchmark, made up from a seed: the same people each time, at every size alike in kind."""

import random
import time
from calendar import timegm
from collections.abc import Iterator
from typing import NamedTuple

from customers.search.text import fold, search_text
from tests.benchmarks import words

SEED = 20_261_101
END = timegm((2026, 11, 1, 12, 0, 0))
SPAN = 6 * 365 * 24 * 3600
HUNDRED = [country for country, (share, *_rest) in words.COUNTRIES.items() for _ in range(share)]
FIRST_NAMES, TRADES, STREETS = words.FIRST_NAMES.split(), words.TRADES.split(), words.STREETS.split()
KNOWN = [surname for surname, share in words.SURNAMES.items() for _ in range(share)]


class Person(NamedTuple):
    """One customer, as far as other tables have to know of it; `dice` decides what only one table needs."""

    pk: int
    email: str
    first_name: str
    last_name: str
    phone: str
    mobile: str
    language: str
    company: str
    country: str
    access: str
    created: int
    registered: int
    by_order: bool
    consent: bool
    elsewhere: bool
    dice: int


def people(count: int) -> list[Person]:
    """So many customers, by the moment at which they came; three of them bear the rare name."""
    chance = random.Random(SEED)
    rare = {count // 4, count // 2, count * 3 // 4}
    return [_person(pk, count, chance, words.RARE_SURNAME if pk in rare else "") for pk in range(1, count + 1)]


def _person(pk: int, count: int, chance: random.Random, last_name: str) -> Person:
    roll, dice = chance.random, chance.getrandbits(32)
    country = HUNDRED[int(roll() * 100)]
    language = _one(words.COUNTRIES[country][2], roll)
    first_name, last_name = _one(FIRST_NAMES, roll), last_name or _surname(roll)
    created = END - int(SPAN * (1 - pk / (count + 1)) ** 1.5)  # more of them lately
    registered = roll() < 0.45
    return Person(
        pk=pk,
        email=_email(pk, first_name, last_name),
        first_name=first_name,
        last_name=last_name,
        phone=_phone(country, roll) if roll() < 0.25 else "",
        mobile=_phone(country, roll) if roll() < 0.55 else "",
        language=language,
        company=_company(country, last_name, roll) if roll() < 0.12 else "",
        country=country,
        access=_access(registered, roll),
        created=created,
        registered=created + int(roll() * (END - created)) if registered else 0,
        by_order=not registered and roll() < 0.9,
        consent=roll() < 0.38,
        elsewhere=roll() < 0.7,
        dice=dice,
    )


def _one(choices: list, roll) -> str:
    return choices[int(roll() * len(choices))]


def _surname(roll) -> str:
    place = int(roll() * 1000)
    return KNOWN[place] if place < len(KNOWN) else _one(words.MADE_UP, roll)


def _email(pk: int, first_name: str, last_name: str) -> str:
    return f"{fold(first_name)}.{fold(last_name).replace(' ', '')}{pk}@post{pk % 97}.example"


def _phone(country: str, roll) -> str:
    prefix, digits = words.MOBILE[country]
    return f"{words.COUNTRIES[country][1]}{prefix}{int((1 + 8.99 * roll()) * 10 ** (digits - 1))}"


def _company(country: str, last_name: str, roll) -> str:
    return f"{_one(TRADES, roll)} {last_name} {words.FORMS[country]}"


def _access(registered: bool, roll) -> str:
    place = roll()
    if registered and place < 0.006:
        return "awaiting"
    return "open" if place < 0.99 else "refused" if place < 0.993 else "blocked" if place < 0.996 else "open"


# --- Rows of the tables

CUSTOMER = (
    "id", "email", "first_name", "last_name", "phone", "mobile", "language", "marketing_consent", "customer_type",
    "company_name", "vat_number", "ship_elsewhere", "country", "access", "origin", "registered_at", "created_at",
    "orders_count", "spent", "last_order_at", "order_numbers", "search_text",
)  # fmt: skip
ADDRESS = ("customer_id", "kind", "country", "street", "house_number", "postcode", "city")
HISTORY = ("customer_id", "at", "actor_kind", "source", "field", "old", "new", "seen")
CONSENT = ("customer_id", "given", "at", "source", "text", "language")
TAG = ("customer_id", "tag_id")


def customer_rows(everybody: list[Person], tallies: list) -> Iterator[tuple]:
    """What the table of customers holds; `tallies` are (orders, cents, last, numbers) by person."""
    for person, (orders, cents, last, numbers) in zip(everybody, tallies, strict=True):
        yield (
            person.pk, person.email, person.first_name, person.last_name, person.phone, person.mobile,
            person.language, person.consent, "business" if person.company else "private", person.company,
            _vat_number(person),
            person.elsewhere, person.country, person.access, _origin(person),
            moment(person.registered) if person.registered else None, moment(person.created),
            orders, euros(cents), moment(last) if last else None, numbers, _search_text(person, numbers),
        )  # fmt: skip


def address_rows(everybody: list[Person]) -> Iterator[tuple]:
    """A billing address each, and a second one for those who have parcels sent elsewhere."""
    for person in everybody:
        for kind, dice in _addresses(person):
            yield person.pk, kind, person.country, *street_of(person.country, dice)


def history_rows(everybody: list[Person]) -> Iterator[tuple]:
    """That each record was made; and for one in fifty a change by the shopper, every fourth of them not seen yet."""
    for person in everybody:
        yield person.pk, moment(person.created), "command", "benchmark", "created", "", _origin(person), True
        if person.dice % 50 == 0:
            at, seen = moment(min(person.created + 86_400, END)), person.dice % 200 != 0
            yield person.pk, at, "shopper", "account", "first_name", "", person.first_name, seen


def consent_rows(everybody: list[Person]) -> Iterator[tuple]:
    for person in everybody:
        if person.consent:
            yield person.pk, True, moment(person.created), "checkout", "Send me news by e-mail.", person.language


def tag_rows(everybody: list[Person]) -> Iterator[tuple]:
    """Who wears which tag, by number of the tag in the order of the words."""
    for tag_id, share in enumerate(words.TAGS.values(), start=1):
        yield from ((person.pk, tag_id) for person in everybody if person.dice // 7**tag_id % 1000 < share)


def _origin(person: Person) -> str:
    return "order" if person.by_order else "sign_up" if person.registered else "import"


def _addresses(person: Person) -> list[tuple[str, int]]:
    return [("billing", person.dice), ("shipping", person.dice >> 5)][: 1 + person.elsewhere]


def street_of(country: str, dice: int) -> tuple[str, str, str, str]:
    """Street, house number, postcode and city."""
    cities = words.COUNTRIES[country][3]
    if country == "NL":
        postcode = f"{1000 + dice // 11 % 8999} {_one_of_letters(dice // 13)}{_one_of_letters(dice // 17)}"
    else:
        digits = 5 if country in {"DE", "FR"} else 4
        postcode = str(10 ** (digits - 1) + dice // 11 % (9 * 10 ** (digits - 1)))
    return (
        STREETS[dice % len(STREETS)],
        str(1 + dice // 16 % 180),
        postcode,
        cities[dice // 3 % len(cities)],
    )


def _one_of_letters(dice: int) -> str:
    return "ABEGHJKLNPRTVWXZ"[dice % 16]


def _vat_number(person: Person) -> str:
    return f"NL{person.dice % 10**9:09}B01" if person.company and person.country == "NL" else ""


def _search_text(person: Person, numbers: str) -> str:
    addresses = [street_of(person.country, dice) for _kind, dice in _addresses(person)]
    return search_text(
        person.pk,
        names=[person.first_name, "", person.last_name, person.company],
        email=person.email,
        phones=[phone for phone in (person.phone, person.mobile) if phone],
        places=[place for _street, _house, *places in addresses for place in places],
        order_numbers=numbers,
        codes=[_vat_number(person)],
    )


def moment(seconds: int) -> str:
    """As both databases read it."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(seconds))


def euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"
