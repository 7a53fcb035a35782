"""Some three hundred invented customers: who they are, where they live, and how they came."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.utils.crypto import get_random_string
from stdnum.util import get_cc_module

from accounts.demo import names
from accounts.demo.shop import PASSWORD
from customers.history import acting
from customers.models import Address, Consent, Customer, HistoryEntry
from customers.search.text import fold
from orders.models import Order

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
COUNTRY_CODES = {"NL": "+31", "DE": "+49", "BE": "+32"}
MOBILES = {"NL": ("6", 8), "DE": ("151", 8), "BE": ("47", 7)}
LANGUAGES = {"NL": "nl", "DE": "de", "BE": "nl"}
CONSENT_TEXTS = {
    "nl": "Ik ontvang graag het seizoensbericht van Veld & Vorm per e-mail. Afmelden kan altijd.",
    "de": "Ich möchte den Saisonbrief von Veld & Vorm per E-Mail erhalten. Abbestellen geht jederzeit.",
    "en": "I would like to get the seasonal letter of Veld & Vorm by email. I can unsubscribe at any time.",
}
PRIVATE_PEOPLE = 264

# How many of a hundred are what: origin, registered, access.
STANDINGS = [
    (56, (Customer.Origin.ORDER, False, Customer.Access.OPEN)),
    (22, (Customer.Origin.SIGN_UP, True, Customer.Access.OPEN)),
    (13, (Customer.Origin.ORDER, True, Customer.Access.OPEN)),
    (3, (Customer.Origin.MERCHANT, False, Customer.Access.OPEN)),
    (2, (Customer.Origin.IMPORT, False, Customer.Access.OPEN)),
    (3, (Customer.Origin.SIGN_UP, True, Customer.Access.REFUSED)),
    (1, (Customer.Origin.SIGN_UP, True, Customer.Access.BLOCKED)),
]


@dataclass
class Person:
    """A customer who is not saved yet, with the addresses to go with it."""

    customer: Customer
    country: str
    is_registered: bool
    addresses: list[Address] = field(default_factory=list)

    @property
    def buys(self) -> bool:
        """Whether there are orders: not for those whom the shop never let in, nor for the ones it typed in itself."""
        came_to_buy = self.customer.origin in (Customer.Origin.ORDER, Customer.Origin.SIGN_UP)
        return came_to_buy and self.customer.access in (Customer.Access.OPEN, Customer.Access.BLOCKED)

    def arrives(self, at: datetime) -> None:
        """The moment from which the shop knows this person."""
        self.customer.created_at = at
        if self.is_registered:
            self.customer.registered_at = at


class Registry:
    """Draws people, the same ones each time, no two of them with the same email address."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.taken: set[str] = set()

    def people(self) -> list[Person]:
        """Everybody: private people and companies, shuffled."""
        people = [self.private_person() for _ in range(PRIVATE_PEOPLE)]
        people += [self.company(name, country) for name, country in names.COMPANIES]
        self.dice.shuffle(people)
        return people

    def private_person(self) -> Person:
        country = self.dice.choices(["NL", "DE", "BE"], [62, 30, 8])[0]
        return self._person(country, domain=self.dice.choice(names.MAILBOXES[country]))

    def company(self, name: str, country: str) -> Person:
        person = self._person(country, domain=f"{slug(name)[:50].strip('-')}.example")
        customer = person.customer
        customer.customer_type, customer.company_name = Customer.Type.BUSINESS, name
        customer.vat_number = self._vat_number(country)
        if name in names.WAITING:
            customer.access, customer.origin, person.is_registered = Customer.Access.AWAITING, "sign_up", True
        if country == "NL":
            customer.coc_number = str(self.dice.randint(10_000_000, 89_999_999))
        elif country == "DE":
            customer.company_number = f"HRB {self.dice.randint(1_000, 99_999)}"
        person.addresses[0].attention = customer.get_full_name()
        return person

    def _person(self, country: str, *, domain: str) -> Person:
        gender = self.dice.choice(["female", "male"])
        first_name = self.dice.choice(names.FIRST_NAMES[country][gender])
        last_name = self.dice.choice(names.LAST_NAMES[country])
        origin, is_registered, access = self.dice.choices(
            [standing for _share, standing in STANDINGS], [share for share, _standing in STANDINGS]
        )[0]
        place = self.dice.choice(names.PLACES[country])
        customer = Customer(
            email=self._email(first_name, last_name, domain),
            first_name=first_name,
            last_name=last_name,
            initials=f"{first_name[0]}." if self.dice.random() < 0.3 else "",
            language="en" if self.dice.random() < 0.05 else LANGUAGES[country],
            phone=self._landline(country, place) if self.dice.random() < 0.4 else "",
            mobile=self._mobile(country) if self.dice.random() < 0.7 else "",
            origin=origin,
            access=access,
        )
        if is_registered:
            self._add_what_members_tell(customer, gender)
        return Person(customer, country, is_registered, self._addresses(customer, country, place))

    def _add_what_members_tell(self, customer: Customer, gender: str) -> None:
        """What one fills in with an account."""
        customer.gender = gender if self.dice.random() < 0.7 else Customer.Gender.UNSPECIFIED
        customer.marketing_consent = self.dice.random() < 0.4
        if self.dice.random() < 0.5:
            customer.birth_date = date(1948, 1, 1) + timedelta(days=self.dice.randint(0, 56 * 365))

    def _email(self, first_name: str, last_name: str, domain: str) -> str:
        local = slug(f"{first_name} {last_name}").replace("-", ".")
        email = f"{local}@{domain}"
        while email in self.taken:
            email = f"{local}{self.dice.randint(2, 99)}@{domain}"
        self.taken.add(email)
        return email

    def _addresses(self, customer: Customer, country: str, place: tuple) -> list[Address]:
        addresses = [self._address(customer, Address.Kind.BILLING, country, place)]
        if self.dice.random() < 0.12:
            customer.ship_elsewhere = True
            elsewhere = self.dice.choice(names.PLACES[country])
            addresses.append(self._address(customer, Address.Kind.SHIPPING, country, elsewhere))
        return addresses

    def _address(self, customer: Customer, kind: str, country: str, place: tuple) -> Address:
        postcode, city = place[:2]
        if country == "NL":
            postcode += " " + "".join(self.dice.choices("ABCDEGHJKLMNPRTVWXZ", k=2))
        return Address(
            customer=customer,
            kind=kind,
            country=country,
            street=self.dice.choice(names.STREETS[country]),
            house_number=str(self.dice.randint(1, 240)),
            addition=self.dice.choice(["A", "B", "bis", "II", "hs"]) if self.dice.random() < 0.15 else "",
            postcode=postcode,
            city=city,
        )

    def _landline(self, country: str, place: tuple) -> str:
        code, digits = place[2:]
        return f"{COUNTRY_CODES[country]}{code}{self.dice.randint(2, 8)}{self._digits(digits - 1)}"

    def _mobile(self, country: str) -> str:
        prefix, digits = MOBILES[country]
        first = self.dice.choice("1234") if country == "NL" else self.dice.choice("012345")
        return f"{COUNTRY_CODES[country]}{prefix}{first}{self._digits(digits - 1)}"

    def _digits(self, count: int) -> str:
        return "".join(self.dice.choices("0123456789", k=count))

    def _vat_number(self, country: str) -> str:
        """One that passes the check of its country."""
        forms = {"NL": "{}B01", "DE": "{}", "BE": "0{}"}
        module = get_cc_module(country.lower(), "vat")
        while True:
            number = forms[country].format(self.dice.choice("3456789") + self._digits(8))
            if module.is_valid(number):
                return f"{country}{number}"


