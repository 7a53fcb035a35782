"""Orders for the benchmark: twice as many as there are customers, numbered by the moment at which they were placed."""

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from orders.checkout.totals import Amounts
from orders.search.texts import composed
from tests.benchmarks.people import END, SEED, Person, moment, street_of

FIRST_NUMBER = 10_001
RECENT = 14 * 24 * 3600
# How many in a hundred have so many orders; those above four are drawn from a range.
HOW_MANY = [0] * 30 + [1] * 36 + [2] * 14 + [3] * 7 + [4] * 4
RATE, DELIVERY = Decimal("21"), Amounts.of_gross(Decimal("4.95"), Decimal("21"))


class Basket(NamedTuple):
    """What one order is of, with its amounts as text, and the total in cents."""

    quantity: int
    unit: str
    line: tuple[str, str, str]
    total: tuple[str, str, str]
    cents: int


class Purchases:
    """Every order in few numbers: the moment and the person; the rest follows from them."""

    def __init__(self, everybody: list[Person]) -> None:
        self.everybody = everybody
        self.placed = sorted(_moments(everybody))
        self.baskets = [_basket(Decimal(price) - Decimal("0.05"), n) for price in range(9, 90, 2) for n in (1, 2, 4)]

    def __iter__(self) -> Iterator[tuple[int, int, Person, Basket]]:
        """(number, seconds, person, basket), the oldest first."""
        for place, packed in enumerate(self.placed):
            seconds, index = packed >> 24, packed & 0xFFFFFF
            person = self.everybody[index]
            yield FIRST_NUMBER + place, seconds, person, self.baskets[(person.dice + place) % len(self.baskets)]

    def tallies(self) -> list[tuple[int, int, int, str]]:
        """(orders, cents, last, numbers) by person."""
        tallies = [(0, 0, 0, "")] * len(self.everybody)
        for number, seconds, person, basket in self:
            orders, cents, _last, numbers = tallies[person.pk - 1]
            cents += 0 if _state(number, seconds) in {"cancelled", "withdrawn"} else basket.cents
            tallies[person.pk - 1] = orders + 1, cents, seconds, f"{numbers} {number}".lstrip()
        return tallies


def _moments(everybody: list[Person]) -> Iterator[int]:
    """When each order was placed, and (in the last 24 bits) by whom; whom an order brought, came with the first."""
    chance = random.Random(SEED + 1)
    counts = [max(int(person.by_order), _how_many(chance)) for person in everybody]
    _adjust(counts, 2 * len(everybody), everybody)
    for index, (person, count) in enumerate(zip(everybody, counts, strict=True)):
        for nth in range(count):
            later = 0 if nth == 0 and person.by_order else int(chance.random() * (END - person.created))
            yield person.created + later << 24 | index


def _how_many(chance: random.Random) -> int:
    place = int(chance.random() * 100)
    return HOW_MANY[place] if place < len(HOW_MANY) else int(4 + 34 * chance.random() ** 3)


def _adjust(counts: list[int], wanted: int, everybody: list[Person]) -> None:
    """Bring the sum to what is wanted, one order a person; nobody whom an order brought loses it."""
    surplus, place = sum(counts) - wanted, 0
    while surplus:
        index = place % len(counts)
        place += 1
        if surplus < 0:
            counts[index], surplus = counts[index] + 1, surplus + 1
        elif counts[index] > int(everybody[index].by_order):
            counts[index], surplus = counts[index] - 1, surplus - 1


def _basket(price: Decimal, quantity: int) -> Basket:
    line = Amounts.of_gross(price * quantity, RATE)
    total = line + DELIVERY
    return Basket(quantity, str(price), _texts(line), _texts(total), int(total.gross * 100))


def _texts(amounts: Amounts) -> tuple[str, str, str]:
    return str(amounts.net), str(amounts.vat), str(amounts.gross)


def _state(number: int, seconds: int) -> str:
    if END - seconds < RECENT:
        return "open"
    return {7: "cancelled", 33: "withdrawn"}.get(number % 40, "completed")


# --- Rows of the tables

ORDER = (
    "id", "number", "key", "token", "customer_id", "channel", "placed_at", "state", "payment_state", "shipping_state",
    "email", "first_name", "last_name", "phone", "language", "customer_type", "company_name", "delivery_name",
    "payment_method", "items_gross", "delivery_vat_rate", "delivery_net", "delivery_vat", "delivery_gross",
    "total_net", "total_vat", "total", "paid", "search_text",
)  # fmt: skip
LINE = ("order_id", "name", "sku", "quantity", "sent", "unit_gross", "vat_rate", "net", "vat", "gross")
ORDER_ADDRESS = ("order_id", "kind", "country", "street", "house_number", "postcode", "city")
EVENT = ("order_id", "kind", "at")


def order_rows(purchases: Purchases) -> Iterator[tuple]:
    delivery = _texts(DELIVERY)
    for number, seconds, person, basket in purchases:
        state = _state(number, seconds)
        done = state == "completed"
        yield (
            number, str(number), f"{number:032x}", f"benchmark-{number}", person.pk,
            "signed_in" if person.registered else "guest", moment(seconds), state,
            {"open": "unpaid", "completed": "paid"}.get(state, "no_payment_due"), "shipped" if done else "not_shipped",
            person.email, person.first_name, person.last_name, person.mobile or person.phone, person.language,
            "business" if person.company else "private", person.company, "Parcel", "bank_transfer",
            basket.line[2], "21.0", *delivery, *basket.total, basket.total[2] if done else "0.00",
            _search_text(number, person),
        )  # fmt: skip


def _search_text(number: int, person: Person) -> str:
    _street, _house, *place = street_of(person.country, person.dice)
    own = [str(number), person.first_name, person.last_name, person.company, person.email]
    return composed(
        [*own, person.mobile or person.phone, "", ""],
        lines=[("Stacking mug", "VV-118")],
        addresses=[("billing", person.country, *place)],
        tracking=[],
    )


def line_rows(purchases: Purchases) -> Iterator[tuple]:
    """One line each: real orders have more, but no page here reads them."""
    for number, seconds, _person, basket in purchases:
        sent = basket.quantity if _state(number, seconds) == "completed" else 0
        yield number, "Stacking mug", "VV-118", basket.quantity, sent, basket.unit, "21.0", *basket.line


def order_address_rows(purchases: Purchases) -> Iterator[tuple]:
    for number, _seconds, person, _basket in purchases:
        yield number, "billing", person.country, *street_of(person.country, person.dice)


def event_rows(purchases: Purchases) -> Iterator[tuple]:
    """That it was placed; what followed is left out."""
    for number, seconds, _person, _basket in purchases:
        yield number, "placed", moment(seconds)
