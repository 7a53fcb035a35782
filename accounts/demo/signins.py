"""The shoppers with whom a visitor signs in, and what they have ordered: for one of them, a case of everything."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from accounts.demo.order_rows import Step
from accounts.demo.people import Person
from accounts.demo.purchases import Purchase, by_day, sale_to
from customers.models import Address, Customer
from orders.checkout.quote import Quote, QuoteLine
from orders.models import DeliveryMethod, Product


class Scene(NamedTuple):
    """One scripted order: how many days ago, what, how paid, and (days later, what, share) what followed."""

    days_ago: float
    basket: dict[str, int]
    payment_method: str
    steps: list[tuple]


WITHDRAWN = [(6.2, "withdraw"), (8.1, "accept"), (8.2, "refund")]

# `shopper@demo.test` has an order in every state.
EVERY_STATE = [
    Scene(498, {"teapot": 1, "tea-towel": 2}, "bank_transfer", [(1.2, "pay"), (2.1, "send")]),
    Scene(402, {"vase": 1}, "bank_transfer", [(0.8, "cancel")]),
    Scene(330, {"nesting-bowls": 1, "spoons": 1}, "bank_transfer", [(0.3, "pay"), (1.4, "send"), (12, "refund")]),
    Scene(214, {"plate": 6, "napkins": 1}, "invoice", [(1.1, "send"), (9, "pay"), (17, "refund", "0.15")]),
    Scene(121, {"candlestick": 2, "candles": 3}, "on_pickup", [(2.2, "pay"), (2.3, "send")]),
    Scene(58, {"tea-towel": 3}, "bank_transfer", [(0.6, "pay"), (1.7, "send"), *WITHDRAWN]),
    Scene(26, {"book": 1, "board": 1}, "invoice", [(1.3, "send")]),
    Scene(9, {"carafe": 2, "stacking-mug": 4, "table-lamp": 1}, "bank_transfer", [(0.4, "pay"), (2.2, "send", "0.5")]),
    Scene(6, {"pendant": 1}, "bank_transfer", [(1.6, "pay", "0.5")]),
    Scene(3, {"basket": 1, "hook": 4}, "bank_transfer", [(1.1, "pay")]),
    Scene(1.6, {"vase": 1}, "on_pickup", [(0.6, "ready")]),
    Scene(0.4, {"clock": 1}, "bank_transfer", []),
]
SECOND_SHOPPER = [
    Scene(160, {"stacking-mug": 6}, "bank_transfer", [(2.0, "pay"), (3.1, "send")]),
    Scene(11, {"tea-towel": 2, "book": 1}, "bank_transfer", [(1.0, "pay"), (1.9, "send"), (8.6, "withdraw")]),
]
BUSINESS = [
    Scene(290, {"plate": 24, "stacking-mug": 24}, "invoice", [(2.0, "send"), (15, "pay")]),
    Scene(64, {"napkins": 12, "candles": 10}, "invoice", [(1.6, "send"), (13, "pay")]),
    Scene(5, {"carafe": 6}, "invoice", [(1.2, "send")]),
    Scene(2, {"lamp-repair": 3}, "invoice", []),
]

ELSE = {"attention": "", "addition": "", "line2": "", "region": ""}
UTRECHT = {"country": "NL", "street": "Nieuwegracht", "house_number": "41", "addition": "bis"} | {
    "postcode": "3512 LD",
    "city": "Utrecht",
}
OFFICE = {"country": "NL", "attention": "Receptie", "street": "Stationsplein", "house_number": "9"} | {
    "postcode": "3511 ED",
    "city": "Utrecht",
}
LEIPZIG = {"country": "DE", "street": "Gottschedstraße", "house_number": "12", "postcode": "04109", "city": "Leipzig"}
GROCER = {"country": "NL", "attention": "Crediteuren", "street": "Westerkade", "house_number": "18"} | {
    "postcode": "3511 HB",
    "city": "Utrecht",
}
HAMBURG = {"country": "DE", "street": "Große Bleichen", "house_number": "7", "postcode": "20354", "city": "Hamburg"}

LOTTE = {"first_name": "Lotte", "last_name": "Verhoeven", "language": "en", "mobile": "+31612345678"}
JONAS = {"first_name": "Jonas", "last_name": "Großmann", "language": "de", "phone": "+493412345678"}
NOOR = {"first_name": "Noor", "last_name": "van den Akker", "language": "nl", "phone": "+31302345678"}
HEIKE = {"first_name": "Heike", "last_name": "Lüders", "language": "de"}
COMPANIES = {
    "business@demo.test": {
        "company_name": "Eethuis De Akker B.V.",
        "coc_number": "68750110",
        "vat_number": "NL806874570B01",
    },
    "waiting@demo.test": {"company_name": "Lüders Objekteinrichtung GmbH", "vat_number": "DE136695976"},
}
SHOPPERS = [
    ("shopper@demo.test", LOTTE, [UTRECHT, OFFICE], EVERY_STATE),
    ("shopper2@demo.test", JONAS, [LEIPZIG], SECOND_SHOPPER),
    ("business@demo.test", NOOR, [GROCER], BUSINESS),
    ("waiting@demo.test", HEIKE, [HAMBURG], []),
]


def sign_ins() -> list[tuple[Person, list[Scene]]]:
    """The shoppers of the demo, not saved yet, each with what is scripted for them."""
    return [(person(email, fields, addresses), scenes) for email, fields, addresses, scenes in SHOPPERS]


def person(email: str, fields: dict, addresses: list[dict]) -> Person:
    """One of them, as the record knows them."""
    customer = Customer(email=email, origin=Customer.Origin.SIGN_UP, ship_elsewhere=len(addresses) > 1, **fields)
    if company := COMPANIES.get(email):
        customer.customer_type = Customer.Type.BUSINESS
        for name, value in company.items():
            setattr(customer, name, value)
    if email.startswith("waiting"):
        customer.access = Customer.Access.AWAITING
    customer.marketing_consent = email.startswith("shopper@")
    kinds = zip(Address.Kind, addresses, strict=False)
    rows = [Address(customer=customer, kind=kind, **ELSE | address) for kind, address in kinds]
    return Person(customer, addresses[0]["country"], is_registered=True, addresses=rows)


def staged(someone: Person, scene: Scene, now: datetime) -> tuple[Purchase, list[Step]]:
    """A scripted order as purchase and steps."""
    at = by_day(now - timedelta(days=scene.days_ago))
    products = Product.objects.in_bulk(scene.basket, field_name="slug")
    lines = tuple(QuoteLine(products[slug], quantity) for slug, quantity in scene.basket.items())
    parcel, abroad, pick_up = DeliveryMethod.objects.order_by("pk")
    home = parcel if someone.country == "NL" else abroad
    delivery = pick_up if scene.payment_method == "on_pickup" else home
    if all(line.product.is_service for line in lines):
        delivery = None
    steps = [
        Step(by_day(at + timedelta(days=days)), what, Decimal(share[0]) if share else Decimal(1))
        for days, what, *share in scene.steps
    ]
    return Purchase(at, someone, Quote(lines, "EUR", sale_to(someone, delivery), delivery), scene.payment_method), steps