def slug(text: str) -> str:
    """A name as one types it into an address: `Jürgen Groß` is `juergen-gross`."""
    return "-".join(fold(text.translate(UMLAUTS)).split())


def save_people(people: list[Person]) -> None:
    """Write customers, addresses and consents; only the demo's own sign in, the others' password nobody knows."""
    known, unknown = make_password(PASSWORD), make_password(get_random_string(40))
    for person in people:
        is_demo = person.customer.email.endswith("@demo.test")
        person.customer.password = known if is_demo else unknown if person.is_registered else make_password(None)
    with acting.command("demo"):
        Customer.objects.bulk_create([person.customer for person in people])
        Address.objects.bulk_create([address for person in people for address in person.addresses])
    Consent.objects.bulk_create(consent for person in people for consent in consents_of(person.customer))


def consents_of(customer: Customer) -> list[Consent]:
    if not customer.marketing_consent:
        return []
    text = CONSENT_TEXTS[customer.language]
    return [
        Consent(
            customer=customer,
            given=True,
            at=customer.registered_at,
            by=customer,
            source="sign-up",
            text=text,
            language=customer.language,
        )
    ]


def date_history_back() -> None:
    """What the demo has written so far happened when the customer was made, by whoever made it."""
    made = Customer.objects.filter(pk=OuterRef("customer_id")).values("created_at")
    first_order = Order.objects.filter(customer=OuterRef("customer_id")).order_by("placed_at").values("number")[:1]
    HistoryEntry.objects.update(at=Subquery(made))
    came = {
        Customer.Origin.ORDER: ("shopper", Concat(Value("order "), Subquery(first_order))),
        Customer.Origin.SIGN_UP: ("shopper", "sign-up"),
        Customer.Origin.IMPORT: ("command", "import_customers"),
        Customer.Origin.MERCHANT: ("merchant", "backoffice"),
    }
    for origin, (kind, source) in came.items():
        rows = HistoryEntry.objects.filter(customer__origin=origin, actor_kind="command", source="demo")
        actor = F("customer_id") if kind == "shopper" else None
        rows.update(actor_kind=kind, source=source, actor=actor)
